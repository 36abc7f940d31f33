#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "attribute/xattr.h"
#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * Setting the attributes of an entry. The order is owner, extended attributes, ACLs, mode, file capabilities, times,
 * since each step may undo a later one: chown clears set-user-id and set-group-id bits, a mode may forbid to write
 * attributes, and every change updates the times. An attribute that is already right is not set.
 *
 * Functions that fail return a failure (failure.h). An attribute that cannot be preserved is noted in `loss`
 * (attribute_loss.h). Any thread may call.
 */

/* The attributes that an entry has at present. */
struct pc_present {
    uid_t uid;
    gid_t gid;
    mode_t mode; /* permission bits, or PC_MODE_UNKNOWN */
    bool may_have_others; /* it may have extended attributes or ACLs that this process has not set */
};

enum { PC_MODE_UNKNOWN = 0xffff };

/* The attributes of an entry with this status, which may have extended attributes of any kind. */
struct pc_present pc_present(const struct stat *status);

/*
 * The final permission bits of an entry. The set-user-id and set-group-id bits are only set together with the owner and
 * group that they belong to: set-user-id if `present` has both, set-group-id if it has the group. Where ownership is
 * not preserved, `present` must have both for either bit. Where modes are not preserved, the record holds the target
 * mode (target_mode.h), and those two bits are those of `present`.
 */
mode_t pc_final_mode(const struct pc_entry *wanted, const struct pc_present *present, const struct pc_context *context);

/*
 * Notes that the mode is not preserved if the record has a set-group-id bit that this process may not give to an entry
 * with the right group.
 */
void pc_note_mode(const struct pc_entry *wanted, gid_t gid, struct pc_loss *loss);

/*
 * Sets access and modification time, if timestamps are preserved: of the entry `name` of the directory `fd`, without
 * following a symbolic link, or of the open file `fd` if `name` is NULL. A time outside the range of the target's file
 * system becomes the nearest one in it, and is noted. For times that not every file system can hold this takes one more
 * system call.
 */
int pc_set_times(int fd, const char *name, const struct pc_entry *wanted, struct pc_loss *loss);

/*
 * Notes that the modification time is not preserved if timestamps are, and an entry modified in this second (since
 * 1970) has another one than its record because its file system cannot hold that.
 */
void pc_note_times(const struct pc_entry *wanted, int64_t modified, struct pc_loss *loss);

/*
 * Sets the preserved attributes of an entry, except its times: of an open file or directory, or of the entry that a
 * handle (O_PATH) stands for.
 */
int pc_set_attributes(
    struct pc_handle target,
    const struct pc_entry *wanted,
    const struct pc_xattrs *xattrs,
    struct pc_present present,
    struct pc_loss *loss);
