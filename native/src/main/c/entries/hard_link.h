#pragma once

#include <stdbool.h>

#include "record/context.h"

/*
 * Creates a hard link to an entry of the target, in the same or another directory. context->existing says what happens
 * if the name is taken. A directory is not replaced (EISDIR).
 *
 * is_ours: the existing entry is known not to be there for another entry of the source (name_folding.h). If it is not
 * known and would have to be determined, this fails with PC_TAKEN, with nothing done.
 *
 * Returns 0; 1 if it is a link to that entry already; or a failure of PC_LINK or PC_TAKEN.
 */
int pc_hard_link(int from_dir, const char *from, int to_dir, const char *to, bool is_ours, struct pc_context *context);
