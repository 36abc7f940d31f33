#pragma once

#include <stddef.h>

#include "record/context.h"

/*
 * The name under which an entry grows until it takes its final one: `.fcp.ID.HASH`, the prefix from the context and the
 * FNV-1a hash (64 bits, in hex) of the final name. So a run knows its own unfinished entries, and two entries of a directory
 * have two names.
 */
struct pc_temporary {
    char name[PC_PREFIX_BYTES + 17];
};

struct pc_temporary pc_temporary_of(const char *final_name, const struct pc_context *context);
