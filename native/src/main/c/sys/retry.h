#pragma once

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Making a system call again that did nothing: as it was interrupted (EINTR), or is only not ready (EAGAIN), as some network file
 * systems are for a while. Nothing is tried for ever, and a stop ends it soon: then the call's errno is what its caller gets.
 */
enum {
    PC_INTERRUPTIONS_MAX = 1000, /* so often an interrupted call is made again, at once */
    PC_INTERRUPTIONS_LAST = 8,   /* and no more often once somebody has asked to stop */
    PC_DELAYS_MAX = 500,         /* so often one that is not ready, with a pause before */
    PC_DELAY_MS = 10,            /* which is so long */
};

struct pc_tries {
    int interruptions, delays; /* that are left */
};

/* Has this thread give up waiting as soon as `stop`, which another thread may set at any time, is not 0; NULL: never. */
void pc_heed(const int32_t *stop);

/* After a call has failed, by errno, which stays: whether to make it again. Pauses before it says so, where that helps. */
bool pc_should_retry(struct pc_tries *left);

/* The result of a system call, made until it does or fails for good. */
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
