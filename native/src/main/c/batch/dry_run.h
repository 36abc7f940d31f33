#pragma once

#include <stddef.h>
#include <stdint.h>

#include "record/attribute_loss.h"
#include "record/change.h"
#include "record/entry.h"

/*
 * Predicts what a run would do with entries, by reading only: nothing is created, written or set, in the target or
 * elsewhere. No file is opened, so no lease is broken and no file is recalled from an archive. Failures that only an
 * open, a write or a full file system would show are not predicted.
 */

/*
 * Entries that are not directories: `bytes` of records. The outcomes are written into them as by pc_copy_entries.
 * PC_DONE: it would be created or replaced; PC_UP_TO_DATE: it would be left alone; PC_KEPT: likewise, though it differs
 * (kept.h); PC_FAILED: how it would fail, or which attribute would not be preserved. `changes` gets the changes of each
 * (change.h). `target_dir` is PC_NO_FILE if that directory does not exist yet.
 *
 * `target_name` is the name in the target if there is only one entry; NULL: each entry keeps its name. Returns how many
 * records there are; or -EINVAL, with nothing done, if one is damaged, a directory or of unknown type, or if there are
 * more than `changes_max`.
 */
int64_t pc_dry_run_entries(
    int source_dir,
    int target_dir,
    void *records,
    size_t bytes,
    const char *target_name,
    uint16_t *changes,
    size_t changes_max,
    struct pc_context *context);

/*
 * A directory that exists in both trees; or, if `target` is PC_NO_FILE, one that would be created. `source` is
 * PC_NO_FILE where no extended attributes are preserved. Returns the changes that pc_finish_directory would make, or a
 * failure.
 */
int pc_dry_run_directory(int source, int target, const struct pc_entry *entry, struct pc_loss *loss);

/* 0 if entries can be created in a directory, or -errno: as far as its mode, its owner and its mount tell. */
int pc_dry_run_fill(int dir);

/* 0 if an entry of a directory can be removed or replaced, or -errno; likewise. */
int pc_dry_run_remove(int dir, const char *name);
