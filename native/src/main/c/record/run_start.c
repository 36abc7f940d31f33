#include "pcircle_config.h"

#include "record/run_start.h"

#include <stdint.h>

int pc_beside_start(const struct timespec *time, const struct pc_context *context)
{
    int64_t seconds = time->tv_sec - context->started_s;
    int64_t nanoseconds = time->tv_nsec - (int64_t)context->started_ns;
    int64_t difference = seconds != 0 ? seconds : nanoseconds;
    return (difference > 0) - (difference < 0);
}

bool pc_is_after_start(const struct timespec *time, const struct pc_context *context)
{
    return context->resumed && pc_beside_start(time, context) > 0;
}

bool pc_is_of_this_run(const struct stat *status, const struct pc_context *context)
{
    return pc_is_after_start(&status->st_ctim, context);
}
