#pragma once

#include "context.h"

/*
 * Gives an entry of the target a second name, in another directory or the same. If the name is taken, the context says what
 * becomes of that; a directory stays.
 *
 * Returns 0; 1 if it was a name of that entry already; or -errno, with PC_LINK in the context.
 */
int pc_link(int from_dir, const char *from, int to_dir, const char *to, struct pc_context *context);
