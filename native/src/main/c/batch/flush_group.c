#include "pcircle_config.h"

#include "batch/flush_group.h"

#include <limits.h>
#include <string.h>
#include <sys/resource.h>

#include "data/copy.h"
#include "data/read_back.h"
#include "filesystem/filesystem.h"

/* ---- membership ---- */

static int waiting; /* atomic: files in all groups */

static int waiting_max(void)
{
    static int known; /* atomic; 0: not determined yet */
    int max = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (max == 0) {
        struct rlimit limit = {.rlim_cur = 1024};
        getrlimit(RLIMIT_NOFILE, &limit);
        max = limit.rlim_cur / 4 < INT_MAX ? (int)(limit.rlim_cur / 4) : INT_MAX;
        __atomic_store_n(&known, max, __ATOMIC_RELAXED);
    }
    return max;
}

bool pc_flush_group_has_room(const struct pc_flush_group *group)
{
    if (group->count == 0)
        return true;
    return group->count < PC_GROUP_FILES_MAX && __atomic_load_n(&waiting, __ATOMIC_RELAXED) < waiting_max();
}

void pc_flush_group_add(struct pc_flush_group *group)
{
    struct pc_arrival *arrival = &group->arrivals[group->count++];
    arrival->result = pc_came_to(arrival->filled.outcome);
    __atomic_add_fetch(&waiting, 1, __ATOMIC_RELAXED);
}

void pc_flush_group_end(struct pc_flush_group *group)
{
    __atomic_sub_fetch(&waiting, group->count, __ATOMIC_RELAXED);
    group->count = 0;
}

/* ---- steps ---- */

/* A step of completing one file; returns 0 or a failure. */
typedef int step(struct pc_batch *batch, struct pc_arrival *arrival);

/* Does a step for each file that has not failed, and records failures. */
static void with_each(struct pc_batch *batch, struct pc_flush_group *group, step *do_step)
{
    for (struct pc_arrival *arrival = group->arrivals; arrival < group->arrivals + group->count; arrival++) {
        int failure = pc_stays(arrival->result) ? do_step(batch, arrival) : 0;
        if (failure < 0)
            arrival->result = pc_result_of(failure);
    }
}

/* ---- flushing ---- */

static int begin_flush(struct pc_batch *batch, struct pc_arrival *arrival)
{
    (void)batch;
    pc_begin_flush(arrival->filled.target);
    return 0;
}

static int flush(const struct pc_arrival *arrival, bool all)
{
    int error = pc_flush(arrival->filled.target, all);
    return error < 0 ? pc_failed(PC_FLUSH, -error) : 0;
}

static int flush_data(struct pc_batch *batch, struct pc_arrival *arrival)
{
    (void)batch;
    return flush(arrival, false);
}

static int flush_all(struct pc_batch *batch, struct pc_arrival *arrival)
{
    (void)batch;
    return flush(arrival, true);
}

/* ---- verifying ---- */

/* 1 if the data read back is the data in memory, 0 if not, or a failure. */
static int is_as_written(struct pc_batch *batch, const struct pc_arrival *arrival)
{
    size_t bytes = (size_t)arrival->entry->size;
    ssize_t got = pc_read_back(arrival->filled.target, batch->back, bytes, 0);
    if (got < 0)
        return pc_failed(PC_VERIFY, (int)-got);
    return (size_t)got == bytes && memcmp(batch->back, arrival->content, bytes) == 0;
}

static int write_again(struct pc_batch *batch, struct pc_arrival *arrival)
{
    struct pc_copy copy = {
        .source = arrival->filled.source,
        .target = arrival->filled.target,
        .context = batch->context,
        .io = arrival->content,
        .io_bytes = (size_t)arrival->entry->size,
    };
    pc_end_read_back(arrival->filled.target);
    int64_t written = pc_write_again(&copy, (int64_t)arrival->entry->size);
    return written < 0 ? (int)written : flush_data(batch, arrival);
}

static int verify(struct pc_batch *batch, struct pc_arrival *arrival)
{
    struct pc_context *context = batch->context;
    int right = is_as_written(batch, arrival);
    if (right == 0) {
        int error = write_again(batch, arrival);
        right = error < 0 ? error : is_as_written(batch, arrival);
        context->repaired += right > 0;
    }
    if (right <= 0)
        return right < 0 ? right : pc_failed(PC_VERIFY, 0);
    context->verified += (int64_t)arrival->entry->size;
    return 0;
}

/* ---- all steps ---- */

static int set_attributes(struct pc_batch *batch, struct pc_arrival *arrival)
{
    return pc_set_regular_attributes(batch, arrival->entry, &arrival->filled, true, &arrival->loss);
}

void pc_flush_group_finish(struct pc_batch *batch, struct pc_flush_group *group)
{
    struct pc_context *context = batch->context;
    if (group->count == 0)
        return;
    with_each(batch, group, begin_flush);
    if (context->verify) {
        with_each(batch, group, flush_data);
        with_each(batch, group, verify);
        context->unproven += pc_is_in_memory(group->arrivals[0].filled.target) ? (uint32_t)group->count : 0;
    }
    with_each(batch, group, set_attributes);
    if (context->flush)
        with_each(batch, group, flush_all);
}
