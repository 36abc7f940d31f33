#pragma once

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Repeating a system call that did nothing, because it was interrupted (EINTR), or is not ready (EAGAIN), as happens
 * with some network file systems for a while. The number of repetitions is limited, and a request to stop ends them
 * soon: then the caller gets the errno of the call.
 */
enum {
    PC_INTERRUPTIONS_MAX = 1000, /* repetitions of an interrupted call, without a pause */
    PC_INTERRUPTIONS_LAST = 8,   /* the same after a stop was requested */
    PC_DELAYS_MAX = 500,         /* repetitions of a call that is not ready, each after a pause */
    PC_DELAY_MS = 10,            /* of so many milliseconds */
};

struct pc_tries {
    int interruptions, delays; /* that are left */
};

/* Ends waits of this thread as soon as `stop`, which another thread may set at any time, is not 0; NULL: never. */
void pc_heed(const int32_t *stop);

/* After a call has failed, by errno, which is preserved: whether to repeat it. Pauses first where that helps. */
bool pc_should_retry(struct pc_tries *left);

/* The result of a system call, repeated until it succeeds or fails for good. */
#define PC_TRIED(call, delays_max)                                                        \
    (__extension__({                                                                      \
        struct pc_tries pc_left = {PC_INTERRUPTIONS_MAX, delays_max};                     \
        long pc_result;                                                                   \
        do                                                                                \
            pc_result = (long)(call);                                                     \
        while (pc_result < 0 && (errno == EINTR || errno == EAGAIN) && pc_should_retry(&pc_left)); \
        pc_result;                                                                        \
    }))

/* For a call on names and attributes. */
#define PC_RETRY(call) PC_TRIED(call, 0)

/* For a call that transfers data. */
#define PC_RETRY_IO(call) PC_TRIED(call, PC_DELAYS_MAX)
