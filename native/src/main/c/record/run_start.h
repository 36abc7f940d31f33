#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <time.h>

#include "record/context.h"

/* Times of the target's clock beside the moment in which a resumed run first began, which the context says. Pure; any thread may call. */

/* Less than 0 if a time is before the start of the run, 0 in the same tick of the clock, greater than 0 if after it. */
int pc_beside_start(const struct timespec *time, const struct pc_context *context);

/* In a resumed run, whether a time of the target's clock is after the run first began; in any other nothing is. */
bool pc_is_after_start(const struct timespec *time, const struct pc_context *context);

/* Whether an entry with this status has been touched since a resumed run first began, so that an earlier part of it may have made it. */
bool pc_is_of_this_run(const struct stat *status, const struct pc_context *context);
