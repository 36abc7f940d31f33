#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "attribute/xattr.h"
#include "batch/batch_state.h"

/* A regular file that has its data, which has perhaps not arrived, and lacks all else. */
struct pc_filled {
    int source, target; /* open */
    mode_t created;     /* with which it was made */
    int result;         /* PC_NONE, or PC_CHANGED */
    struct pc_xattrs xattrs;
};

/*
 * Copies one regular file whole, with its attributes, to a name that must not exist. A source that changes meanwhile is
 * copied once more; the record then has its new values. See pc_copy_entries for what is left behind when.
 * Returns 0, or -errno with the operation in the context, or PC_CHANGED, or PC_NOT_DONE.
 *
 * A small file takes eight system calls: two openat, pread, pwrite, fstat of the source, utimensat, two close.
 */
int pc_copy_regular(struct pc_batch *batch, struct pc_entry *entry, const char *target_name);

/* The same in steps. The first copies the data; unless it returns 0 or PC_CHANGED, nothing is open and nothing left behind. */
int pc_fill_regular(
    struct pc_batch *batch, struct pc_entry *entry, const char *target_name, struct pc_filled *filled);

/* The second gives it its attributes and times; `anew` says that the attributes of other files were read meanwhile. */
int pc_dress_regular(struct pc_batch *batch, const struct pc_entry *entry, struct pc_filled *filled, bool anew);

/* The last closes it, and takes it away if `result` is a failure or the close is. Returns as pc_copy_regular does. */
int pc_close_regular(
    struct pc_batch *batch,
    const struct pc_entry *entry,
    const char *target_name,
    const struct pc_filled *filled,
    int result);
