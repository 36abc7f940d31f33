#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/method_choice.h"
#include "record/context.h"
#include "sys/splice_pipe.h"

/*
 * What is copied, and how far it has come: shared by all that move file data. Descriptors, context and memory stay the caller's; a
 * transfer is one thread's.
 */
struct pc_copy {
    int source; /* open for reading */
    int target; /* open for writing, not for appending */
    struct pc_context *context;
    void *io; /* memory for the data, at least one byte */
    size_t io_bytes;
    struct pc_pipe *pipe; /* to splice through; opened when needed, the caller closes it */
    int64_t data_max;     /* no more data than this is copied by pc_copy_range, holes aside; 0: all there is */
};

/* A copy between two open files that is under way. */
struct pc_move {
    const struct pc_copy *copy;
    struct pc_method_choice *choice; /* of the two file systems; NULL when the method is forced */
    uint32_t methods;                /* those that may still work for these two files */
    bool direct;                     /* O_DIRECT is set on both */
    int64_t end;                     /* of the source, as it is said to be; -1 where only a range is copied */
    bool beyond;                     /* a byte behind that was asked for, too */
    size_t alignment;                /* that O_DIRECT wants of both; 0 = not asked yet, or it is not to be had */
};
