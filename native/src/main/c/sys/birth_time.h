#pragma once

#include <stdbool.h>
#include <time.h>

/*
 * Gets when an entry was created, by the clock of its file system. `flags`: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH. Returns
 * false where that is not known, or the entry cannot be described. Any thread may call.
 */
bool pc_birth_time(int dir, const char *name, int flags, struct timespec *birth);
