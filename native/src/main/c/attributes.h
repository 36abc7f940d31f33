#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "context.h"
#include "entry.h"

/*
 * Owner, mode and times of a new entry, in this order, since each step may undo a later one: chown takes setuid bits
 * away, and every change before would be seen in the times. What is right already is left alone.
 *
 * Functions that fail return -errno with the operation in the context. They may be called from any thread.
 */

/* What a new entry has, before it is given what it shall have. */
struct pc_present {
    uid_t uid;
    gid_t gid;
    mode_t mode; /* its permission bits, or PC_MODE_UNKNOWN */
};

enum { PC_MODE_UNKNOWN = 0xffff };

struct pc_present pc_present(const struct stat *status);

/* Sets the process's umask, as umask(2), and remembers it: see pc_mode_survives. */
mode_t pc_umask(mode_t mask);

/* Whether a file that is created with these permissions has them under the umask that pc_umask has set. */
bool pc_mode_survives(mode_t mode);

/* Whether the entry's owner and group are these. */
bool pc_is_owner(const struct pc_entry *wanted, uid_t uid, gid_t gid);

/*
 * The permission bits that an entry shall have in the end. setuid and setgid mean something only with their owner and
 * group: they are kept when `present` has these.
 */
mode_t pc_final_mode(const struct pc_entry *wanted, const struct pc_present *present, const struct pc_context *context);

/* Sets owner and group, if they are to be kept and `present` has others, and brings that up to date. O_PATH will do. */
int pc_set_owner(int fd, const struct pc_entry *wanted, struct pc_present *present, struct pc_context *context);

/*
 * Sets access and modification time, if they are to be kept: of the entry `name` of a directory, which may be a
 * symbolic link itself, or with NULL of the open file.
 */
int pc_set_times(int fd, const char *name, const struct pc_entry *wanted, struct pc_context *context);

/* Gives an open file or directory all that the context says is kept of an entry. */
int pc_set_attributes(int fd, const struct pc_entry *wanted, struct pc_present present, struct pc_context *context);
