#pragma once

#include <stddef.h>
#include <stdint.h>

#include "context.h"
#include "entry.h"

/*
 * Reads what an entry of a directory holds into memory: the data of a regular file, the path in a symbolic link, of others
 * nothing. The record says its type and how long it must be, a link aside.
 *
 * Returns the bytes, or -errno with the operation in the context: -ESTALE if it is not as long as its record says, -EINVAL if
 * there is not enough memory.
 */
int64_t pc_read_content(
    int dir, const char *name, const struct pc_entry *entry, void *io, size_t io_bytes, struct pc_context *context);
