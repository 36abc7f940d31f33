#include "pcircle_config.h"

#include "data/copy_methods.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/buffered_io.h"
#include "data/direct_io.h"
#include "sys/retry.h"

/* ---- within the kernel ---- */

/* Files that the kernel generates look empty to these calls: only a read shows the end. */
static int64_t look_for_end(struct pc_move *move, int64_t moved, int64_t offset, size_t bytes)
{
    return moved > 0 ? moved : pc_move_buffered(move, offset, bytes);
}

static int64_t clone(struct pc_move *move, int64_t offset, size_t bytes)
{
#ifdef FICLONERANGE
    const struct pc_copy *copy = move->copy;
    struct file_clone_range range = {
        .src_fd = copy->source,
        .src_offset = (uint64_t)offset,
        .src_length = bytes,
        .dest_offset = (uint64_t)offset,
    };
    if (PC_RETRY_IO(ioctl(copy->target, FICLONERANGE, &range)) == 0)
        return (int64_t)bytes;
    return pc_failed(PC_COPY, errno);
#else
    (void)offset, (void)bytes;
    return pc_failed(PC_COPY, EOPNOTSUPP);
#endif
}

static int64_t copy_within(struct pc_move *move, int64_t offset, size_t bytes)
{
#ifdef PCIRCLE_HAVE_COPY_FILE_RANGE
    const struct pc_copy *copy = move->copy;
    off_t from = offset, to = offset;
    ssize_t n = PC_RETRY_IO(copy_file_range(copy->source, &from, copy->target, &to, bytes, 0));
    return n < 0 ? pc_failed(PC_COPY, errno) : look_for_end(move, n, offset, bytes);
#else
    (void)offset, (void)bytes;
    return pc_failed(PC_COPY, EOPNOTSUPP);
#endif
}

/* Writes all of the pipe's content. Returns the bytes, or a failure, after which some may be left in it. */
static int64_t empty_pipe(const struct pc_copy *copy, size_t bytes, int64_t offset)
{
    off_t to = offset;
    for (size_t left = bytes; left > 0;) {
        ssize_t n = PC_RETRY_IO(splice(copy->pipe->out, NULL, copy->target, &to, left, 0));
        if (n <= 0)
            return pc_failed(PC_WRITE, n < 0 ? errno : EIO);
        left -= (size_t)n;
    }
    return (int64_t)bytes;
}

static int64_t splice_through(struct pc_move *move, int64_t offset, size_t bytes)
{
    const struct pc_copy *copy = move->copy;
    int error = pc_pipe_open(copy->pipe);
    if (error < 0)
        return pc_failed(PC_COPY, -error);
    off_t from = offset;
    size_t wanted = bytes < copy->pipe->bytes ? bytes : copy->pipe->bytes;
    ssize_t n = PC_RETRY_IO(splice(copy->source, &from, copy->pipe->in, NULL, wanted, 0));
    if (n < 0)
        return pc_failed(PC_READ, errno);
    if (n == 0)
        return look_for_end(move, n, offset, bytes);
    int64_t moved = empty_pipe(copy, (size_t)n, offset);
    if (moved < 0)
        pc_pipe_close(copy->pipe);
    return moved;
}

/* ---- one after the other ---- */

/* Whether the error holds for all files of the two file systems. */
static bool cannot_ever(int error)
{
    switch (error) {
    case EXDEV:      /* two file systems that cannot share data */
    case ENOSYS:     /* an old kernel */
    case EOPNOTSUPP: /* a file system without it */
    case ENOTTY:     /* likewise */
        return true;
    default:
        return false;
    }
}

/* Whether the error is the method's, for these two files or in general, so that another method is tried. */
static bool cannot_here(int error)
{
    switch (error) {
    case EINVAL:  /* types of files that it does not support, or offsets */
    case EPERM:   /* immutable or append-only files; a container's seccomp filter */
    case ETXTBSY: /* a file that is being executed, or used as swap */
    case ENODATA: /* pages that were truncated while they were in the pipe */
    case EMFILE:  /* no descriptors for a pipe */
    case ENFILE:  /* likewise */
    case ENOSPC:  /* of the source or the target: a method that reads and writes will show it */
    case EDQUOT:  /* likewise */
        return true;
    default:
        return cannot_ever(error);
    }
}

typedef int64_t mover(struct pc_move *move, int64_t offset, size_t bytes);

static mover *const movers[] = {
    [PC_BUFFERED] = pc_move_buffered,
    [PC_DIRECT] = pc_move_direct,
    [PC_SPLICE] = splice_through,
    [PC_COPY_FILE_RANGE] = copy_within,
    [PC_REFLINK] = clone,
};

static enum pc_method highest(uint32_t methods)
{
    return (enum pc_method)(31 - __builtin_clz(methods));
}

/* After an error: disables the method if it is the method's, and another one can be tried. */
static bool steps_down(struct pc_move *move, enum pc_method method, int64_t result)
{
    if (result >= 0 || !move->choice || method == PC_BUFFERED || !cannot_here(pc_errno_of(result)))
        return false;
    move->methods &= ~pc_method_bit(method);
    if (cannot_ever(pc_errno_of(result)))
        pc_disable_method(move->choice, method);
    return true;
}

int64_t pc_move(struct pc_move *move, int64_t offset, size_t bytes)
{
    for (;;) {
        enum pc_method method = highest(move->methods);
        int64_t moved = movers[method](move, offset, bytes);
        if (steps_down(move, method, moved))
            continue;
        move->copy->context->moved[method] += moved > 0 ? moved : 0;
        return moved;
    }
}

static int64_t clone_all(const struct pc_copy *copy)
{
#ifdef FICLONE
    struct stat status;
    if (PC_RETRY_IO(ioctl(copy->target, FICLONE, copy->source)) == 0 && fstat(copy->target, &status) == 0)
        return status.st_size;
    return pc_failed(PC_COPY, errno);
#else
    return pc_failed(PC_COPY, EOPNOTSUPP);
#endif
}

int64_t pc_clone_whole(struct pc_move *move)
{
    if (!(move->methods & pc_method_bit(PC_REFLINK)))
        return 0;
    int64_t bytes = clone_all(move->copy);
    if (steps_down(move, PC_REFLINK, bytes))
        return 0;
    move->copy->context->moved[PC_REFLINK] += bytes > 0 ? bytes : 0;
    return bytes;
}
