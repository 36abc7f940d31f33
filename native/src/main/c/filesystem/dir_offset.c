#include "pcircle_config.h"

#include "filesystem/dir_offset.h"

#include <errno.h>
#include <unistd.h>

#include "filesystem/filesystem.h"

int64_t pc_dir_offset(int dir)
{
    const struct pc_filesystem *filesystem = pc_filesystem_of(dir);
    if (!filesystem)
        return -errno;
    if (!filesystem->lasting_offsets)
        return -EOPNOTSUPP;
    off_t position = lseek(dir, 0, SEEK_CUR);
    /* NFS cookies come from the server and may have the highest bit set, which lseek rejects. */
    return position >= 0 ? position : -EOPNOTSUPP;
}

int pc_seek_dir_offset(int dir, int64_t position)
{
    return lseek(dir, position, SEEK_SET) < 0 ? -errno : 0;
}
