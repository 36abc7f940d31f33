#include "pcircle_config.h"

#include "regular.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "copy.h"
#include "open.h"

/* What came of copying the data once, as pc_copy_regular says it; the record's size becomes what was copied. */
static int judge(struct pc_batch *batch, struct pc_entry *entry, int source, int64_t copied)
{
    struct stat now;
    if (TEMP_FAILURE_RETRY(fstat(source, &now)) < 0)
        return pc_failed(batch->context, PC_STAT, errno);
    if (!S_ISREG(now.st_mode)) /* another thing has taken the name since it was listed */
        return pc_failed(batch->context, PC_OPEN, ESTALE);
    if (copied < 0)
        return (int)copied;
    if ((uint64_t)copied < entry->size && pc_stopping(batch->context))
        return PC_NOT_DONE;
    bool unchanged = pc_entry_is_unchanged(entry, &now) && copied == now.st_size;
    entry->size = (uint64_t)copied;
    return unchanged ? PC_NONE : PC_CHANGED;
}

static int copy_once(struct pc_batch *batch, struct pc_entry *entry, int source, int target)
{
    struct pc_copy copy = {source, target, batch->context, batch->io, batch->io_bytes, &batch->pipe};
    int64_t bytes = (int64_t)entry->size;
    return judge(batch, entry, source, batch->context->in_memory ? pc_copy_file_seen(&copy, bytes) : pc_copy_file(&copy, bytes));
}

/* Makes the record and the target ready for another try. */
static int begin_again(struct pc_batch *batch, struct pc_entry *entry, int source, int target)
{
    int result = pc_entry_read_status(entry, source, "", AT_EMPTY_PATH);
    if (result < 0)
        return pc_failed(batch->context, PC_STAT, -result);
    if (TEMP_FAILURE_RETRY(ftruncate(target, 0)) < 0)
        return pc_failed(batch->context, PC_WRITE, errno);
    return PC_NONE;
}

static int copy_data(struct pc_batch *batch, struct pc_entry *entry, int source, int target)
{
    int result = copy_once(batch, entry, source, target);
    if (result != PC_CHANGED)
        return result;
    int64_t first_mtime_s = entry->mtime_s;
    uint32_t first_mtime_ns = entry->mtime_ns;
    result = begin_again(batch, entry, source, target);
    if (result == PC_NONE && batch->context->in_memory && entry->size > batch->io_bytes)
        return PC_NOT_DONE;
    if (result == PC_NONE)
        result = copy_once(batch, entry, source, target);
    if (result == PC_CHANGED) {
        /* With the time first seen, whoever looks again sees that the source is newer. */
        entry->mtime_s = first_mtime_s;
        entry->mtime_ns = first_mtime_ns;
    }
    return result;
}

static int set_attributes(
    struct pc_batch *batch, const struct pc_entry *entry, const struct pc_xattrs *xattrs, int target, mode_t created)
{
    struct pc_present present;
    int result = pc_newcomer_present(&batch->newcomer, entry, target, created, batch->context, &present);
    if (result == 0)
        result = pc_set_attributes((struct pc_attributed){.fd = target}, entry, xattrs, present, batch->context);
    return result < 0 ? result : pc_set_times(target, NULL, entry, batch->context);
}

static bool is_kept(int result)
{
    return result == PC_NONE || result == PC_CHANGED;
}

/*
 * Fills a new target, and closes it: only that proves that its data arrived. A close cannot be repeated, so even one
 * that was interrupted has failed.
 */
static int fill(
    struct pc_batch *batch, struct pc_entry *entry, const struct pc_xattrs *xattrs, int target, mode_t created)
{
    int result = copy_data(batch, entry, xattrs->source.fd, target);
    int error = is_kept(result) ? set_attributes(batch, entry, xattrs, target, created) : 0;
    if (close(target) < 0 && is_kept(result) && error == 0)
        error = pc_failed(batch->context, PC_CLOSE, errno);
    return error < 0 ? error : result;
}

static int copy_to_new(struct pc_batch *batch, struct pc_entry *entry, int source, const char *target_name)
{
    struct pc_xattrs xattrs;
    int error = pc_xattrs_read((struct pc_attributed){.fd = source}, batch->context, &xattrs);
    if (error < 0)
        return error;
    mode_t mode = pc_newcomer_mode(&batch->newcomer, entry, &xattrs, batch->context);
    struct pc_layout_wish wish = {batch->layouts.choice, source, entry->size};
    struct pc_layout_outcome outcome;
    int target = pc_create_with_layout(batch->target_dir, target_name, mode, &wish, &outcome);
    if (target < 0)
        return pc_failed(batch->context, PC_CREATE, -target);
    pc_layout_note(&batch->layouts, &outcome, batch->context);
    int result = fill(batch, entry, &xattrs, target, mode);
    if (is_kept(result))
        batch->context->bytes += (int64_t)entry->size;
    else
        unlinkat(batch->target_dir, target_name, 0);
    return result;
}

int pc_copy_regular(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    int source = pc_open_name(batch->source_dir, entry->name, O_RDONLY);
    if (source < 0)
        return pc_failed(batch->context, PC_OPEN, -source);
    int result = copy_to_new(batch, entry, source, target_name);
    close(source);
    return result;
}
