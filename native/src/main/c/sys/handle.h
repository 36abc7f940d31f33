#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * A file of any type, for its attributes: reached by an open descriptor, or by one that only stands for the file (O_PATH), which
 * symbolic links, devices and files that may not be read have, too. What the kernel does not do through such a one is done through
 * /proc/self/fd.
 *
 * Functions that say no more of it return what the system call does: -1 with errno if it fails. Any thread may call.
 */
struct pc_handle {
    int fd;       /* PC_NO_FILE: there is none */
    bool is_path; /* opened with O_PATH */
};

/* Instead of a descriptor. */
enum { PC_NO_FILE = -1 };

/* No file at all. */
static inline struct pc_handle pc_no_handle(void)
{
    return (struct pc_handle){.fd = PC_NO_FILE};
}

/* That of an open file, which stays the caller's. */
static inline struct pc_handle pc_handle_of(int fd)
{
    return (struct pc_handle){.fd = fd};
}

/*
 * Opens one for an entry of a directory with O_PATH; a symbolic link's is the link's own. The caller closes it. Its `fd` is PC_NO_FILE,
 * with errno, if there is none.
 */
struct pc_handle pc_open_handle(int dir, const char *name);

/* Closes what pc_open_handle has opened, if it has. */
void pc_close_handle(struct pc_handle handle);

/* Room for /proc/self/fd/N and the NUL behind it. */
enum { PC_HANDLE_PATH_BYTES = sizeof "/proc/self/fd/" + 3 * sizeof(int) };

/* Writes the path that leads to what a descriptor stands for, and returns it. */
const char *pc_handle_path(int fd, char path[static PC_HANDLE_PATH_BYTES]);

/* Sets permission bits, of anything but a symbolic link. */
int pc_change_mode(struct pc_handle handle, mode_t mode);

/* Extended attributes, as listxattr(2), getxattr(2), setxattr(2) and removexattr(2) have them. */
ssize_t pc_list_xattrs(struct pc_handle handle, char *names, size_t room);
ssize_t pc_get_xattr(struct pc_handle handle, const char *name, void *value, size_t room);
int pc_set_xattr(struct pc_handle handle, const char *name, const void *value, size_t bytes);
int pc_remove_xattr(struct pc_handle handle, const char *name);

/* As pc_list_xattrs, of an entry of a directory that is not opened for it; a symbolic link's are its own. */
ssize_t pc_list_xattrs_of(int dir, const char *name, char *names, size_t room);
