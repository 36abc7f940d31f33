#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "record/context.h"
#include "record/entry.h"

/*
 * Which existing entries of the target are kept although they differ, and the comparison of modification times.
 *
 * With PC_UPDATE_OLDER, an entry is kept that is newer than the source's, of whatever type, unless it is a directory;
 * with PC_KEEP, any entry. What a run that was not finished may have left half-written (pc_is_doubtful) is not kept:
 * such an entry is treated as with PC_UPDATE_DIFFERING.
 *
 * Times are compared with the granularity of the target's file system, which is measured once with a file that is
 * created there and removed. With `look_only` no file is created: the granularity is estimated from the entry's times.
 *
 * Any thread may call these functions.
 */

/* Whether an existing entry with the status `now` is kept. */
bool pc_is_kept(
    const struct pc_entry *entry,
    const struct stat *now,
    int target_dir,
    const char *target_name,
    bool look_only,
    const struct pc_context *context);

/* The same for the entry of this name: 1 or 0, or a failure. 0 if there is none. */
int pc_keeps(
    const struct pc_entry *entry,
    int target_dir,
    const char *target_name,
    bool look_only,
    const struct pc_context *context);

/*
 * The same when a complete copy has a temporary name beside it: what has changed since that was created was not left by
 * another run, and is not doubtful.
 */
int pc_keeps_beside(
    const struct pc_entry *entry,
    int target_dir,
    const char *target_name,
    const char *temporary_name,
    const struct pc_context *context);

/*
 * Whether an existing entry with the status `now` may be half-written, as a run was not finished (context->doubtful_s):
 * with PC_KEEP, if it was created and written since that run began; else, also if it was only one of these. Where the
 * file system keeps no birth times, if it was written. A change of owner, mode or links alone makes nothing doubtful.
 */
bool pc_is_doubtful(int target_dir, const char *target_name, const struct stat *now, const struct pc_context *context);

/* Whether a time is the record's, as stored by the target's file system. */
bool pc_is_same_time(
    const struct pc_entry *entry, const struct timespec *now, int target_dir, const struct pc_context *context);

/* Whether a time seems to be the record's, as stored by the target's file system; as with `look_only`. */
bool pc_seems_same_time(const struct pc_entry *entry, const struct stat *now);
