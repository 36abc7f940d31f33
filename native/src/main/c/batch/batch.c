#include "pcircle_config.h"

#include "batch/batch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attribute/target_mode.h"
#include "batch/already_done.h"
#include "batch/copy_regular.h"
#include "batch/copy_special.h"
#include "batch/flush_group.h"
#include "batch/update.h"
#include "data/read_back.h"
#include "entries/read_entries.h"
#include "sys/retry.h"

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

/* Whether files are not completed one by one. */
static bool files_wait(const struct pc_context *context)
{
    return context->verify || context->flush;
}

/* Copies a file's data, and leaves the rest for later. What has outgrown its room is given back. */
static int fill(struct pc_batch *batch, struct pc_arrival *arrival, const char *name)
{
    struct pc_entry *entry = arrival->entry;
    int result = pc_fill_regular(batch, entry, name, &arrival->filled);
    if (result != PC_NONE && result != PC_CHANGED)
        return result;
    int asked = pc_newcomer_ask(&batch->newcomer, arrival->filled.target, batch->context);
    bool has_room = !pc_data_stays(batch->context) || entry->size <= batch->io_bytes;
    arrival->waits = asked == 0 && has_room;
    return arrival->waits ? result : pc_close_regular(batch, entry, name, &arrival->filled, asked < 0 ? asked : PC_NOT_DONE);
}

/* 0, or -errno with the operation in the context, or PC_CHANGED or PC_NOT_DONE. Nothing may have the name yet. */
static int copy_as(struct pc_batch *batch, struct pc_arrival *arrival, const char *name)
{
    struct pc_entry *entry = arrival->entry;
    switch (entry->type) {
    case DT_REG:
        return files_wait(batch->context) ? fill(batch, arrival, name) : pc_copy_regular(batch, entry, name);
    case DT_LNK:
        return pc_copy_link(batch, entry, name);
    default:
        return pc_copy_node(batch, entry, name);
    }
}

/* Copies under a name that only an earlier attempt of this run can have left behind, if not to a directory's place. */
static int copy_beside(struct pc_batch *batch, struct pc_arrival *arrival)
{
    struct stat present;
    int looked = PC_RETRY(fstatat(batch->target_dir, arrival->target_name, &present, AT_SYMLINK_NOFOLLOW));
    if (looked == 0 && S_ISDIR(present.st_mode))
        return pc_failed(batch->context, PC_CREATE, EISDIR);
    arrival->temporary = pc_temporary_of(arrival->target_name, batch->context->temporary_prefix);
    const char *name = arrival->temporary.name;
    if (looked == 0)
        pc_settle_like(arrival->entry, &present, batch->context);
    int result = copy_as(batch, arrival, name);
    if (result != -EEXIST)
        return result;
    if (PC_RETRY(unlinkat(batch->target_dir, name, 0)) < 0)
        return pc_failed(batch->context, PC_UNLINK, errno);
    return copy_as(batch, arrival, name);
}

/*
 * Puts a complete copy in the place of what has its name, which stays if anything goes wrong, or the source does not keep
 * still. What was made under its own name is there.
 */
static int install(struct pc_batch *batch, const struct pc_arrival *arrival, int result)
{
    const char *name = arrival->temporary.name;
    if (!name[0] || (result != PC_NONE && result != PC_CHANGED))
        return result;
    int dir = batch->target_dir;
    int error = result == PC_NONE && PC_RETRY(renameat(dir, name, dir, arrival->target_name)) < 0 ? errno : 0;
    if (result == PC_CHANGED || error != 0)
        unlinkat(dir, name, 0);
    return error != 0 ? pc_failed(batch->context, PC_RENAME, error) : result;
}

/* Whether what is there may be replaced: 0, or -errno with the operation in the context. */
static int refuse_taken(struct pc_batch *batch, const struct pc_arrival *arrival)
{
    const char *name = arrival->entry->name;
    return pc_refuse_taken(
        batch->source_dir, name, batch->target_dir, arrival->target_name, &batch->folding, batch->context);
}

/* As copy_as; a file may wait then. */
static int copy_or_replace(struct pc_batch *batch, struct pc_arrival *arrival)
{
    pc_settle_new(arrival->entry, batch->newcomer.permissions, batch->context);
    int result = copy_as(batch, arrival, arrival->target_name);
    if (result == -EEXIST && batch->context->existing != PC_REFUSE) {
        result = refuse_taken(batch, arrival);
        if (result == 0)
            result = copy_beside(batch, arrival);
    }
    return arrival->waits ? result : install(batch, arrival, result);
}

/* PC_FINISHED or PC_UP_TO_DATE if the target is to be left alone, 0 if it is to be copied, or -errno. */
static int look_at_target(struct pc_batch *batch, const struct pc_arrival *arrival)
{
    int source = batch->source_dir, target = batch->target_dir;
    const char *name = arrival->target_name;
    struct pc_context *context = batch->context;
    int finished = context->resumed ? pc_is_already_done(source, target, arrival->entry, name, context) : 0;
    if (finished < 0)
        return finished;
    if (finished > 0) {
        int taken = refuse_taken(batch, arrival);
        return taken < 0 ? taken : PC_FINISHED;
    }
    if (context->existing != PC_UPDATE)
        return 0;
    int up_to_date = pc_update(source, target, arrival->entry, name, &batch->folding, context);
    return up_to_date > 0 ? PC_UP_TO_DATE : up_to_date;
}

/* As copy_or_replace, or PC_FINISHED or PC_UP_TO_DATE. */
static int copy_entry(struct pc_batch *batch, struct pc_arrival *arrival)
{
    struct pc_entry *entry = arrival->entry;
    if (pc_entry_is_undescribed(entry))
        return pc_failed(batch->context, PC_STAT, entry->error);
    int seen = look_at_target(batch, arrival);
    if (seen == 0)
        return copy_or_replace(batch, arrival);
    int result = seen > 0 && batch->context->in_memory ? read_target(batch, entry, arrival->target_name) : 0;
    return result < 0 ? result : seen;
}

static void set_outcome(struct pc_entry *entry, int result, const struct pc_context *context)
{
    if (result < 0 && pc_gave_up(context, -result))
        result = PC_NOT_DONE;
    bool refused = (result == PC_NONE || result == PC_UP_TO_DATE) && context->refused != PC_NONE;
    entry->operation = (uint8_t)(refused ? context->refused : result < 0 ? context->operation : result);
    entry->error = (uint16_t)(refused ? context->refused_error : result < 0 ? -result : 0);
}

/* ---- what stays in memory ---- */

/* Whether there is memory for what an entry holds, if that is to stay there. */
static bool has_room(const struct pc_batch *batch, const struct pc_entry *entry)
{
    return !pc_data_stays(batch->context) || pc_has_room(entry, batch->io_bytes);
}

/* Leaves what was read of an entry where it is. Returns how much room that takes. */
static size_t take_room(struct pc_batch *batch, const struct pc_entry *entry)
{
    if (!pc_data_stays(batch->context))
        return 0;
    size_t bytes = pc_room_taken(entry, batch->io_bytes);
    batch->io = (char *)batch->io + bytes;
    batch->io_bytes -= bytes;
    return bytes;
}

/* Gives back the room of a file that waited in vain: what stands behind it moves up. */
static void give_room_back(struct pc_batch *batch, const struct pc_arrival *arrival)
{
    char *behind = (char *)arrival->content + arrival->room;
    memmove(arrival->content, behind, (size_t)((char *)batch->io - behind));
    batch->io = (char *)batch->io - arrival->room;
}

/* ---- one after the other ---- */

/* Completes the files that wait, the last first, so that nothing moves up before its turn has come. */
static void complete(struct pc_batch *batch, struct pc_group *group)
{
    struct pc_context *context = batch->context;
    pc_group_finish(batch, group);
    for (struct pc_arrival *arrival = group->arrivals + group->count; arrival-- > group->arrivals;) {
        context->operation = arrival->operation;
        context->refused = arrival->refused;
        context->refused_error = arrival->refused_error;
        int result = arrival->result;
        result = pc_close_regular(batch, arrival->entry, pc_arrival_name(arrival), &arrival->filled, result);
        set_outcome(arrival->entry, install(batch, arrival, result), context);
        if (pc_room_taken(arrival->entry, SIZE_MAX) == 0)
            give_room_back(batch, arrival);
    }
    pc_group_end(group);
}

/* Copies one after the other, while there is room; returns the first that was not looked at. */
static struct pc_entry *copy_all(
    struct pc_batch *batch, struct pc_entry *entry, const struct pc_entry *end, const char *target_name)
{
    const void *all = batch->io;
    struct pc_context *context = batch->context;
    struct pc_group group;
    group.count = 0;
    bool full = false;
    for (; entry != end && pc_group_has_room(&group); entry = pc_entry_next(entry)) {
        bool fits = has_room(batch, entry);
        if (!fits && batch->io != all)
            break;
        struct pc_arrival *arrival = &group.arrivals[group.count];
        arrival->entry = entry;
        arrival->target_name = target_name ? target_name : entry->name;
        arrival->temporary.name[0] = '\0';
        arrival->waits = false;
        arrival->content = batch->io;
        bool stop = full || !fits || pc_stopping(context);
        context->refused = PC_NONE;
        int result = stop ? PC_NOT_DONE : copy_entry(batch, arrival);
        if (result == -EMFILE && group.count > 0) /* those that wait have all descriptors */
            break;
        set_outcome(entry, arrival->waits ? PC_NONE : result, context);
        arrival->room = take_room(batch, entry);
        if (arrival->waits)
            pc_group_add(&group, context);
        full = full || (result < 0 && pc_is_full((enum pc_operation)context->operation, -result));
    }
    complete(batch, &group);
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

    const struct pc_entry *end = (const struct pc_entry *)((char *)records + bytes);
    size_t half = io_bytes / 2 / PC_READ_BACK_ALIGNMENT * PC_READ_BACK_ALIGNMENT;
    struct pc_batch batch = {
        .source_dir = source_dir,
        .target_dir = target_dir,
        .context = context,
        .io = io,
        .io_bytes = context->verify ? half : io_bytes,
        .back = context->verify ? (char *)io + half : NULL,
        .newcomer = pc_newcomer_in(target_dir, context),
        .layouts = pc_layouts_between(source_dir, target_dir, context),
        .folding = {.records = records, .end = end},
    };
    struct pc_entry *reached = copy_all(&batch, records, end, target_name);
    pc_pipe_close(&batch.pipe);
    pc_folding_end(&batch.folding);
    return (char *)reached - (char *)records;
}
