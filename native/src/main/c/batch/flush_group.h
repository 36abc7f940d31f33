#pragma once

#include "batch/batch_state.h"
#include "batch/copy_regular.h"
#include "sys/temporary_name.h"

/*
 * Files of a batch that wait for each other: all are filled, then all are flushed, so that a journal is committed once for all
 * of them, then each is read back, and only then each is given its attributes and its name. What was read back is compared with
 * what is in memory; where it differs the file is written once more and looked at again.
 *
 * Each file that waits has two descriptors open, and its content in memory if it is to be verified. In all groups of the
 * process together so many wait, about, that half of the descriptors that it may have are left; but one in each group always may.
 */
enum { PC_GROUP_FILES_MAX = 128 };

/* An entry on its way into the target. */
struct pc_arrival {
    struct pc_entry *entry;
    const char *target_name;
    struct pc_temporary temporary; /* what it is called meanwhile; empty: as in the end */
    bool waits;                    /* it is a file that is filled and not complete */
    struct pc_loss loss;
    struct pc_filled filled;       /* if so */
    void *content;                 /* and its data, where that stays in memory */
    size_t room;                   /* bytes that this takes there */
    struct pc_result result;
};

struct pc_flush_group {
    int count;
    struct pc_arrival arrivals[PC_GROUP_FILES_MAX];
};

/* What an entry is called for now. */
static inline const char *pc_arrival_name(const struct pc_arrival *arrival)
{
    return arrival->temporary.name[0] ? arrival->temporary.name : arrival->target_name;
}

/* Whether another file may wait. */
bool pc_flush_group_has_room(const struct pc_flush_group *group);

/* Lets the next of the arrivals wait, which is filled. */
void pc_flush_group_add(struct pc_flush_group *group);

/* None of them waits any more: all have been closed. */
void pc_flush_group_end(struct pc_flush_group *group);

/*
 * Does with all that wait what comes before they are closed: whatever the context asks for of flushing and verifying, and
 * attributes and times. What became of each is in its `result`.
 */
void pc_flush_group_finish(struct pc_batch *batch, struct pc_flush_group *group);
