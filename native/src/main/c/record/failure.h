#pragma once

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "record/operation.h"

/*
 * A failure: a negative number that holds an operation and its errno, which may be 0. So a function that can fail in
 * more than one way returns "0 or a failure", or "a count or a failure". Java decodes it with
 * org.pcircle.fs.FileException.
 *
 * Wrappers of one system call return -errno, which is a failure without an operation (PC_NONE): their caller knows
 * which it was.
 */
enum { PC_ERRNO_BITS = 12 }; /* the kernel has no errno of 4096 or more */

static inline int pc_failed(enum pc_operation operation, int error)
{
    return -((int)operation << PC_ERRNO_BITS | error);
}

static inline enum pc_operation pc_operation_of(int64_t failure)
{
    return (enum pc_operation)(-failure >> PC_ERRNO_BITS);
}

static inline int pc_errno_of(int64_t failure)
{
    return (int)(-failure & ((1 << PC_ERRNO_BITS) - 1));
}

/* Whether a result is a failure with this errno, for any operation. */
static inline bool pc_failed_with(int64_t result, int error)
{
    return result < 0 && pc_errno_of(result) == error;
}

/*
 * Whether this failure means that the target has no room left. ENOSPC and EDQUOT of the source, or of an attribute that
 * is too large for one file, concern that entry only.
 */
static inline bool pc_is_full(int64_t failure)
{
    if (!pc_failed_with(failure, ENOSPC) && !pc_failed_with(failure, EDQUOT))
        return false;
    switch (pc_operation_of(failure)) {
    case PC_CREATE:
    case PC_WRITE:
    case PC_COPY: /* prescribed; else a method that tells the two sides apart has been tried, too */
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
