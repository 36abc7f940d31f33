#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/context.h"
#include "record/entry.h"

/*
 * Reads the content of an entry of a directory into `io`: the data of a regular file, or the path of a symbolic link;
 * others have none. The record has the type, and the size of a regular file.
 *
 * Returns the bytes, or a failure: ESTALE if a file has another size than its record, EINVAL if it does not fit into
 * `io`.
 */
int64_t pc_read_content(int dir, const char *name, const struct pc_entry *entry, void *io, size_t io_bytes);

/*
 * Checks by reading where a regular file ends. If its status is the one in the record, but it does not end at the
 * record's size, reads all of it and writes its true size into the record. `io` is a buffer to read into.
 *
 * Returns 0 if the record was right, or the file has changed; 1 if the record was corrected; or a failure.
 */
int pc_measure(int dir, struct pc_entry *entry, struct pc_context *context, void *io, size_t io_bytes);

/* Whether the content of an entry fits into so many bytes. The path of a symbolic link may be as long as PATH_MAX. */
bool pc_has_room(const struct pc_entry *entry, size_t io_bytes);

/* How many of these bytes the content of an entry takes, padded to a multiple of 8. 0 if the entry failed. */
size_t pc_room_taken(const struct pc_entry *entry, size_t io_bytes);

/*
 * Reads the content of entries of a directory, none of which is a directory, and copies nothing. `records` are `bytes`
 * of entry records, aligned to 8. The outcome of each is written into it:
 * - PC_DONE;
 * - PC_FAILED with operation and errno; an entry whose status could not be read keeps that failure;
 * - PC_CHANGED: the file no longer has the size and modification time of its record;
 * - PC_NOT_DONE: the context said stop before; or the file has more data than its status says and than there is room
 *   for. Then its record has its true size.
 *
 * `io` holds afterwards, one after the other, each padded from its record's size to a multiple of 8, the data of the
 * regular files and the paths of the symbolic links that are PC_DONE. The call returns before the first entry for which
 * there is no room left. A file whose status says more than all of `io` holds fails with EINVAL. context->bytes grows
 * by the bytes read.
 *
 * A file takes four system calls: openat, pread, fstat, close. Returns how many bytes of records have an outcome; or
 * -EINVAL, with nothing done, if a record is damaged or a directory.
 */
int64_t pc_read_entries(
    int dir, void *records, size_t bytes, struct pc_context *context, void *io, size_t io_bytes);
