#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "attribute/attributes.h"

/*
 * The owner and mode that the system gives to a new entry of a directory. They are determined once per directory, not
 * per entry. The owner is read from the first entry created: the set-group-id bit and group of the directory do not
 * suffice, as mount options and file servers have a say, too. But a directory of the same file system with the same bit
 * and group gives its entries the owner that the thread saw there last.
 */
struct pc_creation_defaults {
    mode_t permissions;   /* that new entries may have where modes are not preserved; see target_mode.h */
    bool has_default_acl; /* the default ACL masks the mode passed to open(2), and adds entries */
    bool owner_is_known;  /* uid and gid are valid */
    uid_t uid;
    gid_t gid;
    dev_t device;         /* of the directory, as the next two: they decide the group of new entries */
    gid_t directory_gid;
    bool hands_group_on;
};

/* The defaults for entries that one thread is about to create in this directory, with this context. */
struct pc_creation_defaults pc_creation_defaults_in(int dir, const struct pc_context *context);

/* Whether the owner and group that a new entry gets are final. */
bool pc_creation_defaults_owner_stays(
    const struct pc_creation_defaults *defaults, const struct pc_entry *entry, const struct pc_context *context);

/*
 * The mode to pass to open(O_CREAT): the final mode where possible, which saves a chmod. 0600 where others must not see
 * the file yet: it still needs a chown, or its ACL will change. S_IWUSR is added while extended attributes are still to
 * be set.
 */
mode_t pc_creation_defaults_mode(
    const struct pc_creation_defaults *defaults,
    const struct pc_entry *entry,
    const struct pc_xattrs *xattrs,
    const struct pc_context *context);

/* The attributes of an entry with this status. Its owner is remembered as that of the next entries. */
struct pc_present pc_creation_defaults_seen(struct pc_creation_defaults *defaults, const struct stat *status);

/*
 * Determines the owner of new entries from a file that was just created, if that is needed and unknown: before more
 * files are created that are flushed together with it. Returns 0 or a failure.
 */
int pc_creation_defaults_ask(struct pc_creation_defaults *defaults, int fd, struct pc_context *context);

/*
 * The present attributes of a file that was just created with `mode`. Calls fstat only where it is needed. Returns 0 or
 * a failure.
 */
int pc_creation_defaults_present(
    struct pc_creation_defaults *defaults,
    const struct pc_entry *entry,
    int fd,
    mode_t mode,
    struct pc_context *context,
    struct pc_present *present);
