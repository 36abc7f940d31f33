#pragma once

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
};
