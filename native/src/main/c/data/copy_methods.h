#pragma once

#include <stddef.h>
#include <stdint.h>

#include "data/transfer.h"

/* Copying with the methods in turn, best first, until one works. A method that does not work is disabled. */

/*
 * Copies up to `bytes`, at least one, at an offset, by the best method that works. A method that fails is disabled: for
 * the pair of file systems if no files of theirs support it, else for these two files. Returns how many bytes, 0 at the
 * end of the source, or a failure.
 */
int64_t pc_move(struct pc_move *move, int64_t offset, size_t bytes);

/*
 * Makes an empty target share all of the source's data (FICLONE), if PC_REFLINK is among the methods. Returns the
 * target's length; 0 if the data must be copied by pc_move; or a failure.
 */
int64_t pc_clone_whole(struct pc_move *move);
