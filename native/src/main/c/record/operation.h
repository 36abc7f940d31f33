#pragma once

#include <errno.h>
#include <stdbool.h>

/*
 * What was being done when something went wrong with an entry: the first half of a fault, the errno being the other.
 *
 * The values are part of the contract with Java, where org.pcircle.fs.Operation mirrors them by ordinal, and they
 * stand in entry records. Append only.
 */
enum pc_operation {
    PC_NONE = 0, /* nothing went wrong */
    PC_STAT,
    PC_LIST,
    PC_OPEN,
    PC_CREATE,
    PC_READ,
    PC_WRITE,
    PC_COPY, /* copy_file_range and its like, where reading and writing cannot be told apart */
    PC_READLINK,
    PC_SYMLINK,
    PC_MKNOD,
    PC_MKDIR,
    PC_CHOWN,
    PC_CHMOD,
    PC_UTIMENS,
    PC_RENAME,
    PC_UNLINK,
    PC_CLOSE,
    PC_CHANGED,  /* the source changed while it was copied; errno 0 */
    PC_NOT_DONE, /* stopped before it, or in the middle and taken back; errno 0 */
    PC_UP_TO_DATE, /* nothing went wrong: the target was as it should be, or is now, without copying data; errno 0 */
    PC_LINK,
    PC_GETXATTR,
    PC_SETXATTR,
    /* The entry is in place, but a kind that was insisted on could not be kept: in the order of enum pc_kind. */
    PC_LOST_OWNERSHIP,
    PC_LOST_MODE,
    PC_LOST_TIMESTAMPS,
    PC_LOST_LINKS,
    PC_LOST_XATTR,
    PC_LOST_ACL,
    PC_LOST_LAYOUT,
    PC_FLUSH,
    PC_VERIFY, /* what was read back is not what was written: errno 0; or it could not be read */
    PC_FINISHED, /* nothing went wrong: an earlier part of this run has finished it; errno 0 */
    PC_FIND,     /* an entry that --files-from names was looked for; only in Java */
    PC_NESTED,   /* DEST itself was met in SOURCE; errno 0; only in Java */
    PC_TAKEN,    /* the target takes two names of the source for one: errno EEXIST; or it could not be asked */
};

/*
 * Whether this failure says that the target has no room left. ENOSPC and EDQUOT of the source, or of an attribute that is too much
 * for one file, are that entry's.
 */
static inline bool pc_is_full(enum pc_operation operation, int error)
{
    if (error != ENOSPC && error != EDQUOT)
        return false;
    switch (operation) {
    case PC_CREATE:
    case PC_WRITE:
    case PC_COPY: /* forced; else a rung that knows the two sides apart has been asked, too */
    case PC_SYMLINK:
    case PC_MKNOD:
    case PC_MKDIR:
    case PC_CHOWN:
    case PC_CHMOD:
    case PC_UTIMENS:
    case PC_RENAME:
    case PC_UNLINK:
    case PC_CLOSE:
    case PC_LINK:
    case PC_SETXATTR:
    case PC_FLUSH:
        return true;
    default:
        return false;
    }
}
