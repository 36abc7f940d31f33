#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "attribute/xattr.h"
#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * What an entry is given beside its data, in this order, since each step may undo a later one: owner, extended
 * attributes, ACLs, mode, capabilities, times. chown takes setuid bits away, a mode may forbid to write attributes, and every
 * change before would be seen in the times. What is right already is left alone.
 *
 * Functions that fail return a failure; what cannot be kept is noted (attribute_loss.h). They may be
 * called from any thread.
 */

/* What a new entry has, before it is given what it shall have. */
struct pc_present {
    uid_t uid;
    gid_t gid;
    mode_t mode; /* its permission bits, or PC_MODE_UNKNOWN */
    bool may_have_others; /* extended attributes or ACLs that it was not given by us */
};

enum { PC_MODE_UNKNOWN = 0xffff };

/* For one with this status, that may have attributes of any kind. */
struct pc_present pc_present(const struct stat *status);

/*
 * The permission bits that an entry shall have in the end. setuid and setgid mean something only with their owner and
 * group: setuid is kept when `present` has both, setgid when it has the group. Where ownership is not kept at all, `present` must have both
 * for either. Where modes are not kept the record's is settled (target_mode.h), and those two are what
 * `present` has of them.
 */
mode_t pc_final_mode(const struct pc_entry *wanted, const struct pc_present *present, const struct pc_context *context);

/* Notes that a setgid bit is lost which this process may not give to an entry that has the right group. */
void pc_note_mode(const struct pc_entry *wanted, gid_t gid, struct pc_loss *loss);

/*
 * Sets access and modification time, if they are to be kept: of the entry `name` of a directory, which may be a
 * symbolic link itself, or with NULL of the open file. One that the target's file system cannot hold is its nearest, and noted. To know,
 * one system call is made for times that some file system does not hold.
 */
int pc_set_times(int fd, const char *name, const struct pc_entry *wanted, struct pc_loss *loss);

/* Notes that a modification time in this second is not the record's, as its file system cannot hold that, if times are to be kept. */
void pc_note_times(const struct pc_entry *wanted, int64_t modified, struct pc_loss *loss);

/*
 * Gives an open file or directory, or what a handle stands for, all but times that the context says is kept of an entry, and of
 * its extended attributes.
 */
int pc_set_attributes(
    struct pc_handle target,
    const struct pc_entry *wanted,
    const struct pc_xattrs *xattrs,
    struct pc_present present,
    struct pc_loss *loss);
