#include "pcircle_config.h"

#include "sys/user_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "sys/retry.h"

enum { OWN_PATH_BYTES = 64 };

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool leads_to(const char *path, const struct stat *status)
{
    struct stat other;
    return PC_RETRY(stat(path, &other)) == 0 && is_same(status, &other);
}

int pc_standard_descriptor(const char *path, bool launched)
{
    static const int descriptors[] = {STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO};
    struct stat status, own;
    if (PC_RETRY(stat(path, &status)) < 0)
        return -ENOENT;
    for (size_t i = 0; i < sizeof descriptors / sizeof *descriptors; i++)
        if (PC_RETRY(fstat(descriptors[i], &own)) == 0 && is_same(&status, &own))
            return descriptors[i];
    for (int fd = STDOUT_FILENO; launched && S_ISREG(status.st_mode) && fd <= STDERR_FILENO; fd++) {
        char parents[OWN_PATH_BYTES];
        snprintf(parents, sizeof parents, "/proc/%d/fd/%d", (int)getppid(), fd);
        if (leads_to(parents, &status))
            return fd;
    }
    return -ENOENT;
}

/* The number in /dev/fd/N or /proc/self/fd/N; -1 if the path is none of these. */
static int number_of(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t bytes = strlen(folders[i]);
        if (strncmp(path, folders[i], bytes) == 0) {
            char *end;
            long number = strtol(path + bytes, &end, 10);
            return *end == '\0' && end != path + bytes && number >= 0 && number <= INT_MAX ? (int)number : -1;
        }
    }
    return -1;
}

int pc_check_writable(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 || (flags & O_ACCMODE) == O_RDONLY ? -EBADF : 0;
}

/*
 * The number in such a path, if it is above stderr's: that descriptor is written at its present position. -ENOENT for
 * any other path; -EBADF if this process was not started with such a descriptor open for writing: descriptors that it
 * opens itself are close-on-exec, or, as the JVM's files, read-only.
 */
static int given_descriptor(const char *path)
{
    int fd = number_of(path);
    if (fd <= STDERR_FILENO)
        return -ENOENT;
    int flags = fcntl(fd, F_GETFD);
    return flags < 0 || (flags & FD_CLOEXEC) != 0 || pc_check_writable(fd) < 0 ? -EBADF : fd;
}

/* The descriptor with which this process has a pipe, socket or device open already; -1 for any other path. */
static int opened_already(const char *path, const struct stat *status)
{
    struct stat in;
    if (S_ISREG(status->st_mode) || S_ISDIR(status->st_mode))
        return -1;
    if (number_of(path) >= 0)
        return number_of(path);
    return fstat(STDIN_FILENO, &in) == 0 && is_same(status, &in) ? STDIN_FILENO : -1;
}

int pc_open_input(const char *path)
{
    struct stat status;
    if (PC_RETRY(stat(path, &status)) < 0)
        return -errno;
    if (S_ISDIR(status.st_mode))
        return -EISDIR;
    int own = opened_already(path, &status);
    int waits = S_ISFIFO(status.st_mode) ? O_NONBLOCK : 0;
    int fd = own >= 0 ? fcntl(own, F_DUPFD_CLOEXEC, 0)
                      : PC_RETRY(open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC | waits));
    return fd < 0 ? -errno : fd;
}

/* A FIFO without a writer has neither data nor an end of file: poll waits for a writer. */
ssize_t pc_read_on(int fd, void *data, size_t bytes, int wait_ms)
{
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    int ready = poll(&waiting, 1, wait_ms);
    if (ready <= 0)
        return ready == 0 ? -EAGAIN : -errno;
    ssize_t n = read(fd, data, bytes);
    return n < 0 ? -errno : n;
}

/* The directory of a path's last component; -ENAMETOOLONG if the path is too long. */
static int directory_of(const char *path, char *directory, size_t size)
{
    const char *slash = strrchr(path, '/');
    size_t bytes = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
    if (bytes >= size)
        return -ENAMETOOLONG;
    memcpy(directory, path, bytes);
    strcpy(directory + bytes, bytes == 0 ? "." : "");
    return 0;
}

static int check_new(const char *path)
{
    struct stat link;
    char directory[PATH_MAX];
    if (PC_RETRY(lstat(path, &link)) == 0)
        return -ENOENT; /* a dangling symbolic link */
    if (path[strlen(path) - 1] == '/')
        return -EISDIR;
    int error = directory_of(path, directory, sizeof directory);
    if (error < 0)
        return error;
    return PC_RETRY(faccessat(AT_FDCWD, directory, W_OK | X_OK, AT_EACCESS)) < 0 ? -errno : 0;
}

int pc_check_output(const char *path)
{
    struct stat status;
    int given = given_descriptor(path);
    if (given != -ENOENT)
        return given < 0 ? given : 0;
    if (PC_RETRY(stat(path, &status)) < 0)
        return errno == ENOENT ? check_new(path) : -errno;
    if (S_ISDIR(status.st_mode))
        return -EISDIR;
    if (S_ISSOCK(status.st_mode))
        return -ENXIO;
    if (!S_ISREG(status.st_mode)) /* opening a device may have side effects */
        return PC_RETRY(faccessat(AT_FDCWD, path, W_OK, AT_EACCESS)) < 0 ? -errno : 0;
    int fd = PC_RETRY(open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC));
    if (fd < 0)
        return -errno;
    close(fd);
    return 0;
}

int pc_open_output(const char *path, mode_t mode, bool append)
{
    struct stat status;
    int given = given_descriptor(path);
    if (given >= 0)
        given = fcntl(given, F_DUPFD_CLOEXEC, 0);
    if (given != -ENOENT)
        return given == -1 ? -errno : given;
    bool is_fifo = PC_RETRY(stat(path, &status)) == 0 && S_ISFIFO(status.st_mode);
    int flags = O_WRONLY | O_CREAT | O_NOCTTY | O_CLOEXEC | (append ? O_APPEND : O_TRUNC) | (is_fifo ? O_NONBLOCK : 0);
    int fd = PC_RETRY(open(path, flags, mode));
    if (fd < 0)
        return -errno;
    if (is_fifo && fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK) < 0) {
        int error = -errno;
        close(fd);
        return error;
    }
    return fd;
}

/* The attributes for the new file, from the existing one; -EOPNOTSUPP if that must not be replaced. */
static int likeness(const char *path, mode_t mode, struct stat *like)
{
    if (PC_RETRY(lstat(path, like)) < 0) {
        *like = (struct stat){.st_mode = mode, .st_gid = (gid_t)-1};
        return errno == ENOENT ? 0 : -errno;
    }
    bool is_plain = S_ISREG(like->st_mode) && like->st_nlink == 1 && like->st_uid == geteuid();
    return is_plain && lgetxattr(path, "system.posix_acl_access", NULL, 0) < 0 ? 0 : -EOPNOTSUPP;
}

int pc_begin_beside(const char *path, mode_t mode, char *beside, size_t size)
{
    struct stat like;
    char directory[PATH_MAX];
    int error = likeness(path, mode, &like);
    if (error == 0)
        error = directory_of(path, directory, sizeof directory);
    if (error < 0)
        return error;
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    int length = snprintf(beside, size, "%s/.%s.new-XXXXXX", directory, name);
    if (length < 0 || (size_t)length >= size)
        return -ENAMETOOLONG;
    int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0)
        return -errno;
    bool is_alike = (like.st_gid == (gid_t)-1 || fchown(fd, (uid_t)-1, like.st_gid) == 0)
                    && fchmod(fd, like.st_mode & 07777) == 0;
    if (is_alike)
        return fd;
    error = -errno;
    unlink(beside);
    close(fd);
    return error;
}

int pc_put_in_place(int fd, const char *beside, const char *path)
{
    if (PC_RETRY(faccessat(AT_FDCWD, path, F_OK, 0)) == 0 && PC_RETRY(fsync(fd)) < 0
        && errno != EINVAL)
        return -errno;
    return PC_RETRY(rename(beside, path)) < 0 ? -errno : 0;
}

bool pc_is_reader_gone(int fd)
{
    struct pollfd state = {.fd = fd};
    return PC_RETRY(poll(&state, 1, 0)) > 0 && (state.revents & POLLERR) != 0;
}
