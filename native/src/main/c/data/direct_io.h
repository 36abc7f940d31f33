#pragma once

#include <stddef.h>
#include <stdint.h>

#include "data/transfer.h"

/*
 * As pc_move_buffered, but with O_DIRECT where offset and length are aligned. O_DIRECT stays set until pc_direct_off.
 */
int64_t pc_move_direct(struct pc_move *move, int64_t offset, size_t bytes);

/* Clears O_DIRECT, if it is set, before unaligned I/O. */
void pc_direct_off(struct pc_move *move);
