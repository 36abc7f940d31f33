#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * A handle for the attributes of a file of any type: an open descriptor, or one opened with O_PATH, which symbolic
 * links, devices and unreadable files can have, too. System calls that do not take an O_PATH descriptor go through
 * /proc/self/fd.
 *
 * Functions return the result of the system call, unless they say otherwise: -1 with errno if it fails. Any thread may
 * call.
 */
struct pc_handle {
    int fd;       /* PC_NO_FILE: no file */
    bool is_path; /* opened with O_PATH */
};

/* In place of a descriptor. */
enum { PC_NO_FILE = -1 };

/* A handle without a file. */
static inline struct pc_handle pc_no_handle(void)
{
    return (struct pc_handle){.fd = PC_NO_FILE};
}

/* The handle of an open file, which stays the caller's. */
static inline struct pc_handle pc_handle_of(int fd)
{
    return (struct pc_handle){.fd = fd};
}

/*
 * Opens a handle (O_PATH) for an entry of a directory, without following a symbolic link. The caller closes it. If that
 * fails, `fd` is PC_NO_FILE and errno is set.
 */
struct pc_handle pc_open_handle(int dir, const char *name);

/* Closes a handle of pc_open_handle, if it has a file. */
void pc_close_handle(struct pc_handle handle);

/* Room for /proc/self/fd/N and the NUL behind it. */
enum { PC_HANDLE_PATH_BYTES = sizeof "/proc/self/fd/" + 3 * sizeof(int) };

/* Writes the path in /proc/self/fd of a descriptor, and returns it. */
const char *pc_handle_path(int fd, char path[static PC_HANDLE_PATH_BYTES]);

/* Sets the permission bits of anything except a symbolic link. */
int pc_change_mode(struct pc_handle handle, mode_t mode);

/* Extended attributes, as listxattr(2), getxattr(2), setxattr(2) and removexattr(2). `room` and `bytes` are bytes. */
ssize_t pc_list_xattrs(struct pc_handle handle, char *names, size_t room);
ssize_t pc_get_xattr(struct pc_handle handle, const char *name, void *value, size_t room);
int pc_set_xattr(struct pc_handle handle, const char *name, const void *value, size_t bytes);
int pc_remove_xattr(struct pc_handle handle, const char *name);

/* As pc_list_xattrs, of an entry of a directory that need not be opened; does not follow a symbolic link. */
ssize_t pc_list_xattrs_of(int dir, const char *name, char *names, size_t room);
