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
 * Reads from an offset to the end of the file, wherever that is, into the same memory again and again. Looks at *stop between two
 * reads. Returns where the end is, or -errno; -EINTR if it was to stop.
 */
int64_t pc_find_end(int fd, void *memory, size_t bytes, int64_t offset, const int32_t *stop);

/* 1 if a file ends at an offset, and not before or behind it; 0 if it does not; or -errno. One read. */
int pc_ends_at(int fd, int64_t offset);

/*
 * Reads up to `bytes`, and stops when it has `enough` of them: who asks for one byte more than he expects finds out by the
 * same call whether there are more. Returns the bytes read or -errno.
 */
ssize_t pc_read_enough(int fd, void *data, size_t bytes, size_t enough, int64_t offset);
