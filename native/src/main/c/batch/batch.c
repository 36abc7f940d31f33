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
#include "batch/difference.h"
#include "batch/flush_group.h"
#include "batch/update.h"
#include "data/read_back.h"
#include "entries/kept.h"
#include "entries/read_entries.h"
#include "sys/retry.h"

/* Reads the content of an entry that was left alone from the target, as if it had been copied. */
static int read_target(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    int64_t bytes = pc_read_content(batch->target_dir, target_name, entry, batch->io, batch->io_bytes);
    if (bytes < 0)
        return (int)bytes;
    if (entry->type == DT_LNK)
        entry->size = (uint64_t)bytes;
    return 0;
}

/* Whether files are completed in groups. */
static bool files_wait(const struct pc_context *context)
{
    return context->verify || context->flush;
}

/* Copies a file's data only. A file that no longer fits into the buffer is unlinked. */
static struct pc_result fill(struct pc_batch *batch, struct pc_arrival *arrival, const char *name)
{
    struct pc_entry *entry = arrival->entry;
    struct pc_result result = pc_fill_regular(batch, entry, name, &arrival->filled, &arrival->loss);
    if (!pc_stays(result))
        return result;
    int asked = pc_creation_defaults_ask(&batch->defaults, arrival->filled.target, batch->context);
    bool has_room = !pc_data_stays(batch->context) || entry->size <= batch->io_bytes;
    arrival->waits = asked == 0 && has_room;
    if (arrival->waits)
        return result;
    result = asked < 0 ? pc_result_of(asked) : pc_came_to(PC_NOT_DONE);
    return pc_close_regular(batch, entry, name, &arrival->filled, result);
}

/* Copies an entry to a name that must not exist. */
static struct pc_result copy_as(struct pc_batch *batch, struct pc_arrival *arrival, const char *name)
{
    struct pc_entry *entry = arrival->entry;
    switch (entry->type) {
    case DT_REG:
        return files_wait(batch->context) ? fill(batch, arrival, name)
                                          : pc_copy_regular(batch, entry, name, &arrival->loss);
    case DT_LNK:
        return pc_result_of(pc_copy_link(batch, entry, name, &arrival->loss));
    default:
        return pc_result_of(pc_copy_node(batch, entry, name, &arrival->loss));
    }
}

static uint16_t replacing(const struct pc_batch *batch, const struct pc_arrival *arrival, const struct stat *present)
{
    int source = batch->source_dir, target = batch->target_dir;
    const char *name = arrival->target_name;
    return (uint16_t)pc_changes_by_replacing(source, target, arrival->entry, name, present, false, batch->context);
}

/*
 * Copies to a temporary name, which only an earlier attempt of this run can have left behind, unless the existing entry
 * is kept. Fails if that is a directory.
 */
static struct pc_result copy_beside(struct pc_batch *batch, struct pc_arrival *arrival)
{
    struct stat present;
    int looked = PC_RETRY(fstatat(batch->target_dir, arrival->target_name, &present, AT_SYMLINK_NOFOLLOW));
    bool is_there = looked == 0;
    if (is_there
        && pc_is_kept(arrival->entry, &present, batch->target_dir, arrival->target_name, false, batch->context))
        return pc_came_to(PC_KEPT); /* it was created a moment ago */
    if (is_there && S_ISDIR(present.st_mode))
        return pc_result_of(pc_failed(PC_CREATE, EISDIR));
    arrival->temporary = pc_temporary_of(arrival->target_name, batch->context->temporary_prefix);
    const char *name = arrival->temporary.name;
    if (is_there)
        pc_set_target_mode_from(arrival->entry, &present, batch->context);
    if (is_there && batch->changes)
        arrival->changes = replacing(batch, arrival, &present);
    struct pc_result result = copy_as(batch, arrival, name);
    if (!pc_failed_with(result.failure, EEXIST))
        return result;
    if (PC_RETRY(unlinkat(batch->target_dir, name, 0)) < 0)
        return pc_result_of(pc_failed(PC_UNLINK, errno));
    return copy_as(batch, arrival, name);
}

/* Renames a complete copy to its final name, unless the entry there has become one that is kept. */
static struct pc_result rename_unless_kept(struct pc_batch *batch, const struct pc_arrival *arrival)
{
    int dir = batch->target_dir;
    int kept =
        pc_keeps_beside(arrival->entry, dir, arrival->target_name, arrival->temporary.name, batch->context);
    if (kept != 0)
        return kept < 0 ? pc_result_of(kept) : pc_came_to(PC_KEPT);
    int renamed = PC_RETRY(renameat(dir, arrival->temporary.name, dir, arrival->target_name));
    return renamed < 0 ? pc_result_of(pc_failed(PC_RENAME, errno)) : pc_came_to(PC_DONE);
}

/*
 * Gives a complete copy its final name, unless it has that already. The existing entry stays if anything fails, or if
 * the source keeps changing.
 */
static struct pc_result install(struct pc_batch *batch, const struct pc_arrival *arrival, struct pc_result result)
{
    const char *name = arrival->temporary.name;
    if (!name[0] || !pc_stays(result))
        return result;
    if (result.outcome == PC_DONE)
        result = rename_unless_kept(batch, arrival);
    if (result.outcome != PC_DONE)
        unlinkat(batch->target_dir, name, 0);
    return result;
}

/* Whether the existing entry may be replaced: 0, or a failure. */
static int refuse_taken(struct pc_batch *batch, const struct pc_arrival *arrival)
{
    const char *name = arrival->entry->name;
    return pc_refuse_taken(batch->source_dir, name, batch->target_dir, arrival->target_name, &batch->folding);
}

/* As copy_as. A file may be waiting afterwards. */
static struct pc_result copy_or_replace(struct pc_batch *batch, struct pc_arrival *arrival)
{
    pc_set_target_mode_of_new(arrival->entry, batch->defaults.permissions, batch->context);
    arrival->changes = PC_MADE;
    struct pc_result result = copy_as(batch, arrival, arrival->target_name);
    if (pc_failed_with(result.failure, EEXIST) && batch->context->existing != PC_REFUSE) {
        int taken = refuse_taken(batch, arrival);
        result = taken < 0 ? pc_result_of(taken) : copy_beside(batch, arrival);
    }
    return arrival->waits ? result : install(batch, arrival, result);
}

/* PC_ALREADY_DONE, PC_UP_TO_DATE or PC_KEPT if the target is left alone, PC_DONE if it has to be copied; PC_FAILED. */
static struct pc_result look_at_target(struct pc_batch *batch, struct pc_arrival *arrival)
{
    int source = batch->source_dir, target = batch->target_dir;
    const char *name = arrival->target_name;
    struct pc_context *context = batch->context;
    int finished = context->resumed ? pc_is_already_done(source, target, arrival->entry, name, context) : 0;
    if (finished < 0)
        return pc_result_of(finished);
    if (finished > 0) {
        int taken = refuse_taken(batch, arrival);
        arrival->changes = PC_MADE | PC_MADE_BEFORE;
        return taken < 0 ? pc_result_of(taken) : pc_came_to(PC_ALREADY_DONE);
    }
    if (!pc_may_leave(context))
        return pc_came_to(PC_DONE);
    uint16_t *changes = batch->changes ? &arrival->changes : NULL;
    int judged = pc_update(source, target, arrival->entry, name, &batch->folding, &arrival->loss, changes);
    return judged > 0 ? pc_came_to((enum pc_outcome)judged) : pc_result_of(judged);
}

/* As copy_or_replace, or PC_ALREADY_DONE, PC_UP_TO_DATE or PC_KEPT. */
static struct pc_result copy_entry(struct pc_batch *batch, struct pc_arrival *arrival)
{
    struct pc_entry *entry = arrival->entry;
    if (pc_entry_is_undescribed(entry))
        return pc_result_of(pc_failed(PC_STAT, entry->error));
    struct pc_result seen = look_at_target(batch, arrival);
    if (seen.outcome == PC_DONE)
        return copy_or_replace(batch, arrival);
    bool is_read = pc_is_good(seen.outcome) && batch->context->in_memory;
    int failure = is_read ? read_target(batch, entry, arrival->target_name) : 0;
    return failure < 0 ? pc_result_of(failure) : seen;
}

static void set_outcome(const struct pc_batch *batch, const struct pc_arrival *arrival, struct pc_result result)
{
    bool is_new = result.outcome == PC_CHANGED && !arrival->temporary.name[0];
    if (batch->changes)
        batch->changes[arrival->number] = pc_is_good(result.outcome) || is_new ? arrival->changes : 0;
    bool is_in_place = result.outcome == PC_DONE || result.outcome == PC_UP_TO_DATE;
    if (is_in_place && arrival->loss.failure < 0)
        result = pc_result_of(arrival->loss.failure);
    else if (pc_gave_up(arrival->loss.context, result.failure))
        result = pc_came_to(PC_NOT_DONE);
    pc_entry_came_to(arrival->entry, result);
}

/* ---- data that stays in memory ---- */

/* Whether the content of an entry fits into the buffer, if it stays there. */
static bool has_room(const struct pc_batch *batch, const struct pc_entry *entry)
{
    return !pc_data_stays(batch->context) || pc_has_room(entry, batch->io_bytes);
}

/* Keeps the content of an entry in the buffer. Returns how many bytes that takes. */
static size_t take_room(struct pc_batch *batch, const struct pc_entry *entry)
{
    if (!pc_data_stays(batch->context))
        return 0;
    size_t bytes = pc_room_taken(entry, batch->io_bytes);
    batch->io = (char *)batch->io + bytes;
    batch->io_bytes -= bytes;
    return bytes;
}

/* Removes the content of a waiting file that failed: the content after it moves up. */
static void give_room_back(struct pc_batch *batch, const struct pc_arrival *arrival)
{
    char *behind = (char *)arrival->content + arrival->room;
    memmove(arrival->content, behind, (size_t)((char *)batch->io - behind));
    batch->io = (char *)batch->io - arrival->room;
}

/* ---- one after the other ---- */

/* Completes the waiting files, the last first, so that contents move up only after they were used. */
static void complete(struct pc_batch *batch, struct pc_flush_group *group)
{
    pc_flush_group_finish(batch, group);
    for (struct pc_arrival *arrival = group->arrivals + group->count; arrival-- > group->arrivals;) {
        struct pc_result result =
            pc_close_regular(batch, arrival->entry, pc_arrival_name(arrival), &arrival->filled, arrival->result);
        set_outcome(batch, arrival, install(batch, arrival, result));
        if (pc_room_taken(arrival->entry, SIZE_MAX) == 0)
            give_room_back(batch, arrival);
    }
    pc_flush_group_end(group);
}

/* Copies the entries in turn, while there is room. Returns the first one not attempted. */
static struct pc_entry *copy_all(
    struct pc_batch *batch, struct pc_entry *entry, const struct pc_entry *end, const char *target_name)
{
    const void *all = batch->io;
    struct pc_flush_group group;
    group.count = 0;
    bool full = false;
    for (int number = 0; entry != end && pc_flush_group_has_room(&group); entry = pc_entry_next(entry), number++) {
        bool fits = has_room(batch, entry);
        if (!fits && batch->io != all)
            break;
        struct pc_arrival *arrival = &group.arrivals[group.count];
        arrival->entry = entry;
        arrival->target_name = target_name ? target_name : entry->name;
        arrival->temporary.name[0] = '\0';
        arrival->waits = false;
        arrival->changes = 0;
        arrival->number = number;
        arrival->loss = (struct pc_loss){.context = batch->context};
        arrival->content = batch->io;
        bool stop = full || !fits || pc_stopping(batch->context);
        struct pc_result result = stop ? pc_came_to(PC_NOT_DONE) : copy_entry(batch, arrival);
        if (pc_failed_with(result.failure, EMFILE) && group.count > 0) /* the waiting files hold all descriptors */
            break;
        set_outcome(batch, arrival, arrival->waits ? pc_came_to(PC_DONE) : result);
        arrival->room = take_room(batch, entry);
        if (arrival->waits)
            pc_flush_group_add(&group);
        full = full || pc_is_full(result.failure);
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
    size_t io_bytes,
    uint16_t *changes)
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
        .defaults = pc_creation_defaults_in(target_dir, context),
        .layouts = pc_layouts_between(source_dir, target_dir, context),
        .folding = {.records = records, .end = end},
        .changes = changes,
    };
    struct pc_entry *reached = copy_all(&batch, records, end, target_name);
    pc_pipe_close(&batch.pipe);
    pc_folding_end(&batch.folding);
    return (char *)reached - (char *)records;
}
