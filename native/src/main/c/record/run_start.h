#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <time.h>

#include "record/context.h"

/*
 * Comparing times of the target's clock with the starts of runs, which the context has. Pure functions; any thread may
 * call.
 */

/*
 * Less than 0 if a time is before the first start of the run, 0 in the same tick of the clock, greater than 0 if after
 * it.
 */
int pc_beside_start(const struct timespec *time, const struct pc_context *context);

/* Whether the run is resumed, and a time of the target's clock is after its first start. */
bool pc_is_after_start(const struct timespec *time, const struct pc_context *context);

/*
 * Whether an entry with this status has changed since a resumed run first started, so that an earlier attempt may have
 * created it.
 */
bool pc_is_of_this_run(const struct stat *status, const struct pc_context *context);

/* Whether a time is after a run began that was not finished (context->doubtful_s), or in that tick of the clock. */
bool pc_is_in_doubtful_time(const struct timespec *time, const struct pc_context *context);
