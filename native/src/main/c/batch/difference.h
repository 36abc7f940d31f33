#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "record/attribute_loss.h"
#include "record/change.h"
#include "record/entry.h"
#include "sys/handle.h"

/*
 * What a run changes of existing entries: foreseen, by comparing them with the records of the source. Sets nothing.
 * Only attributes that are preserved are compared, and only what this process may set differs.
 */

/* An existing entry that stays: its status, and what would be set of it. */
struct pc_difference {
    const struct pc_entry *wanted;
    struct stat now;
    bool is_read_only; /* its file system */
    uint32_t changes;  /* enum pc_change, or-ed */
};

/*
 * Adds the attributes, except times, that would be set, in the order in which that happens. The handles are PC_NO_FILE
 * where no extended attributes or ACLs are compared. Returns 0, or the failure that there would be. What could not be
 * preserved is noted in `loss`.
 */
int pc_compare_attributes(
    struct pc_difference *difference, struct pc_handle source, struct pc_handle target, struct pc_loss *loss);

/* The same, through handles that are opened here if extended attributes or ACLs are preserved. */
int pc_compare_opened(
    int source_dir,
    int target_dir,
    const char *target_name,
    struct pc_difference *difference,
    struct pc_loss *loss);

/* Adds the modification time, if that would be set; returns as above. It is compared as finely as it seems kept. */
int pc_compare_times(struct pc_difference *difference, struct pc_loss *loss);

/* Whether a directory is on a file system that is mounted read-only. */
bool pc_is_on_read_only(int dir);

/* Whether an entry is the user's, who may set its attributes. */
bool pc_is_ours(const struct stat *status);

/*
 * The changes of an existing entry with the status `now` that pc_update takes for up to date: what that sets of it.
 * Nothing is counted as lost.
 */
uint32_t pc_changes_by_updating(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    struct pc_context *context);

/*
 * The changes if a new entry takes the place of an existing one with the status `now`. Nothing is counted as lost.
 *
 * `look_only`: no file is created to measure the granularity of times, as in pc_is_up_to_date.
 */
uint32_t pc_changes_by_replacing(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    bool look_only,
    struct pc_context *context);

/* The same, of the entry that has the name now, if any. Returns the changes, or a failure. */
int pc_changes_by_making(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    bool look_only,
    struct pc_context *context);
