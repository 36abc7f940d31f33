#pragma once

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * What a run would do with entries, found out by reading alone: nothing is made, written or set, in the target or elsewhere, and
 * no file is opened, so that nobody's lease is broken and nothing is recalled from an archive. So what only an open, a
 * write or a full file system would tell stays unsaid.
 */

enum { PC_DRY_RUN_MADE = 1 << 7 };
static_assert(PC_KINDS <= 7, "kinds fit beside it");

/*
 * Entries that are not directories: `bytes` of records, whose outcomes are written into them as pc_copy_entries would. PC_DONE
 * would be made or replaced, PC_UP_TO_DATE left alone; any other is how it would fail, or fall short. `changes` gets a byte for each
 * record: PC_DRY_RUN_MADE, or of what is left alone the kinds that would be set, `1 << enum pc_kind` each. `target_dir` is PC_NO_FILE
 * where there is no such directory yet.
 *
 * `target_name` is what the only entry is called in the target; NULL leaves every entry its name. Returns how many records there are,
 * or -EINVAL, and nothing is done, if one is damaged, a directory or of unknown type, or there are more than `changes_max`.
 */
int64_t pc_dry_run_entries(
    int source_dir,
    int target_dir,
    void *records,
    size_t bytes,
    const char *target_name,
    unsigned char *changes,
    size_t changes_max,
    struct pc_context *context);

/*
 * A directory that both trees have; or, if `target` is PC_NO_FILE, one that would be made. `source` is PC_NO_FILE where no attributes are kept. Returns the kinds that finishing
 * it would change, as above, or a failure.
 */
int pc_dry_run_directory(int source, int target, const struct pc_entry *entry, struct pc_loss *loss);

/* 0 if something can be made in a directory, or -errno: as far as its mode, its owner and its file system's mount tell. */
int pc_dry_run_fill(int dir);

/* 0 if an entry of a directory can be taken away or replaced, or -errno; likewise. */
int pc_dry_run_remove(int dir, const char *name);
