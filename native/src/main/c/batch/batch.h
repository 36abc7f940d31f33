#pragma once

#include <stddef.h>

#include "record/context.h"
#include "record/entry.h"

/* Memory for file data that pc_copy_entries and pc_copy_range want at least. */
enum { PC_IO_BYTES_MIN = 64 << 10 };

/*
 * Copies entries that are not directories from one directory into another; what becomes of those that exist there, the
 * context says.
 *
 * `records` are `bytes` of entry records, aligned to 8, and the outcome of each is written into it: PC_DONE, or
 * the operation that failed and its errno. What failed leaves nothing behind in the target, and there what it was to replace. PC_CHANGED
 * keeps a new target: the source changed, and again while it was copied once more; the target has the size in the record, and
 * the modification time that the record had from the start. A failure of PC_LOST_OWNERSHIP and the like keeps it, too. An entry that could not be described keeps that failure and is passed over.
 * After ENOSPC or EDQUOT of the target (pc_is_full), and when the context says stop, the rest is PC_NOT_DONE.
 *
 * `target_name` is what the only entry is called in the target; NULL leaves every entry its name. `io` is memory for
 * file data, PC_IO_BYTES_MIN or more.
 *
 * If the context wants data in memory, there stand one after the other, each in as many bytes as its record now says,
 * rounded up to a multiple of 8: the data of the regular files and the paths in the symbolic links that are PC_DONE or
 * PC_UP_TO_DATE. It stops before the first entry for which there is no more room. A file for which all of `io` is not enough is
 * PC_NOT_DONE, and its record says how long it is.
 *
 * If the context says verify or flush, files wait for each other before they are completed (flush_group.h), and it also stops
 * when PC_GROUP_FILES_MAX of them do, or so many in the process that descriptors run short. A file that is twice not what was written is a failure of PC_VERIFY. Half of `io`, which is best aligned to
 * 4096, then serves to read back: all of `io` above means the other half.
 *
 * Returns how many bytes of records have an outcome now: all, but for want of room; or -EINVAL, and nothing is done, if a
 * record is damaged, a directory or of unknown type, or if a target name comes with several records.
 */
int64_t pc_copy_entries(
    int source_dir,
    int target_dir,
    void *records,
    size_t bytes,
    const char *target_name,
    struct pc_context *context,
    void *io,
    size_t io_bytes);
