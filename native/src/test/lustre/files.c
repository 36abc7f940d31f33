#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "tree.h"

/* Opening, creating and writing files and directories of the tree, and their file system type. */

/* O_LOV_DELAY_CREATE. It is not passed on to the real file system. */
enum { DELAY = O_NOCTTY | O_ASYNC };

static int real_flags(int flags)
{
    return (flags & DELAY) == DELAY ? flags & ~DELAY : flags;
}

/* A file that was opened for writing has a layout from then on, unless it was opened to choose one. */
static int opened(int fd, int flags)
{
    bool is_making = (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT;
    bool is_delayed = (flags & DELAY) == DELAY && !has_trouble("eager");
    if (fd < 0 || flags & O_PATH || !is_making || is_delayed || !is_in_tree(fd))
        return fd;
    struct stat status;
    int error = errno;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && read_store(fd, NULL, 0) < 0 && errno == ENODATA)
        inherit(fd, false);
    errno = error;
    return fd;
}

static mode_t mode_in(int flags, va_list rest)
{
    return flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name)                                                        \
    STANDIN int name(const char *path, int flags, ...)                    \
    {                                                                     \
        int (*call)(const char *, int, ...) = real(#name);                \
        va_list rest;                                                     \
        va_start(rest, flags);                                            \
        mode_t mode = mode_in(flags, rest);                               \
        va_end(rest);                                                     \
        return opened(call(path, real_flags(flags), mode), flags);        \
    }

#define OPENAT(name)                                                      \
    STANDIN int name(int dir, const char *path, int flags, ...)           \
    {                                                                     \
        int (*call)(int, const char *, int, ...) = real(#name);           \
        va_list rest;                                                     \
        va_start(rest, flags);                                            \
        mode_t mode = mode_in(flags, rest);                               \
        va_end(rest);                                                     \
        return opened(call(dir, path, real_flags(flags), mode), flags);   \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

/* A new directory inherits the default of its parent. */
static int made(int result, int dir, const char *path)
{
    int fd = result == 0 ? open_really(dir, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) : -1;
    if (fd < 0)
        return result;
    if (is_in_tree(fd))
        inherit(fd, true);
    close(fd);
    return result;
}

STANDIN int mkdirat(int dir, const char *path, mode_t mode)
{
    int (*call)(int, const char *, mode_t) = real("mkdirat");
    return made(call(dir, path, mode), dir, path);
}

STANDIN int mkdir(const char *path, mode_t mode)
{
    int (*call)(const char *, mode_t) = real("mkdir");
    return made(call(path, mode), AT_FDCWD, path);
}

STANDIN int fstatfs(int fd, struct statfs *status)
{
    int (*call)(int, struct statfs *) = real("fstatfs");
    int result = call(fd, status);
    if (result == 0 && is_in_tree(fd))
        status->f_type = 0x0bd00bd0;
    return result;
}

STANDIN int statfs(const char *path, struct statfs *status)
{
    int (*call)(const char *, struct statfs *) = real("statfs");
    int fd = open_really(AT_FDCWD, path, O_PATH);
    if (fd < 0)
        return call(path, status);
    int result = fstatfs(fd, status);
    close(fd);
    return result;
}

/* Whether writing fails, as there is no object for the data. */
static bool has_no_objects(int fd)
{
    struct stat status;
    bool is_missing = is_in_tree(fd) && fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
        && read_store(fd, NULL, 0) < 0 && errno == ENODATA;
    if (is_missing)
        errno = EBADF;
    return is_missing;
}

STANDIN ssize_t write(int fd, const void *data, size_t bytes)
{
    ssize_t (*call)(int, const void *, size_t) = real("write");
    return has_no_objects(fd) ? -1 : call(fd, data, bytes);
}

STANDIN ssize_t pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
    ssize_t (*call)(int, const void *, size_t, off_t) = real("pwrite");
    return has_no_objects(fd) ? -1 : call(fd, data, bytes, offset);
}

STANDIN ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t bytes, unsigned flags)
{
    ssize_t (*call)(int, off_t *, int, off_t *, size_t, unsigned) = real("copy_file_range");
    return has_no_objects(out) ? -1 : call(in, from, out, to, bytes, flags);
}

STANDIN ssize_t splice(int in, off_t *from, int out, off_t *to, size_t bytes, unsigned flags)
{
    ssize_t (*call)(int, off_t *, int, off_t *, size_t, unsigned) = real("splice");
    return has_no_objects(out) ? -1 : call(in, from, out, to, bytes, flags);
}
