#pragma once

/*
 * The operation that failed with an entry. A failure (failure.h) consists of it and its errno.
 *
 * The values are part of the contract with Java, where org.pcircle.fs.Operation mirrors them. They are stored in entry
 * records and in the saved state of a stopped run. Append only. The unused numbers had other meanings in the past.
 */
enum pc_operation {
    PC_NONE = 0, /* nothing failed */
    PC_STAT,
    PC_LIST,
    PC_OPEN,
    PC_CREATE,
    PC_READ,
    PC_WRITE,
    PC_COPY, /* copy_file_range and the like, where reading and writing cannot be told apart */
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
    PC_COMPARE, /* the source with its record: errno 0, it has changed; only in Java */
    PC_LINK = 21,
    PC_GETXATTR,
    PC_SETXATTR,
    /* The entry is in place, but a required attribute was not preserved: in the order of enum pc_kind. */
    PC_NOT_PRESERVED_OWNERSHIP,
    PC_NOT_PRESERVED_MODE,
    PC_NOT_PRESERVED_TIMESTAMPS,
    PC_NOT_PRESERVED_LINKS,
    PC_NOT_PRESERVED_XATTR,
    PC_NOT_PRESERVED_ACL,
    PC_NOT_PRESERVED_LAYOUT,
    PC_FLUSH,
    PC_VERIFY, /* the data read back differs from the data written: errno 0; or it could not be read */
    PC_FIND = 34, /* finding an entry that --files-from names; only in Java */
    PC_NESTED,    /* DEST itself was found in SOURCE: errno 0; only in Java */
    PC_TAKEN,     /* the target has one name for two names of the source: EEXIST; or that is unknown */
};
