#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "record/entry.h"

/* The smallest buffer of pc_list_directory: a fifth of it holds the longest name of any file system. */
enum { PC_LIST_BYTES_MIN = 8192 };

/* Added to the result of pc_list_directory at the end of the directory. */
enum { PC_LIST_END = 1 };

/*
 * Reads the next entries of an open directory with their status (getdents64, and a statx per entry that does not follow
 * symbolic links). `.` and `..` are left out. An entry whose status cannot be read has failed with PC_STAT and its
 * errno; it has the type from the directory (perhaps DT_UNKNOWN) and else zeros.
 *
 * `buffer` is aligned to 8. The records begin at its start; the rest is overwritten. Returns the bytes of records, a
 * multiple of 8, with PC_LIST_END added at the end of the directory; or -errno. One thread at a time per open
 * directory.
 */
ssize_t pc_list_directory(int dir, void *buffer, size_t bytes);

/*
 * Reads the status of one entry into a record, which is aligned to 8 and has `room` bytes. `name` has `name_bytes` and
 * a NUL. It is relative to `dir`, or an absolute path, or empty for `dir` itself. Returns the record's length, or
 * -errno: -EINVAL if there is too little room.
 */
int pc_describe(int dir, const char *name, size_t name_bytes, bool follow, void *record, size_t room);

/*
 * Looks up the names of `bytes` of entry records in another directory. types[i] becomes the DT_ type of the i-th name
 * there, DT_UNKNOWN if it does not exist. Returns how many records there are; -EINVAL if one is damaged or there are
 * more than `types_max`; or the -errno of a lookup that failed otherwise.
 */
ssize_t pc_types_of(int dir, const void *records, size_t bytes, unsigned char *types, size_t types_max);
