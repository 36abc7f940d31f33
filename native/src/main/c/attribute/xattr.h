#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "record/attribute_loss.h"
#include "sys/handle.h"

/*
 * Copying extended attributes and ACLs from one file to another. /etc/xattr.conf says through libattr which attributes
 * belong to a file, and which to its file system or host. Lustre's own attributes (lustre_layout.h) are not copied, and
 * the labels of security modules are never removed. An attribute that cannot be read or set is noted in `loss`
 * (attribute_loss.h).
 *
 * Names and values are held in buffers of 64 KiB per thread, the kernel's limits. So a thread must not call
 * pc_xattrs_read for another file before the last use of its result.
 */

/* The attributes of a source. */
struct pc_xattrs {
    struct pc_handle source;
    size_t name_bytes; /* of the names in the thread's buffer; 0: no attributes */
    bool unknown;      /* listing failed: a target keeps its attributes. Clear it for a new target */
    bool need_room;    /* ENOSPC is a failure of the target, not of the attribute, as the file can be created again */
};

/* When an attribute is set, as a step may undo a later one or revoke the permission for it. */
enum pc_xattr_stage {
    PC_BEFORE_MODE, /* extended attributes, while the owner may write; then ACLs, while only the owner has access */
    PC_AFTER_MODE,  /* file capabilities, which every other change clears */
};

/* Whether extended attributes or ACLs are preserved, so that a source is needed to read them from. */
static inline bool pc_wants_xattrs(const struct pc_context *context)
{
    return context->preserve & (PC_PRESERVE_XATTR | PC_PRESERVE_ACL);
}

/* No attributes: for entries that have none, or where none are preserved. */
static inline struct pc_xattrs pc_no_xattrs(void)
{
    return (struct pc_xattrs){.source = pc_no_handle()};
}

/* Lists the attributes of a source, if the context preserves any. One system call if it has none. */
void pc_xattrs_read(struct pc_handle source, struct pc_loss *loss, struct pc_xattrs *xattrs);

/*
 * Whether an entry of a directory has any preserved attributes, without opening it or following a symbolic link.
 * `operation` is noted as failed if they cannot be listed: PC_GETXATTR for a source, PC_SETXATTR for a target.
 */
bool pc_xattrs_look(int dir, const char *name, enum pc_operation operation, struct pc_loss *loss);

/* Whether the source has an ACL. Then its mode must not give others access before the target has the ACL. */
bool pc_xattrs_have_acl(const struct pc_xattrs *xattrs);

/*
 * The kinds of attributes in which a target differs from the source: `1 << enum pc_kind`, or-ed. Sets nothing. With
 * PC_NO_FILE as target: the kinds that a new entry would get. Attributes that cannot be read are noted.
 */
uint32_t pc_xattrs_compare(struct pc_handle source, struct pc_handle target, struct pc_loss *loss);

/*
 * Sets the source's attributes of one stage. `may_have_others`: the target may have attributes already; those that the
 * source lacks are removed. If the owner needs write permission for that and lacks it, it is added to the mode. Returns
 * 1 if the mode may have changed, by that or by an ACL; 0 if not; or a failure, with `need_room`, for lack of room.
 */
int pc_xattrs_set(
    const struct pc_xattrs *xattrs,
    struct pc_handle target,
    enum pc_xattr_stage stage,
    bool may_have_others,
    struct pc_loss *loss);
