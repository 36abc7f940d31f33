#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Reading and writing whole buffers at an offset, whatever the kernel does in one go. The descriptor and the memory stay
 * the caller's; any thread may call, several with the same descriptor.
 */

/* Writes all of it; returns `bytes` or -errno. A write that writes nothing is -EIO. */
ssize_t pc_write_at(int fd, const void *data, size_t bytes, int64_t offset);

/* Writes all of it to where the descriptor stands, which may be a pipe; returns as above. */
ssize_t pc_write_on(int fd, const void *data, size_t bytes);

/* Reads until all of it is there or the file ends; returns the bytes read or -errno. */
ssize_t pc_read_at(int fd, void *data, size_t bytes, int64_t offset);

/*
 * Reads up to `bytes`, and stops when it has `enough` of them: who asks for one byte more than he expects finds out by the
 * same call whether there are more. Returns the bytes read or -errno.
 */
ssize_t pc_read_enough(int fd, void *data, size_t bytes, size_t enough, int64_t offset);
