#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "record/attribute_loss.h"
#include "sys/handle.h"

/*
 * Permission bits: setting them, and the process's umask. attributes.h says which bits an entry gets. Any thread may
 * call.
 */

/* Sets the process's umask and returns the old one, as umask(2), and remembers it for pc_mode_survives. */
mode_t pc_umask(mode_t mask);

/* Whether a file that is created with this mode has it under the umask that pc_umask has set. */
bool pc_mode_survives(mode_t mode);

/*
 * Sets the permission bits of an open file, or through a handle (O_PATH) those of any entry except a symbolic link.
 * Returns 0, also where the file system rejects the mode, which is then noted in `loss`; or a failure.
 */
int pc_set_mode(struct pc_handle target, mode_t mode, struct pc_loss *loss);

/*
 * Adds S_IRWXU to the mode of an entry of a directory, if it is a directory itself, so that its owner may list, enter
 * and fill it. Returns 1 and the mode that it had before, or 0 if nothing was changed, also because the directory
 * belongs to another user, or -errno.
 */
int pc_let_owner_fill(int dir, const char *name);

/* Takes back what pc_let_owner_fill did, by what it returned (`filled`). Returns 0 or -errno. */
int pc_close_to_owner(int dir, const char *name, int filled);
