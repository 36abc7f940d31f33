#pragma once

#include <stddef.h>
#include <stdint.h>

#include "data/transfer.h"

/* Moving the bytes of a transfer by one method after the other, until one works; what does not is not tried again. */

/*
 * Moves up to so many bytes, at least one, to the same place by the best method that works; what does not is disabled:
 * for the pair of file systems where it never will, else for these two files. Returns how many, 0 at the end of the source, or
 * a failure.
 */
int64_t pc_move(struct pc_move *move, int64_t offset, size_t bytes);

/*
 * Makes an empty target share all of the source's data, holes and length included, if cloning is among the methods.
 * Returns the target's length; 0 if the data must be moved by pc_move; or a failure.
 */
int64_t pc_clone_whole(struct pc_move *move);
