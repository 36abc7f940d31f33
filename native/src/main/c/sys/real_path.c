#include "sys/real_path.h"

#include <errno.h>
#include <unistd.h>

#include "sys/handle.h"

int pc_real_path(int fd, char *path, size_t bytes)
{
    char name[PC_HANDLE_PATH_BYTES];
    ssize_t length = readlink(pc_handle_path(fd, name), path, bytes);
    if (length < 0)
        return -errno;
    return (size_t)length < bytes ? (int)length : -ENAMETOOLONG;
}
