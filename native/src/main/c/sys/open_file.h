#pragma once

#include <stdint.h>
#include <sys/types.h>

/*
 * Opening and creating the files of a directory, in which nothing is trusted to be what it was a moment ago.
 *
 * No function follows a symbolic link in the last place (-ELOOP) or waits for the other end of a FIFO. A lease that somebody holds of
 * a file is waited for, no longer than the kernel leaves it to him (/proc/sys/fs/lease-break-time, 45 s where that says
 * nothing) and a second more: then it is -EAGAIN. Each returns a
 * descriptor (O_CLOEXEC) that the caller closes, or -errno, and may be called from any thread.
 */

/* Opens whatever has that name; `access` is O_RDONLY or O_WRONLY. The caller finds out what it is before he uses it. */
int pc_open_name(int dir, const char *name, int access);

/* Opens a regular file; anything else is -ESTALE: the name does not mean any more what it meant when it was listed. */
int pc_open_file(int dir, const char *name, int access);

/*
 * Creates a file for writing and reading back, with these permission bits less the process's umask; -EEXIST if the name is
 * taken.
 */
int pc_create_name(int dir, const char *name, mode_t mode);

/* Opens a regular file for reading and writing, and creates it with mode 0600 if it is not there. */
int pc_open_or_create_file(int dir, const char *name);
