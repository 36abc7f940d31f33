#include "pcircle_config.h"

#include "sys/open_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/retry.h"

/* The kernel's time limit for giving up a lease, in seconds. */
static const char lease_break_time[] = "/proc/sys/fs/lease-break-time";

/* Its default, also used where it is 0, which means no limit. */
enum { LEASE_BREAK_S = 45 };

/* So many repetitions last longer than a lease whose holder does not respond. */
static int tries_for_lease(void)
{
    int seconds = 0;
    FILE *file = fopen(lease_break_time, "re");
    if (file && fscanf(file, "%d", &seconds) != 1)
        seconds = 0;
    if (file)
        fclose(file);
    return ((seconds > 0 && seconds < INT_MAX / 1000 ? seconds : LEASE_BREAK_S) + 1) * (1000 / PC_DELAY_MS);
}

/*
 * O_NONBLOCK avoids waiting for the other end of a FIFO. It also makes open fail with EWOULDBLOCK if another process
 * holds a lease (Samba, an NFS server). The kernel then asks for the lease back, and breaks it after a time limit.
 */
static int open_without_waiting(int dir, const char *name, int flags, mode_t mode)
{
    struct pc_tries left = {PC_INTERRUPTIONS_MAX, INT_MAX};
    bool asked = false;
    for (;;) {
        int fd = openat(dir, name, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, mode);
        if (fd >= 0)
            return fd;
        int error = errno;
        if (error == EWOULDBLOCK && !asked) {
            asked = true;
            left.delays = tries_for_lease();
        }
        errno = error;
        if ((error != EINTR && error != EWOULDBLOCK) || !pc_should_retry(&left))
            return -error;
    }
}

int pc_open_name(int dir, const char *name, int access)
{
    return open_without_waiting(dir, name, access, 0);
}

static int check_is_file(int fd)
{
    struct stat status;
    if (PC_RETRY(fstat(fd, &status)) < 0)
        return -errno;
    return S_ISREG(status.st_mode) ? 0 : -ESTALE;
}

/* Returns a descriptor of a regular file, or the -errno in its place. Closes any other. */
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
    return only_file(open_without_waiting(dir, name, O_RDWR | O_CREAT, 0600));
}

int pc_create_name(int dir, const char *name, mode_t mode)
{
    int fd = PC_RETRY(openat(dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    return fd < 0 ? -errno : fd;
}
