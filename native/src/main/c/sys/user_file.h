#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Files that the user names for what a run is told by and for what it says: lists, error lists, manifests. They are reached by the path
 * that he gave, links followed, and may be pipes, terminals, or what this process has open already.
 *
 * Functions return a descriptor (O_CLOEXEC) that the caller closes, a count or 0, and -errno. Any thread may call.
 */

/*
 * Which of this process's own output or error descriptor, or its input, is the same file as the one at a path: 1, 2 or 0. What goes
 * there must go through that descriptor, since another one has a position of its own. -ENOENT if none is.
 *
 * With `launched` a regular file counts, too, if it is where the parent's descriptors 1 or 2 lead: a launcher such as mpirun passes what
 * it gets through a pipe on.
 */
int pc_standard_descriptor(const char *path, bool launched);

/* The same for a descriptor's own number, to write to: -EBADF if it is closed or can only be read. */
int pc_check_writable(int fd);

/*
 * Opens a file to read it once from its beginning. Does not wait for somebody to write to a FIFO, which pc_read_on does. What this
 * process has open already as a pipe or terminal is read through what is open. -EISDIR for a directory.
 */
int pc_open_input(const char *path);

/*
 * Reads up to `bytes` from where a file stands, or from a pipe what there is; 0 at its end. -EAGAIN if there was nothing for so many
 * milliseconds, -EINTR if a signal came.
 */
ssize_t pc_read_on(int fd, void *data, size_t bytes, int wait_ms);

/*
 * Whether a file can be written at a path, as far as can be told without changing anything: one that is there is not emptied, one that
 * is not is not made. A path such as /dev/fd/7 stands for that descriptor: -EBADF if this process was not given one to write to.
 */
int pc_check_output(const char *path);

/*
 * Opens a file for writing, which is made if it is not there, with these permission bits less the process's umask; to be emptied, or to be
 * added to. -ENXIO for a FIFO that nobody reads: it is not waited for. /dev/fd/7 is written where that descriptor stands.
 */
int pc_open_output(const char *path, mode_t mode, bool append);

/*
 * Begins a file that is to take the place of the one at a path when it is whole: in the same directory, under a name that nobody has, with the
 * permissions of the old one, or with these bits if there is none. `beside` takes its path, NUL included.
 *
 * -EOPNOTSUPP where the name should stay with what it leads to: what is no regular file, has other names, belongs to somebody else or has
 * an ACL. Any other error likewise means that the file has to be written in its place.
 */
int pc_begin_beside(const char *path, mode_t mode, char *beside, size_t size);

/* Gives it its name; what is replaced is gone only when what replaces it is on its device. */
int pc_put_in_place(int fd, const char *beside, const char *path);

/* Whether nobody is left who could read from the pipe or socket that is `fd`. */
bool pc_is_reader_gone(int fd);
