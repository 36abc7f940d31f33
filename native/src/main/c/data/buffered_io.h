#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/transfer.h"

/* Copying with pread and pwrite: the method that always works, and the fallback of the others. */

/* Copies up to `bytes`, at least one, at an offset. Returns how many, 0 at the end of the source, or a failure. */
int64_t pc_move_buffered(struct pc_move *move, int64_t offset, size_t bytes);

/* Writes all of the data, or with PC_SPARSE_ALWAYS all but its blocks of zeros. Returns `bytes` or a failure. */
int64_t pc_put(const struct pc_copy *copy, const char *data, size_t bytes, int64_t offset);

/* Whether all of these bytes, at least one, are zero. */
bool pc_is_zero(const char *bytes, size_t count);
