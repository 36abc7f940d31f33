#pragma once

#include <stdint.h>

/*
 * The offset of a directory listing, with which the listing can be resumed through another descriptor. POSIX guarantees
 * that for the same descriptor only. But file systems that can be exported by NFS need offsets that stay valid,
 * whatever happens to other entries meanwhile; filesystem.h knows which do.
 */

/* Returns the offset (>= 0), -EOPNOTSUPP if it means nothing to another descriptor, or -errno. */
int64_t pc_dir_offset(int dir);

/* Moves an open directory to an offset. Returns 0 or -errno. */
int pc_seek_dir_offset(int dir, int64_t position);
