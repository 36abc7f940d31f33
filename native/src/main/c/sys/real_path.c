#include "sys/real_path.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int pc_real_path(int fd, char *path, size_t bytes)
{
    char name[sizeof "/proc/self/fd/" + 3 * sizeof fd];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, bytes);
    if (length < 0)
        return -errno;
    return (size_t)length < bytes ? (int)length : -ENAMETOOLONG;
}
