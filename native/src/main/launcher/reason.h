#pragma once

#include <stddef.h>

/*
 * Finds in what the JVM or Open MPI have printed, many lines of it, the words that say why they cannot start, and writes them to
 * `reason` as one line of at most bytes - 1 characters; an empty one if there are none.
 */
void pc_reason(const char *text, char *reason, size_t bytes);
