#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "attribute/xattr.h"
#include "batch/batch_state.h"

/* A regular file that has its data, which has perhaps not arrived, and lacks all else. */
struct pc_filled {
    int source, target;      /* open */
    mode_t created;          /* with which it was made */
    enum pc_outcome outcome; /* PC_DONE or PC_CHANGED */
    struct pc_xattrs xattrs;
};

/*
 * Copies one regular file whole, with its attributes, to a name that must not exist. A source that changes meanwhile is
 * copied once more; the record then has its new values. See pc_copy_entries for what is left behind when.
 * The outcome is PC_DONE, PC_CHANGED, PC_NOT_DONE or PC_FAILED.
 *
 * A small file takes eight system calls: two openat, pread, pwrite, fstat of the source, utimensat, two close.
 */
struct pc_result pc_copy_regular(
    struct pc_batch *batch, struct pc_entry *entry, const char *target_name, struct pc_loss *loss);

/* The same in steps. The first copies the data; unless it stays (pc_stays), nothing is open and nothing left behind. */
struct pc_result pc_fill_regular(
    struct pc_batch *batch,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_filled *filled,
    struct pc_loss *loss);

/*
 * The second gives it its attributes and times; `anew` says that the attributes of other files were read meanwhile. Returns 0
 * or a failure.
 */
int pc_dress_regular(
    struct pc_batch *batch, const struct pc_entry *entry, struct pc_filled *filled, bool anew, struct pc_loss *loss);

/* The last closes it, and takes it away if it is not to stay or the close fails. Returns what has come of it then. */
struct pc_result pc_close_regular(
    struct pc_batch *batch,
    const struct pc_entry *entry,
    const char *target_name,
    const struct pc_filled *filled,
    struct pc_result result);
