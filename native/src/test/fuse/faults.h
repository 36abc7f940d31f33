/* The table of faults to inject. It is filled at the start and only read afterwards. */
#ifndef FAULTS_H
#define FAULTS_H

#include <stdbool.h>
#include <stdint.h>

enum operation {
    OP_STAT,
    OP_LIST,
    OP_OPEN,
    OP_READ,
    OP_READLINK,
    OP_CREATE,
    OP_WRITE,
    OP_FSYNC,
    OP_FLUSH,
    OP_MKDIR,
    OP_UNLINK,
    OP_RMDIR,
    OP_RENAME,
    OP_LINK,
    OP_SYMLINK,
    OP_MKNOD,
    OP_CHMOD,
    OP_CHOWN,
    OP_UTIMENS,
    OP_TRUNCATE,
    OP_GETXATTR,
    OP_SETXATTR,
    OP_LISTXATTR,
    OP_REMOVEXATTR,
    OP_STATFS,
    OP_LSEEK,
    OP_FALLOCATE,
    OP_COPY_FILE_RANGE,
    OPERATIONS
};

/* Adds OPERATION,ERRNO,NAME[,OFFSET,BYTES] to the table. False if the word is malformed, or the table is full. */
bool faults_add(const char *text);

/*
 * 0, or -errno if this operation is to fail.
 *
 * name: the last name of the path; the table's patterns are matched with it as by fnmatch(3)
 * offset, bytes: the range of the file that the operation touches
 */
int faults_check_bytes(enum operation operation, const char *name, int64_t offset, int64_t bytes);

/* The same for an operation on a whole entry. */
int faults_check(enum operation operation, const char *name);

#endif
