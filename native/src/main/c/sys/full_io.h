#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Reading and writing whole buffers, repeating short system calls. Descriptor and buffer stay the caller's. Any thread
 * may call, several with the same descriptor.
 */

/* Writes all of it at an offset. Returns `bytes` or -errno; -EIO if a write writes nothing. */
ssize_t pc_write_at(int fd, const void *data, size_t bytes, int64_t offset);

/* Writes all of it at the file position, also to a pipe. Returns the same. */
ssize_t pc_write_on(int fd, const void *data, size_t bytes);

/* Reads until the buffer is full or the file ends. Returns the bytes read or -errno. */
ssize_t pc_read_at(int fd, void *data, size_t bytes, int64_t offset);

/*
 * Finds the end of a file by reading from an offset, always into the same buffer. Checks *stop between two reads.
 * Returns the offset of the end, or -errno; -EINTR if it stopped.
 */
int64_t pc_find_end(int fd, void *memory, size_t bytes, int64_t offset, const int32_t *stop);

/* 1 if a file ends at exactly this offset; 0 if it does not; or -errno. One read. */
int pc_ends_at(int fd, int64_t offset);

/*
 * Reads up to `bytes`, and stops when it has `enough` of them: a caller that asks for one byte more than it expects
 * learns from the same call whether there is more. Returns the bytes read or -errno.
 */
ssize_t pc_read_enough(int fd, void *data, size_t bytes, size_t enough, int64_t offset);
