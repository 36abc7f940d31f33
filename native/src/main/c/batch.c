#include "pcircle_config.h"

#include "batch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content.h"
#include "regular.h"
#include "special.h"
#include "temporary.h"
#include "update.h"

/* Reads what an entry of the target that was left alone holds, as if it had been copied. */
static int read_target(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    int64_t bytes =
        pc_read_content(batch->target_dir, target_name, entry, batch->io, batch->io_bytes, batch->context);
    if (bytes < 0)
        return (int)bytes;
    if (entry->type == DT_LNK)
        entry->size = (uint64_t)bytes;
    return 0;
}

/* 0, or -errno with the operation in the context, or PC_CHANGED or PC_NOT_DONE. Nothing may have the name yet. */
static int copy_as(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    switch (entry->type) {
    case DT_REG:
        return pc_copy_regular(batch, entry, target_name);
    case DT_LNK:
        return pc_copy_link(batch, entry, target_name);
    default:
        return pc_copy_node(batch, entry, target_name);
    }
}

/* Copies under a name that only an earlier attempt of this run can have left behind. */
static int copy_as_temporary(struct pc_batch *batch, struct pc_entry *entry, const char *name)
{
    int result = copy_as(batch, entry, name);
    if (result != -EEXIST)
        return result;
    if (TEMP_FAILURE_RETRY(unlinkat(batch->target_dir, name, 0)) < 0)
        return pc_failed(batch->context, PC_UNLINK, errno);
    return copy_as(batch, entry, name);
}

/* Puts a copy in the place of what has its name, which stays if anything goes wrong, or the source does not keep still. */
static int replace(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    struct stat present;
    int looked = TEMP_FAILURE_RETRY(fstatat(batch->target_dir, target_name, &present, AT_SYMLINK_NOFOLLOW));
    if (looked == 0 && S_ISDIR(present.st_mode))
        return pc_failed(batch->context, PC_CREATE, EISDIR);
    struct pc_temporary temporary = pc_temporary_of(target_name, batch->context);
    int result = copy_as_temporary(batch, entry, temporary.name);
    if (result < 0 || result == PC_NOT_DONE)
        return result;
    int error = result == PC_CHANGED ? 0
        : TEMP_FAILURE_RETRY(renameat(batch->target_dir, temporary.name, batch->target_dir, target_name)) == 0 ? 0
                                                                                                               : errno;
    if (result == PC_CHANGED || error != 0)
        unlinkat(batch->target_dir, temporary.name, 0);
    return error != 0 ? pc_failed(batch->context, PC_RENAME, error) : result;
}

static int copy_or_replace(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    int result = copy_as(batch, entry, target_name);
    bool is_in_the_way = result == -EEXIST && batch->context->existing != PC_REFUSE;
    return is_in_the_way ? replace(batch, entry, target_name) : result;
}

/* As copy_as, or PC_UP_TO_DATE. */
static int copy_entry(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    if (pc_entry_is_undescribed(entry))
        return pc_failed(batch->context, PC_STAT, entry->error);
    if (batch->context->existing != PC_UPDATE)
        return copy_or_replace(batch, entry, target_name);
    int up_to_date = pc_update(batch->source_dir, batch->target_dir, entry, target_name, false, batch->context);
    if (up_to_date < 0)
        return up_to_date;
    if (!up_to_date)
        return copy_or_replace(batch, entry, target_name);
    int result = batch->context->in_memory ? read_target(batch, entry, target_name) : 0;
    return result < 0 ? result : PC_UP_TO_DATE;
}

static void set_outcome(struct pc_entry *entry, int result, const struct pc_context *context)
{
    bool refused = (result == PC_NONE || result == PC_UP_TO_DATE) && context->refused != PC_NONE;
    entry->operation = (uint8_t)(refused ? context->refused : result < 0 ? context->operation : result);
    entry->error = (uint16_t)(refused ? context->refused_error : result < 0 ? -result : 0);
}

static bool is_full(int result)
{
    return result == -ENOSPC || result == -EDQUOT;
}

/* Whether there is memory for what an entry holds, if that is to stay there. */
static bool has_room(const struct pc_batch *batch, const struct pc_entry *entry)
{
    return !batch->context->in_memory || pc_has_room(entry, batch->io_bytes);
}

/* Leaves what was read of an entry where it is. */
static void take_room(struct pc_batch *batch, const struct pc_entry *entry)
{
    size_t bytes = pc_room_taken(entry, batch->io_bytes);
    batch->io = (char *)batch->io + bytes;
    batch->io_bytes -= bytes;
}

/* Copies one after the other, while there is room; returns the first that was not looked at. */
static struct pc_entry *copy_all(
    struct pc_batch *batch, struct pc_entry *entry, const struct pc_entry *end, const char *target_name)
{
    const void *all = batch->io;
    bool full = false;
    for (; entry != end; entry = pc_entry_next(entry)) {
        bool fits = has_room(batch, entry);
        if (!fits && batch->io != all)
            break;
        bool stop = full || !fits || pc_stopping(batch->context);
        batch->context->refused = PC_NONE;
        int result = stop ? PC_NOT_DONE : copy_entry(batch, entry, target_name ? target_name : entry->name);
        set_outcome(entry, result, batch->context);
        full = full || is_full(result);
        if (batch->context->in_memory)
            take_room(batch, entry);
    }
    return entry;
}

int64_t pc_copy_entries(
    int source_dir,
    int target_dir,
    void *records,
    size_t bytes,
    const char *target_name,
    struct pc_context *context,
    void *io,
    size_t io_bytes)
{
    int count = pc_count_records(records, bytes);
    bool name_fits = !target_name || (count == 1 && pc_is_name(target_name, strlen(target_name)));
    if (count < 0 || !name_fits || io_bytes < PC_IO_BYTES_MIN)
        return -EINVAL;

    struct pc_batch batch = {
        .source_dir = source_dir,
        .target_dir = target_dir,
        .context = context,
        .io = io,
        .io_bytes = io_bytes,
        .newcomer = pc_newcomer_in(target_dir, context),
        .layouts = pc_layouts_between(source_dir, target_dir, context),
    };
    const char *end = (char *)records + bytes;
    struct pc_entry *reached = copy_all(&batch, records, (const struct pc_entry *)end, target_name);
    pc_pipe_close(&batch.pipe);
    return (char *)reached - (char *)records;
}
