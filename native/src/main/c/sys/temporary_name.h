#pragma once

/* Room for a prefix and the NUL behind it. */
enum { PC_PREFIX_BYTES = 96 };

/*
 * The name under which an entry grows until it takes its final one: `.fcp.ID.HASH`, a prefix that says of which run it is, and the
 * FNV-1a hash (64 bits, in hex) of the final name. So a run knows its own unfinished entries, and two entries of a directory
 * have two names.
 */
struct pc_temporary {
    char name[PC_PREFIX_BYTES + 17];
};

/* `prefix` is shorter than PC_PREFIX_BYTES; what is longer is cut. */
struct pc_temporary pc_temporary_of(const char *final_name, const char *prefix);
