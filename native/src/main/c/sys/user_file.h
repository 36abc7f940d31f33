#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Files named by the user for a run's input and output: lists, error lists, manifests. They are opened by the given
 * path, following symbolic links, and may be pipes, terminals, or files that this process has open already.
 *
 * Functions return a descriptor (O_CLOEXEC) that the caller closes, a count or 0; or -errno. Any thread may call.
 */

/*
 * Which of this process's descriptors 1, 2 and 0 is the file at a path. Output to that file must use that descriptor,
 * as another one has its own position. Returns 1, 2 or 0; -ENOENT if none is.
 *
 * With `launched` a regular file counts, too, if it is where the parent's descriptors 1 or 2 lead: a launcher such as
 * mpirun passes on the output of its ranks through a pipe.
 */
int pc_standard_descriptor(const char *path, bool launched);

/* Checks that a descriptor is open for writing. Returns 0; -EBADF if it is closed or read-only. */
int pc_check_writable(int fd);

/*
 * Opens a file to read it once from its beginning. Does not wait for a writer of a FIFO; pc_read_on does. A pipe or
 * terminal that this process has open already is read through that descriptor. -EISDIR for a directory.
 */
int pc_open_input(const char *path);

/*
 * Reads up to `bytes` at the file position, or what a pipe holds. Returns 0 at the end of the file; -EAGAIN if there
 * was nothing for `wait_ms` milliseconds; -EINTR if a signal arrived.
 */
ssize_t pc_read_on(int fd, void *data, size_t bytes, int wait_ms);

/*
 * Whether a file can be written at a path, as far as that can be checked without changing anything: an existing file is
 * not truncated, a missing one is not created. A path such as /dev/fd/7 stands for that descriptor: -EBADF if this
 * process was not started with one open for writing.
 */
int pc_check_output(const char *path);

/*
 * Opens a file for writing, truncated or to append to. It is created with this mode, less the process's umask, if it
 * does not exist. -ENXIO for a FIFO without a reader. /dev/fd/7 is written at that descriptor's position.
 */
int pc_open_output(const char *path, mode_t mode, bool append);

/*
 * Creates a file that will replace the one at a path when it is complete: in the same directory, under a unique name,
 * with the permissions of the existing file, or with `mode` if there is none. `beside`, of `size` bytes, gets its path
 * with a NUL.
 *
 * -EOPNOTSUPP if the existing file should not be replaced: it is not a regular file, has hard links, belongs to another
 * user or has an ACL. After that, or any other error, the file has to be written in place.
 */
int pc_begin_beside(const char *path, mode_t mode, char *beside, size_t size);

/* Renames such a file to `path`. If that replaces a file, the new one is flushed first. Returns 0 or -errno. */
int pc_put_in_place(int fd, const char *beside, const char *path);

/* Whether the pipe or socket `fd` has no reader any more. */
bool pc_is_reader_gone(int fd);
