#pragma once

#include "batch/batch_state.h"
#include "batch/copy_regular.h"
#include "sys/temporary_name.h"

/*
 * Files of a batch that are completed together: first all are filled, then all are flushed, so that a journal is
 * committed once for all. Then each is read back, and only then gets its attributes and its name. The data read back is
 * compared with the data in memory. If they differ, the file is written and verified once more.
 *
 * A waiting file has two open descriptors, and its data in memory if it is to be verified. All groups of the process
 * together hold files for about half of the process's descriptors; each group may hold at least one.
 */
enum { PC_GROUP_FILES_MAX = 128 };

/* An entry that is being copied into the target. */
struct pc_arrival {
    struct pc_entry *entry;
    const char *target_name;
    struct pc_temporary temporary; /* its present name; empty: its final one */
    bool waits;                    /* a file that is filled and not yet complete */
    struct pc_loss loss;
    struct pc_filled filled;       /* valid if `waits` */
    void *content;                 /* its data, where that stays in memory */
    size_t room;                   /* bytes that its data takes there */
    struct pc_result result;
    uint16_t changes;              /* as far as it is known, see change.h */
    int number;                    /* of the entry among those of the call */
};

struct pc_flush_group {
    int count;
    struct pc_arrival arrivals[PC_GROUP_FILES_MAX];
};

/* The present name of an entry. */
static inline const char *pc_arrival_name(const struct pc_arrival *arrival)
{
    return arrival->temporary.name[0] ? arrival->temporary.name : arrival->target_name;
}

/* Whether another file may join the group. */
bool pc_flush_group_has_room(const struct pc_flush_group *group);

/* Adds the next of the arrivals, a filled file, to the group. */
void pc_flush_group_add(struct pc_flush_group *group);

/* Empties the group, after all of its files have been closed. */
void pc_flush_group_end(struct pc_flush_group *group);

/*
 * Flushes and verifies all files of the group, as the context says, and sets their attributes and times. What remains
 * is to close them. The `result` of each is updated.
 */
void pc_flush_group_finish(struct pc_batch *batch, struct pc_flush_group *group);
