/*
 * Makes a copy slow, for tests that need it to last: an LD_PRELOAD library in front of the C library.
 *
 *   PCIRCLE_SLOW_US=MICROSECONDS      sleeps so long before each openat that creates a file, and for each MiB written
 *                                     (write, pwrite, copy_file_range, splice)
 *   PCIRCLE_SLOW_CHANGES_US=MICROSECONDS
 *                                     sleeps so long before each change of an entry's owner, mode, attributes, times or
 *                                     name, and before each removal
 *   PCIRCLE_SLOW_NAME=NAME,SECONDS    sleeps so long before a file with this last name is opened for reading by openat
 *   PCIRCLE_SLOW_GATE=PATH            with PCIRCLE_SLOW_NAME: creates the file PATH.reached, and sleeps only until a
 *                                     file PATH.open exists
 *   PCIRCLE_SLOW_RANK=RANK            with PCIRCLE_SLOW_NAME: only in this rank of Open MPI, and only the first time
 *
 * Without them it changes nothing.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum { MIB = 1 << 20, GATE_LOOK_US = 10000 };

/* Sleeps for the whole time, signals or not, and leaves errno alone. */
static void sleep_us(int64_t us)
{
    struct timespec time = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    int error = errno;
    while (us > 0 && nanosleep(&time, &time) < 0 && errno == EINTR)
        ;
    errno = error;
}

/* Read on every call: that may be slow here, and is safe before any constructor has run. */
static int64_t us_of(const char *variable)
{
    const char *us = getenv(variable);
    return us ? strtoll(us, NULL, 10) : 0;
}

static int64_t slow_us(void)
{
    return us_of("PCIRCLE_SLOW_US");
}

/* Whether PCIRCLE_SLOW_NAME applies to this call: always, unless it is limited to one rank, and there for one call. */
static bool is_chosen(void)
{
    static atomic_flag used = ATOMIC_FLAG_INIT;
    const char *chosen = getenv("PCIRCLE_SLOW_RANK");
    if (!chosen)
        return true;
    const char *rank = getenv("OMPI_COMM_WORLD_RANK");
    return rank && strcmp(rank, chosen) == 0 && !atomic_flag_test_and_set(&used);
}

/* How long to sleep before opening this path. */
static int64_t slow_name_us(const char *path)
{
    const char *name = getenv("PCIRCLE_SLOW_NAME");
    const char *comma = name ? strrchr(name, ',') : NULL; /* the name may have commas of its own */
    if (!comma)
        return 0;
    const char *slash = strrchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    size_t bytes = (size_t)(comma - name);
    bool same = strlen(last) == bytes && memcmp(last, name, bytes) == 0;
    return same && is_chosen() ? (int64_t)(strtod(comma + 1, NULL) * 1e6) : 0;
}

/*
 * Reports that it waits at the gate, and waits until it is opened, or the time is over; only the latter without a gate.
 */
static void wait_at_gate(int64_t us)
{
    const char *gate = getenv("PCIRCLE_SLOW_GATE");
    char reached[PATH_MAX], opened[PATH_MAX];
    if (us == 0 || !gate || snprintf(reached, sizeof reached, "%s.reached", gate) >= PATH_MAX ||
        snprintf(opened, sizeof opened, "%s.open", gate) >= PATH_MAX) {
        sleep_us(us);
        return;
    }
    int error = errno;
    close(open(reached, O_CREAT | O_WRONLY | O_CLOEXEC, 0666));
    for (; us > 0 && access(opened, F_OK) != 0; us -= GATE_LOOK_US)
        sleep_us(GATE_LOOK_US);
    errno = error;
}

/* Sleeps once for each MiB that this thread has written, in writes of any size. */
static void written(ssize_t bytes)
{
    static _Thread_local int64_t unpaid;
    if (bytes <= 0)
        return;
    unpaid += bytes;
    if (unpaid >= MIB)
        sleep_us(unpaid / MIB * slow_us());
    unpaid %= MIB;
}

EXPORT int openat(int dir, const char *path, int flags, ...)
{
    int (*call)(int, const char *, int, ...) = dlsym(RTLD_NEXT, "openat");
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    bool reads = (flags & (O_ACCMODE | O_PATH | O_DIRECTORY)) == O_RDONLY;
    if (flags & O_CREAT)
        sleep_us(slow_us());
    else if (reads)
        wait_at_gate(slow_name_us(path));
    return call(dir, path, flags, mode);
}

EXPORT ssize_t write(int fd, const void *data, size_t bytes)
{
    ssize_t (*call)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    ssize_t result = call(fd, data, bytes);
    written(result);
    return result;
}

EXPORT ssize_t pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
    ssize_t (*call)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
    ssize_t result = call(fd, data, bytes, offset);
    written(result);
    return result;
}

EXPORT ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t bytes, unsigned flags)
{
    ssize_t (*call)(int, off_t *, int, off_t *, size_t, unsigned) = dlsym(RTLD_NEXT, "copy_file_range");
    ssize_t result = call(in, from, out, to, bytes, flags);
    written(result);
    return result;
}

EXPORT ssize_t splice(int in, off_t *from, int out, off_t *to, size_t bytes, unsigned flags)
{
    ssize_t (*call)(int, off_t *, int, off_t *, size_t, unsigned) = dlsym(RTLD_NEXT, "splice");
    ssize_t result = call(in, from, out, to, bytes, flags);
    written(to ? result : 0); /* writing to a pipe is not writing a file yet */
    return result;
}

/* Defines a wrapper of a function that sleeps first. */
#define SLOW_CHANGE(name, parameters, arguments)        \
    EXPORT int name parameters                          \
    {                                                   \
        int(*call) parameters = dlsym(RTLD_NEXT, #name); \
        sleep_us(us_of("PCIRCLE_SLOW_CHANGES_US"));     \
        return call arguments;                          \
    }

SLOW_CHANGE(chmod, (const char *path, mode_t mode), (path, mode))
SLOW_CHANGE(fchmod, (int fd, mode_t mode), (fd, mode))
SLOW_CHANGE(fchownat, (int dir, const char *path, uid_t user, gid_t group, int flags), (dir, path, user, group, flags))
SLOW_CHANGE(
    setxattr,
    (const char *path, const char *name, const void *value, size_t bytes, int flags),
    (path, name, value, bytes, flags))
SLOW_CHANGE(
    fsetxattr,
    (int fd, const char *name, const void *value, size_t bytes, int flags),
    (fd, name, value, bytes, flags))
SLOW_CHANGE(removexattr, (const char *path, const char *name), (path, name))
SLOW_CHANGE(fremovexattr, (int fd, const char *name), (fd, name))
SLOW_CHANGE(futimens, (int fd, const struct timespec times[2]), (fd, times))
SLOW_CHANGE(
    utimensat,
    (int dir, const char *path, const struct timespec times[2], int flags),
    (dir, path, times, flags))
SLOW_CHANGE(unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
SLOW_CHANGE(renameat, (int from, const char *old_path, int to, const char *new_path), (from, old_path, to, new_path))
SLOW_CHANGE(
    linkat,
    (int from, const char *old_path, int to, const char *new_path, int flags),
    (from, old_path, to, new_path, flags))
