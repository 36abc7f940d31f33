#include "pcircle_config.h"

#include "open.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int pc_open_name(int dir, const char *name, int access)
{
    int fd = TEMP_FAILURE_RETRY(openat(dir, name, access | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    return fd < 0 ? -errno : fd;
}

static int check_is_file(int fd)
{
    struct stat status;
    if (TEMP_FAILURE_RETRY(fstat(fd, &status)) < 0)
        return -errno;
    return S_ISREG(status.st_mode) ? 0 : -ESTALE;
}

/* Passes a descriptor, or the -errno in its place, on; closes it if it is no regular file's. */
static int only_file(int fd)
{
    int error = fd < 0 ? fd : check_is_file(fd);
    if (error == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return error;
}

int pc_open_file(int dir, const char *name, int access)
{
    return only_file(pc_open_name(dir, name, access));
}

int pc_open_or_create_file(int dir, const char *name)
{
    const int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int fd = TEMP_FAILURE_RETRY(openat(dir, name, flags, 0600));
    return only_file(fd < 0 ? -errno : fd);
}

int pc_create_name(int dir, const char *name, mode_t mode)
{
    int fd = TEMP_FAILURE_RETRY(openat(dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    return fd < 0 ? -errno : fd;
}
