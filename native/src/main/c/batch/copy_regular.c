#include "pcircle_config.h"

#include "batch/copy_regular.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "data/copy.h"
#include "sys/open_file.h"
#include "sys/retry.h"

/*
 * What came of copying the data once, as pc_copy_regular says it; the record's size becomes what was copied, up to the source's end.
 * That need not be the size that the source says, if only it says the same as before.
 */
static int judge(struct pc_batch *batch, struct pc_entry *entry, int source, int64_t copied)
{
    struct stat now;
    if (PC_RETRY(fstat(source, &now)) < 0)
        return pc_failed(batch->context, PC_STAT, errno);
    if (!S_ISREG(now.st_mode)) /* another thing has taken the name since it was listed */
        return pc_failed(batch->context, PC_OPEN, ESTALE);
    if (copied < 0)
        return (int)copied;
    if ((uint64_t)copied < entry->size && pc_stopping(batch->context))
        return PC_NOT_DONE;
    bool unchanged = pc_entry_is_unchanged(entry, &now);
    pc_entry_found(entry, (uint64_t)copied);
    bool has_room = !pc_data_stays(batch->context) || entry->size <= batch->io_bytes;
    return !has_room ? PC_NOT_DONE : unchanged ? PC_NONE : PC_CHANGED;
}

/* Whether it says of the source what the record does, though there is more in it. */
static bool says_the_same(const struct pc_entry *entry, int source)
{
    struct stat now;
    return PC_RETRY(fstat(source, &now)) == 0 && pc_entry_is_unchanged(entry, &now);
}

static int copy_once(struct pc_batch *batch, struct pc_entry *entry, int source, int target)
{
    struct pc_copy copy = {source, target, batch->context, batch->io, batch->io_bytes, &batch->pipe, 0};
    int64_t bytes = (int64_t)entry->size;
    bool stays = pc_data_stays(batch->context);
    int64_t copied = stays ? pc_copy_file_via_buffer(&copy, bytes) : pc_copy_file(&copy, bytes);
    if (copied > bytes && says_the_same(entry, source))
        copied = pc_copy_rest(&copy, copied, stays);
    return judge(batch, entry, source, copied);
}

/* Makes the record and the target ready for another try. */
static int begin_again(struct pc_batch *batch, struct pc_entry *entry, int source, int target)
{
    uint32_t settled_mode = entry->mode;
    int result = pc_entry_read_status(entry, source, "", AT_EMPTY_PATH);
    if (result < 0)
        return pc_failed(batch->context, PC_STAT, -result);
    if (!(batch->context->keep & PC_KEEP_MODE))
        entry->mode = settled_mode;
    if (PC_RETRY(ftruncate(target, 0)) < 0)
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
    if (result == PC_NONE && pc_data_stays(batch->context) && entry->size > batch->io_bytes)
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

static bool is_kept(int result)
{
    return result == PC_NONE || result == PC_CHANGED;
}

static void read_xattrs(struct pc_batch *batch, struct pc_filled *filled)
{
    pc_xattrs_read(pc_handle_of(filled->source), batch->context, &filled->xattrs);
    filled->xattrs.unknown = false;
    filled->xattrs.need_room = true;
}

static int create(
    struct pc_batch *batch, const struct pc_entry *entry, const char *target_name, struct pc_filled *filled)
{
    read_xattrs(batch, filled);
    filled->created = pc_newcomer_mode(&batch->newcomer, entry, &filled->xattrs, batch->context);
    struct pc_layout_wish wish = {batch->layouts.choice, filled->source, entry->size};
    struct pc_layout_outcome outcome;
    filled->target = pc_create_with_layout(batch->target_dir, target_name, filled->created, &wish, &outcome);
    if (filled->target < 0)
        return pc_failed(batch->context, PC_CREATE, -filled->target);
    pc_layout_note(&batch->layouts, &outcome, batch->context);
    return 0;
}

int pc_fill_regular(
    struct pc_batch *batch, struct pc_entry *entry, const char *target_name, struct pc_filled *filled)
{
    filled->source = pc_open_name(batch->source_dir, entry->name, O_RDONLY);
    if (filled->source < 0)
        return pc_failed(batch->context, PC_OPEN, -filled->source);
    int error = create(batch, entry, target_name, filled);
    if (error < 0) {
        close(filled->source);
        return error;
    }
    filled->result = copy_data(batch, entry, filled->source, filled->target);
    return is_kept(filled->result) ? filled->result
                                   : pc_close_regular(batch, entry, target_name, filled, filled->result);
}

int pc_dress_regular(struct pc_batch *batch, const struct pc_entry *entry, struct pc_filled *filled, bool anew)
{
    struct pc_context *context = batch->context;
    if (anew && filled->xattrs.name_bytes > 0)
        read_xattrs(batch, filled);
    struct pc_present present;
    int result = pc_newcomer_present(&batch->newcomer, entry, filled->target, filled->created, context, &present);
    if (result == 0)
        result = pc_set_attributes(pc_handle_of(filled->target), entry, &filled->xattrs, present, context);
    return result < 0 ? result : pc_set_times(filled->target, NULL, entry, context);
}

/*
 * Only the close of a target proves that its data arrived. It cannot be repeated, so even one that was interrupted has
 * failed.
 */
int pc_close_regular(
    struct pc_batch *batch,
    const struct pc_entry *entry,
    const char *target_name,
    const struct pc_filled *filled,
    int result)
{
    if (close(filled->target) < 0 && is_kept(result))
        result = pc_failed(batch->context, PC_CLOSE, errno);
    if (is_kept(result))
        batch->context->bytes += (int64_t)entry->size;
    else
        unlinkat(batch->target_dir, target_name, 0);
    close(filled->source);
    return result;
}

int pc_copy_regular(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    struct pc_filled filled;
    int result = pc_fill_regular(batch, entry, target_name, &filled);
    if (!is_kept(result))
        return result;
    int error = pc_dress_regular(batch, entry, &filled, false);
    return pc_close_regular(batch, entry, target_name, &filled, error < 0 ? error : result);
}
