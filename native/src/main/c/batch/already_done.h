#pragma once

#include "record/context.h"
#include "record/entry.h"

/*
 * Whether an earlier attempt of a resumed run has finished an entry: the target has the source's type, size and
 * modification time (a symbolic link: the same path; a device: the same number), and has changed since the run first
 * started. As times are set last, an interrupted copy does not have them. Not finished are an entry whose source has
 * changed since the run first started, and a target that changed in the same clock tick as that start, as it may have
 * changed before. The source's status is read again into its record.
 *
 * Returns 1 if it is finished, 0 if it is not or does not exist, or a failure.
 */
int pc_is_already_done(
    int source_dir, int target_dir, struct pc_entry *entry, const char *target_name, struct pc_context *context);
