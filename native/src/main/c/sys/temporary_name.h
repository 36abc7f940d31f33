#pragma once

/* Bytes for a prefix and its NUL. */
enum { PC_PREFIX_BYTES = 96 };

/*
 * The temporary name of an entry until it is renamed to its final one: `.fcp.ID.HASH`. The prefix identifies the run;
 * the hash (FNV-1a, 64 bits, in hex) is that of the final name. So a run recognizes its own unfinished entries, and two
 * entries of a directory have different temporary names.
 */
struct pc_temporary {
    char name[PC_PREFIX_BYTES + 17];
};

/* `prefix` should be shorter than PC_PREFIX_BYTES; a longer one is truncated. Any thread may call. */
struct pc_temporary pc_temporary_of(const char *final_name, const char *prefix);
