#pragma once

#include <stdint.h>
#include <sys/types.h>

/*
 * Opening and creating files in a directory that others may change at any time.
 *
 * No function follows a symbolic link in the last component (-ELOOP), or waits for the other end of a FIFO. They wait
 * for a lease to be given up, but only a second longer than the kernel lets its holder have it
 * (/proc/sys/fs/lease-break-time, 45 s where that is not set). After that they fail with -EAGAIN. Each returns a
 * descriptor (O_CLOEXEC) that the caller closes, or -errno. Any thread may call.
 */

/* Opens an entry of any type. `access` is O_RDONLY or O_WRONLY. The caller must check the type. */
int pc_open_name(int dir, const char *name, int access);

/* Opens a regular file; -ESTALE if it is anything else, as it has changed since it was listed. */
int pc_open_file(int dir, const char *name, int access);

/*
 * Creates a file with this mode, less the process's umask, open for reading and writing; -EEXIST if the name is taken.
 */
int pc_create_name(int dir, const char *name, mode_t mode);

/* Opens a regular file for reading and writing, and creates it with mode 0600 if it does not exist. */
int pc_open_or_create_file(int dir, const char *name);
