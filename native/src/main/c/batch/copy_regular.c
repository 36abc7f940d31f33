#include "pcircle_config.h"

#include "batch/copy_regular.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "data/copy.h"
#include "sys/open_file.h"
#include "sys/retry.h"

/*
 * The result of copying the data once. The record's size becomes the bytes copied, up to the source's end. That need
 * not be the size in the source's status, as long as the status is unchanged.
 */
static struct pc_result judge(struct pc_batch *batch, struct pc_entry *entry, int source, int64_t copied)
{
    struct stat now;
    if (PC_RETRY(fstat(source, &now)) < 0)
        return pc_result_of(pc_failed(PC_STAT, errno));
    if (!S_ISREG(now.st_mode)) /* the name belongs to another entry now */
        return pc_result_of(pc_failed(PC_OPEN, ESTALE));
    if (copied < 0)
        return pc_result_of((int)copied);
    if ((uint64_t)copied < entry->size && pc_stopping(batch->context))
        return pc_came_to(PC_NOT_DONE);
    bool unchanged = pc_entry_is_unchanged(entry, &now);
    pc_entry_found(entry, (uint64_t)copied);
    bool has_room = !pc_data_stays(batch->context) || entry->size <= batch->io_bytes;
    return pc_came_to(!has_room ? PC_NOT_DONE : unchanged ? PC_DONE : PC_CHANGED);
}

/* Whether the source's status is still that of the record. */
static bool says_the_same(const struct pc_entry *entry, int source)
{
    struct stat now;
    return PC_RETRY(fstat(source, &now)) == 0 && pc_entry_is_unchanged(entry, &now);
}

static struct pc_result copy_once(struct pc_batch *batch, struct pc_entry *entry, int source, int target)
{
    struct pc_copy copy = {source, target, batch->context, batch->io, batch->io_bytes, &batch->pipe, 0};
    int64_t bytes = (int64_t)entry->size;
    bool stays = pc_data_stays(batch->context);
    int64_t copied = stays ? pc_copy_file_via_buffer(&copy, bytes) : pc_copy_file(&copy, bytes);
    if (copied > bytes && says_the_same(entry, source))
        copied = pc_copy_rest(&copy, copied, stays);
    return judge(batch, entry, source, copied);
}

/* Prepares the record and the target for a second attempt. */
static int begin_again(struct pc_batch *batch, struct pc_entry *entry, int source, int target)
{
    uint16_t target_mode = entry->mode;
    int result = pc_entry_read_status(entry, source, "", AT_EMPTY_PATH);
    if (result < 0)
        return pc_failed(PC_STAT, -result);
    if (!(batch->context->preserve & PC_PRESERVE_MODE))
        entry->mode = target_mode;
    if (PC_RETRY(ftruncate(target, 0)) < 0)
        return pc_failed(PC_WRITE, errno);
    return 0;
}

static struct pc_result copy_data(struct pc_batch *batch, struct pc_entry *entry, int source, int target)
{
    struct pc_result result = copy_once(batch, entry, source, target);
    if (result.outcome != PC_CHANGED)
        return result;
    int64_t first_mtime_s = entry->mtime_s;
    uint32_t first_mtime_ns = entry->mtime_ns;
    int failure = begin_again(batch, entry, source, target);
    if (failure < 0)
        return pc_result_of(failure);
    if (pc_data_stays(batch->context) && entry->size > batch->io_bytes)
        return pc_came_to(PC_NOT_DONE);
    result = copy_once(batch, entry, source, target);
    if (result.outcome == PC_CHANGED) {
        /* With the time first seen, a later comparison shows that the source is newer. */
        entry->mtime_s = first_mtime_s;
        entry->mtime_ns = first_mtime_ns;
    }
    return result;
}

static void read_xattrs(struct pc_filled *filled, struct pc_loss *loss)
{
    pc_xattrs_read(pc_handle_of(filled->source), loss, &filled->xattrs);
    filled->xattrs.unknown = false;
    filled->xattrs.need_room = true;
}

static int create(
    struct pc_batch *batch,
    const struct pc_entry *entry,
    const char *target_name,
    struct pc_filled *filled,
    struct pc_loss *loss)
{
    read_xattrs(filled, loss);
    filled->created = pc_creation_defaults_mode(&batch->defaults, entry, &filled->xattrs, batch->context);
    struct pc_layout_wish wish = {batch->layouts.choice, filled->source, entry->size};
    struct pc_layout_outcome outcome;
    filled->target = pc_create_with_layout(batch->target_dir, target_name, filled->created, &wish, &outcome);
    if (filled->target < 0)
        return pc_failed(PC_CREATE, -filled->target);
    pc_layout_note(&batch->layouts, &outcome, loss);
    return 0;
}

struct pc_result pc_fill_regular(
    struct pc_batch *batch,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_filled *filled,
    struct pc_loss *loss)
{
    filled->source = pc_open_name(batch->source_dir, entry->name, O_RDONLY);
    if (filled->source < 0)
        return pc_result_of(pc_failed(PC_OPEN, -filled->source));
    int failure = create(batch, entry, target_name, filled, loss);
    if (failure < 0) {
        close(filled->source);
        return pc_result_of(failure);
    }
    struct pc_result result = copy_data(batch, entry, filled->source, filled->target);
    filled->outcome = result.outcome;
    return pc_stays(result) ? result : pc_close_regular(batch, entry, target_name, filled, result);
}

int pc_set_regular_attributes(
    struct pc_batch *batch, const struct pc_entry *entry, struct pc_filled *filled, bool anew, struct pc_loss *loss)
{
    struct pc_context *context = batch->context;
    if (anew && filled->xattrs.name_bytes > 0)
        read_xattrs(filled, loss);
    struct pc_present present;
    int result = pc_creation_defaults_present(
        &batch->defaults, entry, filled->target, filled->created, context, &present);
    if (result == 0)
        result = pc_set_attributes(pc_handle_of(filled->target), entry, &filled->xattrs, present, loss);
    return result < 0 ? result : pc_set_times(filled->target, NULL, entry, loss);
}

/* Only close(2) reports all write errors. It cannot be repeated, so an interrupted one is a failure, too. */
struct pc_result pc_close_regular(
    struct pc_batch *batch,
    const struct pc_entry *entry,
    const char *target_name,
    const struct pc_filled *filled,
    struct pc_result result)
{
    if (close(filled->target) < 0 && pc_stays(result))
        result = pc_result_of(pc_failed(PC_CLOSE, errno));
    if (pc_stays(result))
        batch->context->bytes += (int64_t)entry->size;
    else
        unlinkat(batch->target_dir, target_name, 0);
    close(filled->source);
    return result;
}

struct pc_result pc_copy_regular(
    struct pc_batch *batch, struct pc_entry *entry, const char *target_name, struct pc_loss *loss)
{
    struct pc_filled filled;
    struct pc_result result = pc_fill_regular(batch, entry, target_name, &filled, loss);
    if (!pc_stays(result))
        return result;
    int failure = pc_set_regular_attributes(batch, entry, &filled, false, loss);
    return pc_close_regular(batch, entry, target_name, &filled, failure < 0 ? pc_result_of(failure) : result);
}
