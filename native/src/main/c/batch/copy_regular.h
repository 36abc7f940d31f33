#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "attribute/xattr.h"
#include "batch/batch_state.h"

/* A regular file whose data is written, though perhaps not flushed, and whose attributes are not set yet. */
struct pc_filled {
    int source, target;      /* descriptors */
    mode_t created;          /* the mode passed to open(2) */
    enum pc_outcome outcome; /* PC_DONE or PC_CHANGED */
    struct pc_xattrs xattrs;
};

/*
 * Copies a regular file with its attributes to a name that must not exist (EEXIST). A source that changes meanwhile is
 * copied a second time; the record then has its new status. pc_copy_entries says what is left behind in which case. The
 * outcome is PC_DONE, PC_CHANGED, PC_NOT_DONE or PC_FAILED.
 *
 * A small file takes eight system calls: two openat, pread, pwrite, fstat of the source, utimensat, two close.
 */
struct pc_result pc_copy_regular(
    struct pc_batch *batch, struct pc_entry *entry, const char *target_name, struct pc_loss *loss);

/*
 * The same in three steps. The first copies the data. Unless the file is to stay (pc_stays), its descriptors are closed
 * and nothing is left behind.
 */
struct pc_result pc_fill_regular(
    struct pc_batch *batch,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_filled *filled,
    struct pc_loss *loss);

/*
 * The second step sets attributes and times. `anew`: the attributes of other files have been read since the first step.
 * Returns 0 or a failure.
 */
int pc_set_regular_attributes(
    struct pc_batch *batch, const struct pc_entry *entry, struct pc_filled *filled, bool anew, struct pc_loss *loss);

/*
 * The last step closes the file, and unlinks it if it is not to stay or the close fails. Returns the result after that.
 */
struct pc_result pc_close_regular(
    struct pc_batch *batch,
    const struct pc_entry *entry,
    const char *target_name,
    const struct pc_filled *filled,
    struct pc_result result);
