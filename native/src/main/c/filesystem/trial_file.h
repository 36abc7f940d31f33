#pragma once

#include "record/context.h"
#include "sys/temporary_name.h"

/*
 * An empty file with which things are tried out. It has no name where the file system can make such a file, so nothing is left behind
 * whatever happens. Elsewhere it has one until it has been closed: NFS clients and most FUSE file systems would give a file another name
 * that loses its own while it is open.
 */
struct pc_trial_file {
    int dir, fd;
    bool named;
    struct pc_temporary temporary;
};

/*
 * Makes one that can be read and written. Returns 0 or -errno.
 *
 * name: another one for each that this process has open in a directory at a time; other processes and threads have others
 */
int pc_trial_file_open(struct pc_trial_file *trial, int dir, const char *name, const struct pc_context *context);

/* Closes it and takes it away. Returns 0 or -errno. */
int pc_trial_file_close(const struct pc_trial_file *trial);
