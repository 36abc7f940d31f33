#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "record/context.h"
#include "record/entry.h"

/*
 * Where modes are not kept, a record's mode is settled before its entry is made: from then on it is the mode that the entry
 * shall have in the target, whatever the source's is. A new entry has what open(2) and mkdir(2) would give it of the source's
 * permissions: less the user's umask, or what its directory's default ACL leaves of them; no set-user-id or
 * set-group-id bit, and a sticky bit if it is a directory. What exists keeps its mode, also when it is replaced by an entry
 * of the same type, but then without set-user-id and set-group-id bits, which were for the data that goes. Where modes are
 * kept nothing here does anything.
 */

/* The permissions that new entries of a directory may have. One system call, if modes are not kept. */
mode_t pc_permissions_in(int dir, const struct pc_context *context);

/* For a new entry, where new ones may have these permissions. */
void pc_settle_new(struct pc_entry *entry, mode_t permissions, const struct pc_context *context);

/*
 * For an entry that replaces one with this status, or is that one. One of another type lends no mode, nor does what an earlier
 * part of this run has left unfinished.
 */
void pc_settle_like(struct pc_entry *entry, const struct stat *existing, const struct pc_context *context);

/*
 * The mode that a directory shall have which is there now, as `name` in `dir`, or `dir` itself for an empty name: by the mode of its
 * source if it was `made` by this call's caller, or by an earlier part of this run; else its own. Returns it, or -errno.
 */
int pc_settled_directory(int dir, const char *name, mode_t source_mode, bool made, const struct pc_context *context);
