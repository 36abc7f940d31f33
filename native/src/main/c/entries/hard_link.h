#pragma once

#include <stdbool.h>

#include "record/context.h"

/*
 * Gives an entry of the target a second name, in another directory or the same. If the name is taken, the context says what
 * becomes of that; a directory stays.
 *
 * is_ours: whether it is known that what has the name is nobody else's (name_folding.h); if not, and it would have to be asked, this fails
 * with PC_TAKEN, and nothing is done
 *
 * Returns 0; 1 if it was a name of that entry already; or a failure of PC_LINK or PC_TAKEN.
 */
int pc_hard_link(int from_dir, const char *from, int to_dir, const char *to, bool is_ours, struct pc_context *context);
