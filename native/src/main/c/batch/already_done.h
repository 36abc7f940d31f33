#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <time.h>

#include "record/context.h"
#include "record/entry.h"

/* In a resumed run, whether a time of the target's clock is after the run first began; in any other nothing is. */
bool pc_is_after_start(const struct timespec *time, const struct pc_context *context);

/* Whether an entry with this status has been touched since a resumed run first began, so that an earlier part of it may have made it. */
bool pc_is_of_this_run(const struct stat *status, const struct pc_context *context);

/*
 * Whether an earlier part of a resumed run has finished an entry: the target is of the source's type, size and modification
 * time (of a link, leads to the same path; of a device, has the same number), and has changed since the run first began.
 * As an entry's times are set last, one that was interrupted does not look so. A source that has changed since the
 * run began is never taken for finished; nor is a target that changed in the very tick of the clock in which it began, as that
 * may have been before. The source is looked at anew, and its record says what was seen.
 *
 * Returns 1 if it is finished, 0 if it is not or is missing, or -errno with the operation in the context.
 */
int pc_is_finished(
    int source_dir, int target_dir, struct pc_entry *entry, const char *target_name, struct pc_context *context);
