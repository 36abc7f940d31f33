/* Where an open directory is. */
#pragma once

#include <stddef.h>

/*
 * Writes the absolute path of an open directory, without symbolic links and without a NUL, into `bytes` bytes at `path`. Returns its
 * length, or -errno: -ENAMETOOLONG if the path is longer than that or than the kernel tells. A directory that was removed has
 * " (deleted)" behind its last path, and one that was moved meanwhile is elsewhere: the caller compares what he finds there.
 * May be called from any thread.
 */
int pc_real_path(int fd, char *path, size_t bytes);
