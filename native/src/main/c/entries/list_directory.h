#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "record/entry.h"

/* The smallest buffer that pc_list_directory takes: a fifth of it holds the longest name that any file system gives. */
enum { PC_LIST_BYTES_MIN = 8192 };

/* Added to what pc_list_directory returns when it has come to the end. */
enum { PC_LIST_END = 1 };

/*
 * Reads the next entries of an open directory and describes each (getdents64, and a statx per entry, which does not
 * follow symbolic links). `.` and `..` are left out. An entry that cannot be described has the outcome PC_STAT with
 * its errno, the type that the directory gives it (perhaps DT_UNKNOWN) and else zeros.
 *
 * `buffer` is aligned to 8; the records begin at its start, and what lies behind them is overwritten. Returns the bytes
 * of records, a multiple of 8, with PC_LIST_END added once there are no more entries; or -errno. One thread at a time
 * per open directory.
 */
ssize_t pc_list_directory(int dir, void *buffer, size_t bytes);

/*
 * Describes one entry in a record of its own, which is aligned to 8 and has `room` bytes. `name` has `name_bytes` and a
 * NUL; it is relative to `dir`, or an absolute path, or empty for `dir` itself. Returns the record's length, or -errno
 * (-EINVAL when the room is too small).
 */
int pc_describe(int dir, const char *name, size_t name_bytes, bool follow, void *record, size_t room);

/*
 * Looks up the names of `bytes` of entry records in another directory: types[i] becomes the DT_ type of what the i-th is
 * called after there, DT_UNKNOWN if there is nothing. Returns how many there are; -EINVAL for a damaged record, or as many as do
 * not fit into types_max; or the -errno of a look that failed otherwise.
 */
ssize_t pc_types_of(int dir, const void *records, size_t bytes, unsigned char *types, size_t types_max);
