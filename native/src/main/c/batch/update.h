#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "filesystem/name_folding.h"
#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * Whether an entry of the target is up to date: it has the same type, and a regular file the same size and modification
 * time, a symbolic link the same path, a device the same number. Times are compared with the granularity of the
 * target's file system, which is measured once with a file that is created there and removed.
 *
 * If it is up to date, owner, mode and extended attributes are compared, and set where they differ; the times, too,
 * unless it is a regular file.
 *
 * Where modes are not preserved its mode is right, and becomes the record's (target_mode.h).
 *
 * Fails with PC_TAKEN if the target has the name for another entry of the source (name_folding.h).
 *
 * Returns 1 if it is up to date, 0 if it is not or does not exist, or a failure.
 */
int pc_update(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_folding *folding,
    struct pc_loss *loss);

/* The same for an entry that is not in a batch. */
int pc_update_alone(
    int source_dir, int target_dir, struct pc_entry *entry, const char *target_name, struct pc_loss *loss);

/*
 * Whether an existing entry with the status `now` is up to date, as above; sets nothing. With `look_only` no file is
 * created to measure the granularity of the target's times: it is estimated from the entry's own times.
 */
int pc_is_up_to_date(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    bool look_only,
    struct pc_context *context);

/* Whether a time seems to be the record's, as stored by the target's file system. */
bool pc_seems_same_time(const struct pc_entry *entry, const struct stat *now);

/* Whether a time is the record's, as stored by the target's file system. */
bool pc_is_same_time(
    const struct pc_entry *entry, const struct timespec *now, int target_dir, const struct pc_context *context);

/* 1 if both symbolic links hold the same path, 0 if not, or a failure. */
int pc_is_same_link(int source_dir, int target_dir, const struct pc_entry *entry, const char *target_name);
