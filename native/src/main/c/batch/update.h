#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "filesystem/name_folding.h"
#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * What becomes of an entry of the target that exists, as context->existing says.
 *
 * It is up to date if it has the same type, and a regular file the same size and modification time, a symbolic link the
 * same path, a device the same number. Such an entry is left alone with PC_UPDATE_OLDER and PC_UPDATE_DIFFERING. If it
 * is not up to date it may be kept (kept.h), else it has to be replaced. Times are compared as kept.h says.
 *
 * If it is up to date, owner, mode and extended attributes are compared, and set where they differ; the times, too,
 * unless it is a regular file. Nothing of an entry that is kept is changed.
 *
 * Where modes are not preserved the mode of an entry that is up to date is right, and becomes the record's
 * (target_mode.h).
 *
 * Fails with PC_TAKEN if the target has the name for another entry of the source (name_folding.h).
 *
 * `changes` gets what is set of an entry that is up to date (change.h), foreseen; NULL: nobody asks.
 *
 * Returns PC_UP_TO_DATE or PC_KEPT; 0 if it has to be copied or does not exist; or a failure.
 */
int pc_update(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_folding *folding,
    struct pc_loss *loss,
    uint16_t *changes);

/* The same for an entry that is not in a batch. */
int pc_update_alone(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_loss *loss,
    uint16_t *changes);

/* The same for an existing entry with the status `now`, but sets and refuses nothing. look_only: as in kept.h. */
int pc_judge_existing(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    bool look_only,
    struct pc_context *context);

/*
 * Whether an existing entry of the same type, with the status `now`, has the same content, as far as that can be told
 * without reading: a regular file by its size, a symbolic link by its path, a device by its number. 1, 0 or a failure.
 */
int pc_is_same_content(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now);
