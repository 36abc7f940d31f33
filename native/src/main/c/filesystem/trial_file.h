#pragma once

#include "record/context.h"
#include "sys/temporary_name.h"

/*
 * An empty file for trying out capabilities of a file system. It has no name (O_TMPFILE) where that is supported, so
 * nothing is ever left behind. Elsewhere it keeps its name until it is closed: NFS clients and most FUSE file systems
 * rename a file that is unlinked while it is open.
 */
struct pc_trial_file {
    int dir, fd;
    bool named;
    struct pc_temporary temporary;
};

/*
 * Creates one, open for reading and writing. Returns 0 or -errno.
 *
 * name: unique among the trial files that this thread has open in a directory; other processes and threads do not
 * collide
 */
int pc_trial_file_open(struct pc_trial_file *trial, int dir, const char *name, const struct pc_context *context);

/* Closes and unlinks it. Returns 0 or -errno. */
int pc_trial_file_close(const struct pc_trial_file *trial);
