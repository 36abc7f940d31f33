#pragma once

#include <stdint.h>

/*
 * Where the listing of a directory stands, so that it can be closed and gone on with through another descriptor. POSIX
 * promises that for one descriptor alone. But file systems that NFS can serve need positions that last, whatever happens
 * to other entries meanwhile; which do, filesystem.h knows.
 */

/* Returns the position (>= 0), -EOPNOTSUPP if it means nothing to another descriptor, or -errno. */
int64_t pc_dir_offset(int dir);

/* Moves an open directory there. Returns 0 or -errno. */
int pc_seek_dir_offset(int dir, int64_t position);
