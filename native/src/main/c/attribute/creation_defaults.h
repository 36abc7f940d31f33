#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "attribute/attributes.h"

/*
 * What a new entry of a directory is given by the system: its owner, and the mode that it was asked for or less. It is
 * found out once per directory and not per entry. The owner is seen at the first entry: to ask the directory's setgid
 * bit and group would not do, since mount options and file servers have a say too. But where these are the same, in the same file
 * system, new entries have the owner that a thread saw there last.
 */
struct pc_creation_defaults {
    mode_t permissions;   /* that they may have where modes are not kept; see target_mode.h */
    bool has_default_acl; /* which takes permissions away from what was asked for, and gives others */
    bool owner_is_known;  /* uid and gid are filled in */
    uid_t uid;
    gid_t gid;
    dev_t device;         /* of the directory, and below what its new entries' group may come from */
    gid_t directory_gid;
    bool hands_group_on;
};

/* For the entries that are about to be made in this directory, by one thread and for this context. */
struct pc_creation_defaults pc_creation_defaults_in(int dir, const struct pc_context *context);

/* Whether this entry will be given no other owner or group. */
bool pc_creation_defaults_owner_stays(
    const struct pc_creation_defaults *defaults, const struct pc_entry *entry, const struct pc_context *context);

/*
 * The mode to create a file with: the final one if its owner stays, which saves a chmod; else 0600, so that nobody may
 * look at it before it belongs to whom it should; and where ACLs are kept and it will have one, or gets one that it must not
 * keep. Its owner may write until it has its attributes.
 */
mode_t pc_creation_defaults_mode(
    const struct pc_creation_defaults *defaults,
    const struct pc_entry *entry,
    const struct pc_xattrs *xattrs,
    const struct pc_context *context);

/* What an entry with this status has; the next ones will have the same owner. */
struct pc_present pc_creation_defaults_seen(struct pc_creation_defaults *defaults, const struct stat *status);

/*
 * Finds out from an open file that was just created what owner new entries have, if that matters and is not known: before others
 * are created that wait with it. Returns 0, or a failure.
 */
int pc_creation_defaults_ask(struct pc_creation_defaults *defaults, int fd, struct pc_context *context);

/*
 * What an open file has that was just created with `mode`. The kernel is asked only where it matters and is not known.
 * Returns 0, or a failure.
 */
int pc_creation_defaults_present(
    struct pc_creation_defaults *defaults,
    const struct pc_entry *entry,
    int fd,
    mode_t mode,
    struct pc_context *context,
    struct pc_present *present);
