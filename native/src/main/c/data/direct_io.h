#pragma once

#include <stddef.h>
#include <stdint.h>

#include "data/transfer.h"

/* As pc_move_buffered, past the page cache where offset and length are aligned (O_DIRECT). O_DIRECT stays set; see pc_direct_off. */
int64_t pc_move_direct(struct pc_move *move, int64_t offset, size_t bytes);

/* Takes O_DIRECT off again, if it is set: what comes next may be unaligned. */
void pc_direct_off(struct pc_move *move);
