#include "pcircle_config.h"

#include "batch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "regular.h"
#include "special.h"

static bool is_undescribed(const struct pc_entry *entry)
{
    return entry->operation == PC_STAT;
}

static bool can_be_copied(const struct pc_entry *entry)
{
    if (!pc_is_name(entry->name, entry->name_bytes))
        return false;
    switch (entry->type) {
    case DT_REG:
    case DT_LNK:
    case DT_FIFO:
    case DT_SOCK:
    case DT_CHR:
    case DT_BLK:
        return true;
    default:
        return is_undescribed(entry);
    }
}

/* Counts the records; -EINVAL unless all of them are whole and can be copied. */
static int count_records(struct pc_entry *entry, size_t bytes)
{
    int count = 0;
    for (; bytes > 0; count++) {
        if (!pc_entry_is_whole(entry, bytes) || !can_be_copied(entry))
            return -EINVAL;
        bytes -= entry->record_bytes;
        entry = pc_entry_next(entry);
    }
    return count;
}

/* 0, or -errno with the operation in the context, or PC_CHANGED or PC_NOT_DONE. */
static int copy_entry(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    if (is_undescribed(entry))
        return pc_failed(batch->context, PC_STAT, entry->error);
    switch (entry->type) {
    case DT_REG:
        return pc_copy_regular(batch, entry, target_name);
    case DT_LNK:
        return pc_copy_link(batch, entry, target_name);
    default:
        return pc_copy_node(batch, entry, target_name);
    }
}

static void set_outcome(struct pc_entry *entry, int result, const struct pc_context *context)
{
    entry->operation = (uint8_t)(result < 0 ? context->operation : result);
    entry->error = (uint16_t)(result < 0 ? -result : 0);
}

static bool is_full(int result)
{
    return result == -ENOSPC || result == -EDQUOT;
}

/* Whether there is memory for an entry's data or path, if that is to stay there. */
static bool has_room(const struct pc_batch *batch, const struct pc_entry *entry)
{
    if (!batch->context->in_memory)
        return true;
    return entry->type == DT_LNK ? batch->io_bytes > PATH_MAX : entry->type != DT_REG || entry->size <= batch->io_bytes;
}

/* Leaves what was read of an entry where it is. */
static void take_room(struct pc_batch *batch, const struct pc_entry *entry)
{
    size_t bytes = ((size_t)entry->size + 7) & ~(size_t)7;
    if (bytes > batch->io_bytes)
        bytes = batch->io_bytes;
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
        int result = stop ? PC_NOT_DONE : copy_entry(batch, entry, target_name ? target_name : entry->name);
        set_outcome(entry, result, batch->context);
        full = full || is_full(result);
        if (batch->context->in_memory && result == PC_NONE && (entry->type == DT_REG || entry->type == DT_LNK))
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
    int count = count_records(records, bytes);
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
    };
    const char *end = (char *)records + bytes;
    struct pc_entry *reached = copy_all(&batch, records, (const struct pc_entry *)end, target_name);
    pc_pipe_close(&batch.pipe);
    return (char *)reached - (char *)records;
}
