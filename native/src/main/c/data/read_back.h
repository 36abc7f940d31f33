#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Verifying written data: it is flushed to its device or server, and read back with O_DIRECT, since the page cache
 * would only return what was written to it. Any thread may call. Descriptors stay the caller's.
 */

/* The alignment of buffer and offset for O_DIRECT, in bytes; buffers have as much extra room. */
enum { PC_READ_BACK_ALIGNMENT = 4096 };

/* Starts writeback of an open file's data without waiting: a hint, before several files are flushed. */
void pc_begin_flush(int fd);

/*
 * Waits until the data of an open file is on its device or server, with the metadata needed to find it (fdatasync).
 * With `all`: also its attributes and times, or the entries of a directory (fsync). Where the file system cannot flush
 * a single file, flushes all of it (syncfs). Returns 0 or -errno.
 */
int pc_flush(int fd, bool all);

/*
 * Reads flushed data back: with O_DIRECT where supported, and after dropping it from the page cache. Buffer and offset
 * are aligned; the buffer has room for `bytes` rounded up to the alignment. O_DIRECT stays set until pc_end_read_back.
 * Returns the bytes, fewer than asked at the end of the file, or -errno.
 */
ssize_t pc_read_back(int fd, void *memory, size_t bytes, int64_t offset);

/* Clears O_DIRECT, so that the descriptor can be used for writing again. */
void pc_end_read_back(int fd);

/*
 * Punches a hole, so that the next write of this range gets another place on the device. Returns 0, also where the file
 * system cannot do that, or -errno.
 */
int pc_clear_range(int fd, int64_t offset, int64_t bytes);
