#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "record/attribute_loss.h"
#include "sys/handle.h"

/*
 * Extended attributes and ACLs, from one open file to another. Which of them belong to a file and which to its file system or
 * this host, /etc/xattr.conf says (through libattr), and Lustre's own (lustre_layout.h) and the labels of security modules are
 * never taken away. What cannot be read or given costs that attribute and is noted (attribute_loss.h).
 *
 * Names and values pass through memory that each thread has of its own, 64 KiB for each, the kernel's limits: so between
 * pc_xattrs_read and the last use of what it read, a thread reads no other file's.
 */

/* The attributes that a source has. */
struct pc_xattrs {
    struct pc_handle source;
    size_t name_bytes; /* 0: none */
    bool unknown;      /* they could not be listed: then a target's are left alone. To be cleared for a target that is new */
    bool need_room;    /* where the disk has none, that is the target's failure, as it can be made once more */
};

/* When an attribute is set: each step may undo a later one, or take the right away to do it. */
enum pc_xattr_stage {
    PC_BEFORE_MODE, /* extended attributes, while the owner may still write, then ACLs, while nobody else may do anything */
    PC_AFTER_MODE,  /* file capabilities, which any change takes away */
};

/* Whether any are to be kept, so that there must be a source to read them from. */
static inline bool pc_wants_xattrs(const struct pc_context *context)
{
    return context->keep & (PC_KEEP_XATTR | PC_KEEP_ACL);
}

/* No attributes, for entries that have none or of which none are kept. */
static inline struct pc_xattrs pc_no_xattrs(void)
{
    return (struct pc_xattrs){.source = pc_no_handle()};
}

/* Finds out which attributes a source has, if the context wants any. One system call if it has none. */
void pc_xattrs_read(struct pc_handle source, struct pc_loss *loss, struct pc_xattrs *xattrs);

/*
 * Whether an entry of a directory, which may be a symbolic link or a device, has any; without opening it. `operation` is what failed if that
 * cannot be found out: PC_GETXATTR of a source, PC_SETXATTR of a target.
 */
bool pc_xattrs_look(int dir, const char *name, enum pc_operation operation, struct pc_loss *loss);

/* Whether the source has an ACL of its own, so that nobody else may be let in by its mode before the target has it. */
bool pc_xattrs_have_acl(const struct pc_xattrs *xattrs);

/*
 * Which kinds of attributes would be changed if a target was given the source's: `1 << enum pc_kind`, or-ed. Nothing is set. With PC_NO_FILE
 * for a target those that a new one would get. What cannot be read is noted.
 */
uint32_t pc_xattrs_compare(struct pc_handle source, struct pc_handle target, struct pc_loss *loss);

/*
 * Gives a target the source's attributes of one stage. `may_have_others` says that the target may have some already, which
 * it must not keep unless the source has them, too. Its owner is let write where that is needed and he may not.
 * Returns 1 if the mode may have changed, by that or by an ACL; else 0. Or, if they need room, a failure.
 */
int pc_xattrs_set(
    const struct pc_xattrs *xattrs,
    struct pc_handle target,
    enum pc_xattr_stage stage,
    bool may_have_others,
    struct pc_loss *loss);
