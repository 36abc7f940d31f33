#pragma once

#include "record/context.h"
#include "record/entry.h"

/*
 * Whether an earlier part of a resumed run has finished an entry: the target is of the source's type, size and modification
 * time (of a link, leads to the same path; of a device, has the same number), and has changed since the run first began.
 * As an entry's times are set last, one that was interrupted does not look so. A source that has changed since the
 * run began is never taken for finished; nor is a target that changed in the very tick of the clock in which it began, as that
 * may have been before. The source is looked at anew, and its record says what was seen.
 *
 * Returns 1 if it is finished, 0 if it is not or is missing, or a failure.
 */
int pc_is_already_done(
    int source_dir, int target_dir, struct pc_entry *entry, const char *target_name, struct pc_context *context);
