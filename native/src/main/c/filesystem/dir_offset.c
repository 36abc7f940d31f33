#include "pcircle_config.h"

#include "filesystem/dir_offset.h"

#include <errno.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { LUSTRE_MAGIC = 0x0BD00BD0, GPFS_MAGIC = 0x47504653 };
#ifndef XFS_SUPER_MAGIC
#define XFS_SUPER_MAGIC 0x58465342
#endif

static bool positions_last(const struct statfs *fs)
{
    switch ((unsigned long)fs->f_type) {
    case EXT4_SUPER_MAGIC:
    case XFS_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case LUSTRE_MAGIC:
    case GPFS_MAGIC:
    case NFS_SUPER_MAGIC:
    case SQUASHFS_MAGIC:
        return true;
    default:
        return false;
    }
}

int64_t pc_position(int dir)
{
    struct statfs fs;
    if (fstatfs(dir, &fs) < 0)
        return -errno;
    if (!positions_last(&fs))
        return -EOPNOTSUPP;
    off_t position = lseek(dir, 0, SEEK_CUR);
    /* NFS cookies are the server's, and may have the highest bit, which lseek does not take back. */
    return position >= 0 ? position : -EOPNOTSUPP;
}

int pc_go_to_position(int dir, int64_t position)
{
    return lseek(dir, position, SEEK_SET) < 0 ? -errno : 0;
}
