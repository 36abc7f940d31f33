#pragma once

#include <errno.h>
#include <time.h>

/* How often a call that says "not now" is made again, 10 ms apart: some network file systems do, for a while. */
enum { PC_PATIENCE = 500 };

/* After a call has failed: whether to make it again, as it was interrupted (EINTR) or only not ready (EAGAIN). */
static inline int pc_again(int *patience)
{
    if (errno == EINTR)
        return 1;
    if (errno != EAGAIN || (*patience)-- == 0)
        return 0;
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    errno = EAGAIN;
    return 1;
}

/* A system call that transfers data, made until it does or fails for good. */
#define PC_AGAIN(call)                                      \
    (__extension__({                                        \
        int pc_patience = PC_PATIENCE;                      \
        long pc_result;                                     \
        do                                                  \
            pc_result = (long)(call);                       \
        while (pc_result < 0 && pc_again(&pc_patience));    \
        pc_result;                                          \
    }))
