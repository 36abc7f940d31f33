#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * The layout that a metadata server gives a file or directory, from the one requested. `given` has room for
 * VALUE_BYTES.
 *
 * A directory stores the requested layout. For a file, fields left open are filled in, there are no more stripes than
 * OSTs unless it is overstriped, and objects are added.
 */

/* Returns the bytes of `given`; -ERANGE for a value that is no layout, -EINVAL for one that every server rejects. */
ssize_t allot(const void *wanted, size_t bytes, bool is_directory, uint64_t file, void *given);

/* The layout of files for which none is requested. Returns its bytes. */
ssize_t allot_usual(void *wanted);
