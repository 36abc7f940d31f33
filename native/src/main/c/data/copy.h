#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/transfer.h"

/*
 * Moving file data from one open file to another, by the best method that works between these two, or by
 * the method that the context forces: then "can't here" comes back as an error.
 *
 * Holes become what context->sparse says. Where the target gets one it is not written, so it must read as zeros there
 * before. The file positions mean nothing; several threads may copy ranges of the same files, each with a context and memory of
 * its own.
 *
 * Offsets and lengths are bytes. Descriptors, context, memory and pipe stay the caller's.
 */

/* Between two looks at context->stop no more is copied than this. */
enum { PC_PIECE_BYTES_MAX = 16 << 20 };

/*
 * Copies a range to the same place. Returns how many bytes of it are done, holes included: fewer than asked when the
 * source ends before, when so much data is copied as is wanted at most, or the context says stop; or a failure.
 */
int64_t pc_copy_range(const struct pc_copy *copy, int64_t offset, int64_t bytes);

/*
 * Makes an empty file, or one that has as many bytes of hole as the source has bytes, share all of the source's data.
 * Returns how many bytes it has now; 0 if this can't be and the data has to be copied by ranges; or -errno, as above.
 */
int64_t pc_clone_file(const struct pc_copy *copy);

/*
 * Copies a file that had this many bytes when it was listed into an empty one and gives that its length. Returns how
 * many bytes the target has now: as many as expected if the source ends there, fewer when it ends before or the context
 * says stop, some more when there are more, see pc_copy_rest; or a failure.
 */
int64_t pc_copy_file(const struct pc_copy *copy, int64_t bytes);

/* As pc_copy_file, of a file that fits in io, so that io holds it afterwards. Where data is shared it is read besides. */
int64_t pc_copy_file_via_buffer(const struct pc_copy *copy, int64_t bytes);

/*
 * Copies what follows behind the bytes that one of these two has copied, up to the end of the source wherever it is. Returns the
 * target's length, or a failure; EINTR if that says stop. With `seen` io, that holds those bytes,
 * holds the others, too; if they do not fit it is spoilt, and what comes back is the source's length, not the target's.
 */
int64_t pc_copy_rest(const struct pc_copy *copy, int64_t copied, bool seen);

/* Gives a file that pc_copy_file_via_buffer has copied, and that io still holds, its data once more. Returns its length or -errno. */
int64_t pc_write_again(const struct pc_copy *copy, int64_t bytes);

/*
 * Copies a piece of a file that fits in io to the same place, so that io holds it afterwards, with the zeros of its holes. What is a
 * hole to be is not written. Returns the bytes that io holds, fewer than asked at the end of the source; or a failure.
 */
int64_t pc_copy_via_buffer(const struct pc_copy *copy, int64_t offset, int64_t bytes);

/*
 * Where the next data of a file begins at or behind an offset; `end` if there is none before that. What is not to be a
 * hole in the target counts as data. Returns a failure.
 */
int64_t pc_next_data(const struct pc_copy *copy, int64_t offset, int64_t end);
