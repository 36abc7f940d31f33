#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * What a metadata server makes of the layout it is handed. `given` has room for VALUE_BYTES.
 *
 * A directory keeps what is asked for. A file gets what was left open, no more stripes than there are OSTs unless it is
 * overstriped, and objects; a released one gets none. 0 as first OST is OST 0: releases that take it for "any" in plain
 * layouts take it at its word in components, and here both are. Left to itself the server begins on any OST but 0.
 */

/* Returns the bytes of what is given; -ERANGE for what is no layout, -EINVAL for one that no server would take. */
ssize_t allot(const void *wanted, size_t bytes, bool is_directory, uint64_t file, void *given);

/* The layout of files for which nobody wants anything. Returns its bytes. */
ssize_t allot_usual(void *wanted);
