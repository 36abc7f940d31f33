#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/transfer.h"

/* Reading into memory and writing from there: the method that always works, which the others fall back on. */

/*
 * Moves up to so many bytes, at least one, to the same place. Returns how many, 0 at the end of the source, or -errno with the operation
 * in the context.
 */
int64_t pc_move_buffered(struct pc_move *move, int64_t offset, size_t bytes);

/*
 * Writes what was read, all of it, or when the context wants holes, what of it is not blocks of zeros. Returns `bytes` or
 * -errno.
 */
int64_t pc_put(const struct pc_copy *copy, const char *data, size_t bytes, int64_t offset);

/* Whether all of these bytes are zero; there is at least one. */
bool pc_is_zero(const char *bytes, size_t count);
