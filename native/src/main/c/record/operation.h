#pragma once

/*
 * What was being done when something went wrong with an entry: one half of a failure (failure.h), the errno being the
 * other.
 *
 * The values are part of the contract with Java, where org.pcircle.fs.Operation mirrors them, and they stand in entry
 * records and in what a stopped run has saved. Append only; those between have been other things.
 */
enum pc_operation {
    PC_NONE = 0, /* nothing failed */
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
    PC_COMPARE, /* the source with what it was when it was listed: errno 0, it has changed; only in Java */
    PC_LINK = 21,
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
    PC_FIND = 34, /* an entry that --files-from names was looked for; only in Java */
    PC_NESTED,    /* DEST itself was met in SOURCE; errno 0; only in Java */
    PC_TAKEN,     /* the target takes two names of the source for one: errno EEXIST; or it could not be asked */
};
