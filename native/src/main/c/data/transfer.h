#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/method_choice.h"
#include "record/context.h"
#include "sys/splice_pipe.h"

/*
 * The parameters of a copy between two open files, and its state. Descriptors, context and buffer stay the caller's.
 * Not to be shared by threads.
 */
struct pc_copy {
    int source; /* open for reading */
    int target; /* open for writing, without O_APPEND */
    struct pc_context *context;
    void *io; /* buffer for the data, at least one byte */
    size_t io_bytes;
    struct pc_pipe *pipe; /* for splice; opened when needed, closed by the caller */
    int64_t data_max;     /* the most data that pc_copy_range copies, without holes; 0: no limit */
};

/* A copy that is under way. */
struct pc_move {
    const struct pc_copy *copy;
    struct pc_method_choice *choice; /* of the two file systems; NULL when the method is prescribed */
    uint32_t methods;                /* those that may still work for these two files */
    bool direct;                     /* O_DIRECT is set on both */
    int64_t end;                     /* expected end of the source; -1 where only a range is copied */
    bool beyond;                     /* a byte after that was asked for, too */
    size_t alignment;                /* for O_DIRECT on both, in bytes; 0: unknown yet, or not supported */
};
