#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "record/attribute_loss.h"
#include "sys/handle.h"

/*
 * Permission bits as the kernel has them: those that are set, and those that the umask leaves. Which an entry shall have attributes.h
 * says. pc_set_mode returns 0 or a failure. Any thread may call.
 */

/* Sets the process's umask, as umask(2), and remembers it: see pc_mode_survives. */
mode_t pc_umask(mode_t mask);

/* Whether a file that is created with these permissions has them under the umask that pc_umask has set. */
bool pc_mode_survives(mode_t mode);

/* Sets permissions: of an open file, or through a handle (O_PATH) of any entry but a symbolic link. */
int pc_set_mode(struct pc_handle target, mode_t mode, struct pc_loss *loss);

/*
 * Adds to the mode of an entry of a directory, if it is a directory itself, what its owner needs to list, enter and fill it.
 * Returns 0 or -errno.
 */
int pc_let_owner_fill(int dir, const char *name);
