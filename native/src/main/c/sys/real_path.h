/* The path of an open directory. */
#pragma once

#include <stddef.h>

/*
 * Writes the absolute path of an open directory, without symbolic links and without a NUL, into `bytes` bytes at
 * `path`. Returns its length, or -errno; -ENAMETOOLONG if it does not fit, or is longer than the kernel reports. A
 * removed directory has " (deleted)" after its last path, and a directory may have been moved meanwhile: the caller
 * must check what it finds there. Any thread may call.
 */
int pc_real_path(int fd, char *path, size_t bytes);
