#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Making sure of what was written: it is sent to where it is kept, and read from there past the page cache, which could only
 * show what it was given itself. Any thread may call; the descriptors stay the caller's.
 */

/* What a read past the page cache wants its memory and offset aligned to, and so much more than it needs. */
enum { PC_READ_BACK_ALIGNMENT = 4096 };

/* Has the kernel begin to write an open file's data, and does not wait for it: a hint, before several are flushed. */
void pc_begin_flush(int fd);

/*
 * Waits until an open file's data is where it is kept, with what it takes to find it there; with `all`, also its
 * attributes and times, or for a directory its entries. Where the file system cannot flush it alone, with all of the file
 * system. Returns 0 or -errno.
 */
int pc_flush(int fd, bool all);

/*
 * Reads flushed data back: with O_DIRECT where that can be, and after the cache was told to drop it in any case. Memory and
 * offset are aligned, and the memory has room for `bytes` rounded up to the alignment. O_DIRECT stays set; see pc_end_read_back.
 * Returns the bytes, fewer than asked at the end of the file, or -errno.
 */
ssize_t pc_read_back(int fd, void *memory, size_t bytes, int64_t offset);

/* Makes a descriptor that was read back from fit for writing again. */
void pc_end_read_back(int fd);

/*
 * Makes a range of a file a hole again, so that what is written there next gets another place to be kept in, if the file system
 * can. Returns 0 or -errno.
 */
int pc_clear_range(int fd, int64_t offset, int64_t bytes);
