#pragma once

#include <stddef.h>

#include "record/change.h"
#include "record/context.h"
#include "record/entry.h"

/* The minimum size of the `io` buffer of pc_copy_entries and pc_copy_range. */
enum { PC_IO_BYTES_MIN = 64 << 10 };

/*
 * Copies entries that are not directories from one directory into another. context->existing says what happens to
 * entries that exist there.
 *
 * `records` are `bytes` of entry records, aligned to 8. The outcome of each is written into it: PC_DONE, or PC_FAILED
 * with operation and errno. A failed entry leaves nothing behind in the target, and does not replace an existing one.
 * PC_CHANGED: the source changed while it was copied, and again during a second copy. A new target is kept then, with
 * the size in the record and the modification time that the record had at first. After PC_NOT_PRESERVED_OWNERSHIP and
 * its like the target is kept, too. PC_KEPT: the existing entry was left as it is (kept.h). An entry whose status could
 * not be read keeps that failure and is skipped. After ENOSPC or EDQUOT of the target (pc_is_full), and when the
 * context says stop, the rest is PC_NOT_DONE.
 *
 * `target_name` is the name in the target if there is only one entry; NULL: each entry keeps its name. `io` is a buffer
 * for file data, PC_IO_BYTES_MIN or more.
 *
 * If the context says in_memory, `io` holds afterwards, one after the other, each padded from its record's size to a
 * multiple of 8: the data of the regular files and the paths of the symbolic links that are PC_DONE or PC_UP_TO_DATE.
 * The call returns before the first entry for which there is no room left. A file that does not fit into all of `io` is
 * PC_NOT_DONE, and its record holds its size.
 *
 * If the context says verify or flush, files are completed in groups (flush_group.h), and the call also returns when
 * PC_GROUP_FILES_MAX of them wait, or so many in the process that descriptors run short. A file that differs from what
 * was written after a second attempt has failed with PC_VERIFY. Half of `io`, best aligned to 4096, is then used to
 * read back; "all of `io`" above means the other half.
 *
 * `changes` gets what became of each entry (change.h), of those that are in place; NULL: nobody asks, and nothing is
 * compared for it.
 *
 * Returns how many bytes of records have an outcome: all, unless there is no room left. -EINVAL, with nothing done, if
 * a record is damaged, a directory or of unknown type, or if there are several records with a target name.
 */
int64_t pc_copy_entries(
    int source_dir,
    int target_dir,
    void *records,
    size_t bytes,
    const char *target_name,
    struct pc_context *context,
    void *io,
    size_t io_bytes,
    uint16_t *changes);
