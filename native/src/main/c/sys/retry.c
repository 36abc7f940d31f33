#include "pcircle_config.h"

#include "sys/retry.h"

#include <stddef.h>
#include <time.h>

static _Thread_local const int32_t *heeded;

void pc_heed(const int32_t *stop)
{
    heeded = stop;
}

bool pc_should_retry(struct pc_tries *left)
{
    bool stopping = heeded && __atomic_load_n(heeded, __ATOMIC_RELAXED) != 0;
    if (errno == EINTR) {
        bool cut = stopping && left->interruptions > PC_INTERRUPTIONS_LAST;
        left->interruptions = cut ? PC_INTERRUPTIONS_LAST : left->interruptions;
        return left->interruptions-- > 0;
    }
    if (stopping || left->delays-- <= 0)
        return false;
    nanosleep(&(struct timespec){.tv_nsec = PC_DELAY_MS * 1000000L}, NULL);
    errno = EAGAIN;
    return true;
}
