#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "record/context.h"
#include "record/entry.h"

/*
 * The target mode: where modes are not preserved, it replaces the mode in the entry's record before the entry is
 * created. Where modes are preserved these functions leave the record alone. Any thread may call.
 *
 * A new entry gets the source's permission bits as open(2) and mkdir(2) would: less the user's umask, or masked by the
 * default ACL of its directory. It gets no set-user-id and set-group-id bits, and a sticky bit only if it is a
 * directory. An existing entry keeps its mode, also when an entry of the same type replaces it; then its set-user-id
 * and set-group-id bits are cleared, as they applied to the old data.
 */

/* The permission bits that new entries of a directory may have. One system call if modes are not preserved. */
mode_t pc_permissions_in(int dir, const struct pc_context *context);

/* Sets the target mode of a new entry, where new entries may have these permissions. */
void pc_set_target_mode_of_new(struct pc_entry *entry, mode_t permissions, const struct pc_context *context);

/*
 * Sets the target mode of an entry that replaces one with this status, or is that one. The record stays as it is if
 * that entry is of another type, or an unfinished one of an earlier attempt of this run.
 */
void pc_set_target_mode_from(struct pc_entry *entry, const struct stat *existing, const struct pc_context *context);

/*
 * Whether an earlier attempt of this run created the directory `name` in `dir`, or `dir` itself if the name is empty,
 * by its birth time: its other times change with its entries. False if the file system has none.
 */
bool pc_is_directory_of_this_run(int dir, const char *name, const struct pc_context *context);

/*
 * The target mode of the existing directory `name` in `dir`, or of `dir` itself if the name is empty: from the source's
 * mode if the caller has just created (`made`) it, or an earlier attempt of this run has; else its own. Returns it, or
 * -errno.
 */
int pc_target_mode_of_directory(
    int dir, const char *name, mode_t source_mode, bool made, const struct pc_context *context);
