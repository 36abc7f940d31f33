#include "faults.h"

#include <errno.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const operation_names[OPERATIONS] = {
    [OP_STAT] = "stat",
    [OP_LIST] = "list",
    [OP_OPEN] = "open",
    [OP_READ] = "read",
    [OP_READLINK] = "readlink",
    [OP_CREATE] = "create",
    [OP_WRITE] = "write",
    [OP_FSYNC] = "fsync",
    [OP_FLUSH] = "flush",
    [OP_MKDIR] = "mkdir",
    [OP_UNLINK] = "unlink",
    [OP_RMDIR] = "rmdir",
    [OP_RENAME] = "rename",
    [OP_LINK] = "link",
    [OP_SYMLINK] = "symlink",
    [OP_MKNOD] = "mknod",
    [OP_CHMOD] = "chmod",
    [OP_CHOWN] = "chown",
    [OP_UTIMENS] = "utimens",
    [OP_TRUNCATE] = "truncate",
    [OP_GETXATTR] = "getxattr",
    [OP_SETXATTR] = "setxattr",
    [OP_LISTXATTR] = "listxattr",
    [OP_REMOVEXATTR] = "removexattr",
    [OP_STATFS] = "statfs",
    [OP_LSEEK] = "lseek",
    [OP_FALLOCATE] = "fallocate",
    [OP_COPY_FILE_RANGE] = "copy_file_range",
};

#define ERROR(name) {#name, name}
static const struct {
    const char *name;
    int number;
} errors[] = {
    ERROR(EACCES),
    ERROR(EAGAIN),
    ERROR(EBADMSG),
    ERROR(EBUSY),
    ERROR(EDQUOT),
    ERROR(EEXIST),
    ERROR(EFBIG),
    ERROR(EILSEQ),
    ERROR(EINTR),
    ERROR(EINVAL),
    ERROR(EIO),
    ERROR(EKEYEXPIRED),
    ERROR(EMLINK),
    ERROR(ENAMETOOLONG),
    ERROR(ENODATA),
    ERROR(ENODEV),
    ERROR(ENOENT),
    ERROR(ENOKEY),
    ERROR(ENOMEM),
    ERROR(ENOSPC),
    ERROR(ENOSYS),
    ERROR(ENOTCONN),
    ERROR(ENOTEMPTY),
    ERROR(ENXIO),
    ERROR(EOPNOTSUPP),
    ERROR(EOVERFLOW),
    ERROR(EPERM),
    ERROR(ERANGE),
    ERROR(EREMOTEIO),
    ERROR(EROFS),
    ERROR(ESTALE),
    ERROR(ETIMEDOUT),
    ERROR(ETXTBSY),
    ERROR(EUCLEAN),
    ERROR(EXDEV),
};

enum { ERRORS = sizeof errors / sizeof errors[0], FAULTS_MAX = 64, NAME_BYTES = 256 };

static struct fault {
    enum operation operation;
    int error;
    char name[NAME_BYTES];
    int64_t offset, bytes;
} faults[FAULTS_MAX];
static int fault_count;

bool faults_add(const char *text)
{
    if (fault_count == FAULTS_MAX)
        return false;
    struct fault fault = {.operation = OPERATIONS, .bytes = INT64_MAX};
    char operation[16] = "", error[16] = "";
    int fields = sscanf(
        text,
        "%15[^,],%15[^,],%255[^,],%" SCNd64 ",%" SCNd64,
        operation,
        error,
        fault.name,
        &fault.offset,
        &fault.bytes);
    for (int i = 0; i < OPERATIONS; i++) {
        if (strcmp(operation, operation_names[i]) == 0)
            fault.operation = (enum operation)i;
    }
    for (int i = 0; i < ERRORS; i++) {
        if (strcmp(error, errors[i].name) == 0)
            fault.error = errors[i].number;
    }
    if ((fields != 3 && fields != 5) || fault.operation == OPERATIONS || fault.error == 0)
        return false;
    faults[fault_count++] = fault;
    return true;
}

int faults_check_bytes(enum operation operation, const char *name, int64_t offset, int64_t bytes)
{
    for (const struct fault *fault = faults; fault < faults + fault_count; fault++) {
        bool touches = offset - fault->offset < fault->bytes && fault->offset - offset < bytes;
        if (fault->operation == operation && touches && fnmatch(fault->name, name, 0) == 0)
            return -fault->error;
    }
    return 0;
}

int faults_check(enum operation operation, const char *name)
{
    return faults_check_bytes(operation, name, 0, INT64_MAX);
}
