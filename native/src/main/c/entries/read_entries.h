#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/context.h"
#include "record/entry.h"

/*
 * Reads what an entry of a directory holds into memory: the data of a regular file, the path in a symbolic link, of others
 * nothing. The record says its type and how long it must be, a link aside.
 *
 * Returns the bytes, or a failure: ESTALE if it is not as long as its record says, EINVAL if there is not enough memory.
 */
int64_t pc_read_content(int dir, const char *name, const struct pc_entry *entry, void *io, size_t io_bytes);

/*
 * Looks where a regular file ends, by reading. If that is not where its record says, although its status says what it said then,
 * reads all of it and writes what it has into the record. `io` is memory to read into.
 *
 * Returns 0 if the record was right, or the file has changed; 1 if it is now; or a failure.
 */
int pc_measure(int dir, struct pc_entry *entry, struct pc_context *context, void *io, size_t io_bytes);

/* Whether so much memory is enough for what an entry holds; the path in a link may be as long as any. */
bool pc_has_room(const struct pc_entry *entry, size_t io_bytes);

/* How much of the memory what an entry holds takes up, that of the next one being aligned to 8: nothing, if it went wrong. */
size_t pc_room_taken(const struct pc_entry *entry, size_t io_bytes);

/*
 * Reads what the entries of a directory hold, none of which is a directory, and copies nothing. `records` are `bytes` of
 * entry records, aligned to 8, and the outcome of each is written into it: PC_DONE, or the operation that failed and its errno, PC_CHANGED
 * for a file that does not say the size and the modification time of its record any more when it has been read, or PC_NOT_DONE
 * for all that are left when the context says stop, and for a file that has more than it says and than there is room for: then its
 * record says how much. An entry that could not be described keeps that failure.
 *
 * `io` holds afterwards, one after the other, each in as many bytes as its record now says, rounded up to a multiple of 8, the
 * data of the regular files and the paths in the symbolic links that went well. It stops before the first entry for which
 * there is no more room; a file that says more than all of `io` is enough for fails with EINVAL. The context's bytes grow by what is read.
 *
 * A file takes four system calls: openat, pread, fstat, close. Returns how many bytes of records have an outcome now, or
 * -EINVAL, and nothing is done, if a record is damaged or a directory's.
 */
int64_t pc_read_entries(
    int dir, void *records, size_t bytes, struct pc_context *context, void *io, size_t io_bytes);
