#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/transfer.h"

/*
 * Copying file data from one open file to another, by the best method that works between the two, or by the method that
 * the context prescribes. Then an unsupported method is an error.
 *
 * context->sparse says what happens to holes. A hole in the target is not written, so the target must read as zeros
 * there before. File positions are not used. Several threads may copy ranges of the same files, each with its own
 * context and buffer.
 *
 * Offsets and lengths are in bytes. Descriptors, context, buffer and pipe stay the caller's.
 */

/* The most that is copied between two checks of context->stop. */
enum { PC_PIECE_BYTES_MAX = 16 << 20 };

/*
 * Copies a range to the same offset. Returns how many bytes of it are done, holes included: fewer than asked at the end
 * of the source, when `data_max` bytes of data are copied, or when the context says stop; or a failure.
 */
int64_t pc_copy_range(const struct pc_copy *copy, int64_t offset, int64_t bytes);

/*
 * Makes the target share all of the source's data. It must be empty, or one hole of the source's length. Returns the
 * target's length; 0 if the files cannot share data, and the ranges have to be copied; or a failure.
 */
int64_t pc_clone_file(const struct pc_copy *copy);

/*
 * Copies a file of an expected length (bytes, when it was listed) into an empty one and sets the target's length.
 * Returns the target's length: the expected one if the source ends there; less if it ends before, or the context says
 * stop; more if there is more data (see pc_copy_rest); or a failure.
 */
int64_t pc_copy_file(const struct pc_copy *copy, int64_t bytes);

/* As pc_copy_file, for a file that fits into `io`, which holds it afterwards. A file that was cloned is read, too. */
int64_t pc_copy_file_via_buffer(const struct pc_copy *copy, int64_t bytes);

/*
 * Copies the rest of a file, from the length `copied` that one of these two has returned up to the end of the source.
 * Returns the target's length or a failure; EINTR if the context says stop. With `seen`, `io` holds the first part
 * already, and the rest afterwards, too. If that does not fit, the content of `io` is undefined, and the result is the
 * source's length, not the target's.
 */
int64_t pc_copy_rest(const struct pc_copy *copy, int64_t copied, bool seen);

/* Writes a file again that pc_copy_file_via_buffer has copied and `io` still holds. Returns its length or a failure. */
int64_t pc_write_again(const struct pc_copy *copy, int64_t bytes);

/*
 * Copies a range that fits into `io` to the same offset. `io` holds it afterwards, holes as zeros. Holes of the target
 * are not written. Returns how many bytes `io` holds, fewer than asked at the end of the source; or a failure.
 */
int64_t pc_copy_via_buffer(const struct pc_copy *copy, int64_t offset, int64_t bytes);

/*
 * The offset of the next data at or after an offset; `end` if there is none before that; or a failure. Holes of the
 * source that are not preserved in the target count as data.
 */
int64_t pc_next_data(const struct pc_copy *copy, int64_t offset, int64_t end);
