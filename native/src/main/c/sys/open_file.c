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

/* Where the kernel says how long the holder of a lease may take to give it up, in seconds. */
static const char lease_break_time[] = "/proc/sys/fs/lease-break-time";

/* What it says if nobody has changed it; also taken where it says 0, which is for ever. */
enum { LEASE_BREAK_S = 45 };

/* So many tries outlast a lease whose holder does not answer. */
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
 * O_NONBLOCK, as nobody waits for the other end of a FIFO. A file that somebody holds a lease of (Samba, an NFS server) is EWOULDBLOCK
 * then, and the kernel asks for it back; after a while it takes it.
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
    return only_file(open_without_waiting(dir, name, O_RDWR | O_CREAT, 0600));
}

int pc_create_name(int dir, const char *name, mode_t mode)
{
    int fd = PC_RETRY(openat(dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    return fd < 0 ? -errno : fd;
}
