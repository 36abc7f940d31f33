#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "filesystem/name_folding.h"
#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * Whether an entry of the target is up to date: of the same type, and a regular file of the same size and modification
 * time, a symbolic link to the same path, a device of the same number. Times are compared to the granularity that the target's
 * file system keeps them in, which a file that is made and taken away in it tells once.
 *
 * If it is, owner, mode and attributes are compared, and set where they differ; times of what is no regular file, too.
 *
 * The mode that it has is right where modes are not kept; the record's is settled then (target_mode.h).
 *
 * What is there for another entry of the source is PC_TAKEN (name_folding.h).
 *
 * Returns 1 if it is up to date, 0 if it is not or is missing, or a failure.
 */
int pc_update(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_folding *folding,
    struct pc_loss *loss);

/* The same for an entry that is in no batch. What the context says of earlier entries that were refused something is cleared. */
int pc_update_alone(
    int source_dir, int target_dir, struct pc_entry *entry, const char *target_name, struct pc_loss *loss);

/*
 * Whether what is there is up to date, as above; nothing is set. With `look_only` nothing is made either to find out how the target
 * keeps times: it is taken to do so as the entry's own seem to be kept.
 */
int pc_is_up_to_date(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    bool look_only,
    struct pc_context *context);

/* Whether a time is what the target's file system seems to make of the one in the record. */
bool pc_seems_same_time(const struct pc_entry *entry, const struct stat *now);

/* Whether a time is what the target's file system makes of the one in the record. */
bool pc_is_same_time(
    const struct pc_entry *entry, const struct timespec *now, int target_dir, const struct pc_context *context);

/* 1 if both links lead to the same path, 0 if not, or a failure. */
int pc_is_same_link(int source_dir, int target_dir, const struct pc_entry *entry, const char *target_name);
