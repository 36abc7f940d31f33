#pragma once

#include <stdbool.h>

#include "data/copy.h"

/*
 * Shared by the tests of copying: a copy from the file `source` of a directory to `target`, both opened as the callers
 * do, with its own context, buffer and pipe. The directory is `here` unless another is named.
 */
extern struct pc_copy copy;
extern struct pc_context copy_context;
extern struct pc_pipe copy_pipe;

/* Opens both files, the target empty, and clears all faults. */
void begin_copy(int dir, enum pc_method method);

void end_copy(void);

/* Whether this file system can do it; every method but PC_AUTO and PC_BUFFERED may be missing. */
bool works_here(enum pc_method method);

/* The next method that works here; begin with PC_AUTO. */
int next_method(int method);

#define FOR_EACH_METHOD(method) for (int method = PC_AUTO; method <= PC_REFLINK; method = next_method(method))

/* The target has the source's data, length and holes. */
void check_target_is_same(void);

/* The method makes such a target of the source. */
void check_copies_file(enum pc_method method);

void remove_source(void);
