#include "pcircle_config.h"

#include "sys/handle.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "sys/retry.h"

struct pc_handle pc_open_handle(int dir, const char *name)
{
    int fd = PC_RETRY(openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC));
    return (struct pc_handle){.fd = fd < 0 ? PC_NO_FILE : fd, .is_path = true};
}

void pc_close_handle(struct pc_handle handle)
{
    if (handle.fd >= 0)
        close(handle.fd);
}

const char *pc_handle_path(int fd, char path[static PC_HANDLE_PATH_BYTES])
{
    snprintf(path, PC_HANDLE_PATH_BYTES, "/proc/self/fd/%d", fd);
    return path;
}

int pc_change_mode(struct pc_handle handle, mode_t mode)
{
    char path[PC_HANDLE_PATH_BYTES];
    pc_handle_path(handle.fd, path);
    return PC_RETRY(handle.is_path ? chmod(path, mode) : fchmod(handle.fd, mode));
}

ssize_t pc_list_xattrs(struct pc_handle handle, char *names, size_t room)
{
    char path[PC_HANDLE_PATH_BYTES];
    if (handle.is_path)
        return listxattr(pc_handle_path(handle.fd, path), names, room);
    return flistxattr(handle.fd, names, room);
}

ssize_t pc_get_xattr(struct pc_handle handle, const char *name, void *value, size_t room)
{
    char path[PC_HANDLE_PATH_BYTES];
    return handle.is_path ? getxattr(pc_handle_path(handle.fd, path), name, value, room)
                          : fgetxattr(handle.fd, name, value, room);
}

int pc_set_xattr(struct pc_handle handle, const char *name, const void *value, size_t bytes)
{
    char path[PC_HANDLE_PATH_BYTES];
    return handle.is_path ? setxattr(pc_handle_path(handle.fd, path), name, value, bytes, 0)
                          : fsetxattr(handle.fd, name, value, bytes, 0);
}

int pc_remove_xattr(struct pc_handle handle, const char *name)
{
    char path[PC_HANDLE_PATH_BYTES];
    return handle.is_path ? removexattr(pc_handle_path(handle.fd, path), name) : fremovexattr(handle.fd, name);
}

ssize_t pc_list_xattrs_of(int dir, const char *name, char *names, size_t room)
{
    char path[PC_HANDLE_PATH_BYTES + NAME_MAX + 2];
    snprintf(path, sizeof path, "/proc/self/fd/%d/%s", dir, name);
    return llistxattr(path, names, room);
}
