/*
 * Kills a run at a chosen step of writing its own files, for tests of its recovery: an LD_PRELOAD library in front of
 * the C library. A step is a call that changes, creates, removes, renames, flushes or locks a file below a directory
 * called .fcp.
 *
 *   PCIRCLE_FATAL_STEP=N        the process ends by SIGKILL before its N-th step, counted from 1
 *   PCIRCLE_FATAL_RANK=RANK     only in this rank of Open MPI
 *   PCIRCLE_FATAL_LOG=FILE      the name of each call and of its file is appended, a line per step
 *
 * Without them it changes nothing.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

static bool is_chosen(void)
{
    const char *chosen = getenv("PCIRCLE_FATAL_RANK");
    const char *rank = getenv("OMPI_COMM_WORLD_RANK");
    return !chosen || (rank && strcmp(rank, chosen) == 0);
}

/* The path of a descriptor, and of a name in it if there is one, with a slash at the end; false if unknown. */
static bool find(int fd, const char *name, char *path, size_t bytes)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, bytes - 1);
    if (length < 0)
        return false;
    path[length] = 0;
    size_t left = bytes - (size_t)length;
    int added = name ? snprintf(path + length, left, "/%s/", name) : snprintf(path + length, left, "/");
    return added > 0 && (size_t)added < left;
}

static void log_step(const char *call, const char *path)
{
    const char *file = getenv("PCIRCLE_FATAL_LOG");
    int log = file ? open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
    if (log >= 0) {
        dprintf(log, "%s %s\n", call, path);
        close(log);
    }
}

/* Counts a call if it is a step, and ends the process if it is the chosen one. Leaves errno alone. */
static void step(const char *call, int fd, const char *name)
{
    static atomic_long steps;
    char path[PATH_MAX + NAME_MAX];
    int error = errno;
    const char *last = getenv("PCIRCLE_FATAL_STEP");
    const char *own = is_chosen() && find(fd, name, path, sizeof path) ? strstr(path, "/.fcp/") : NULL;
    if (own) {
        log_step(call, own + 1);
        if (atomic_fetch_add(&steps, 1) + 1 == (last ? atol(last) : 0))
            kill(getpid(), SIGKILL);
    }
    errno = error;
}

EXPORT int openat(int dir, const char *path, int flags, ...)
{
    int (*call)(int, const char *, int, ...) = dlsym(RTLD_NEXT, "openat");
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (flags & O_CREAT)
        step("openat", dir, path);
    return call(dir, path, flags, mode);
}

EXPORT ssize_t pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
    ssize_t (*call)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
    step("pwrite", fd, NULL);
    return call(fd, data, bytes, offset);
}

EXPORT int fcntl(int fd, int command, ...)
{
    int (*call)(int, int, ...) = dlsym(RTLD_NEXT, "fcntl");
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (command == F_OFD_SETLK)
        step("fcntl", fd, NULL);
    return call(fd, command, argument);
}

/* Defines a wrapper of a function that is a step, on a descriptor or a name in one. */
#define STEP(function, parameters, arguments, fd, name)     \
    EXPORT int function parameters                          \
    {                                                       \
        int(*call) parameters = dlsym(RTLD_NEXT, #function); \
        step(#function, fd, name);                          \
        return call arguments;                              \
    }

STEP(fsync, (int fd), (fd), fd, NULL)
STEP(fdatasync, (int fd), (fd), fd, NULL)
STEP(posix_fallocate, (int fd, off_t from, off_t bytes), (fd, from, bytes), fd, NULL)
STEP(mkdirat, (int dir, const char *path, mode_t mode), (dir, path, mode), dir, path)
STEP(unlinkat, (int dir, const char *path, int flags), (dir, path, flags), dir, path)
STEP(
    renameat,
    (int from, const char *old_path, int to, const char *new_path),
    (from, old_path, to, new_path),
    to,
    new_path)
