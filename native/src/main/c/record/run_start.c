#include "pcircle_config.h"

#include "record/run_start.h"

#include <stdint.h>

static int compare(const struct timespec *time, int64_t seconds, int64_t nanoseconds)
{
    if (time->tv_sec != seconds)
        return time->tv_sec > seconds ? 1 : -1;
    return (time->tv_nsec > nanoseconds) - (time->tv_nsec < nanoseconds);
}

int pc_beside_start(const struct timespec *time, const struct pc_context *context)
{
    return compare(time, context->started_s, context->started_ns);
}

bool pc_is_after_start(const struct timespec *time, const struct pc_context *context)
{
    return context->resumed && pc_beside_start(time, context) > 0;
}

bool pc_is_of_this_run(const struct stat *status, const struct pc_context *context)
{
    return pc_is_after_start(&status->st_ctim, context);
}

bool pc_is_in_doubtful_time(const struct timespec *time, const struct pc_context *context)
{
    return compare(time, context->doubtful_s, context->doubtful_ns) >= 0;
}
