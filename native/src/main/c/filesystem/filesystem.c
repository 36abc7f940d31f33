#include "pcircle_config.h"

#include "filesystem/filesystem.h"

#include <stddef.h>
#include <sys/vfs.h>

#include "sys/retry.h"

/* The magic numbers are literals, as <linux/magic.h> lacks some of them, and older versions more. */
static const struct pc_filesystem filesystems[] = {
    {0x00009660, "iso9660", .local = true},
    {0x00c36400, "ceph", .server_copies = true, .remote = true},
    {0x01021994, "tmpfs", .local = true, .in_memory = true},
    {0x01021997, "9p", .remote = true},
    {0x0000ef53, "ext4", .local = true, .lasting_offsets = true}, /* and ext2, ext3 */
    {0x00006969, "nfs", .server_copies = true, .remote = true, .lasting_offsets = true},
    {0x0bd00bd0, "lustre", .remote = true, .lasting_offsets = true, .lustre_layouts = true},
    {0x19830326, "beegfs", .remote = true},
    {0x47504653, "gpfs", .remote = true, .lasting_offsets = true},
    {0x58465342, "xfs", .local = true, .lasting_offsets = true},
    {0x65735546, "fuse", .server_copies = true},
    {0x73717368, "squashfs", .local = true, .lasting_offsets = true}, /* read-only */
    {0x794c7630, "overlay", .local = true},
    {0x858458f6, "ramfs", .local = true, .in_memory = true},
    {0x9123683e, "btrfs", .local = true, .lasting_offsets = true},
    {0xf2f52010, "f2fs", .local = true},
    {0xfe534d42, "smb3", .server_copies = true, .remote = true},
    {0xff534d42, "cifs", .server_copies = true, .remote = true},
};

static const struct pc_filesystem unknown = {.name = "unknown"};

const struct pc_filesystem *pc_filesystem_by_magic(uint32_t magic)
{
    for (size_t i = 0; i < sizeof filesystems / sizeof filesystems[0]; i++) {
        if (filesystems[i].magic == magic)
            return &filesystems[i];
    }
    return &unknown;
}

const struct pc_filesystem *pc_filesystem_of(int fd)
{
    struct statfs status;
    return PC_RETRY(fstatfs(fd, &status)) < 0 ? NULL : pc_filesystem_by_magic((uint32_t)status.f_type);
}

bool pc_is_remote(int fd)
{
    const struct pc_filesystem *filesystem = pc_filesystem_of(fd);
    return filesystem && filesystem->remote;
}

bool pc_is_in_memory(int fd)
{
    const struct pc_filesystem *filesystem = pc_filesystem_of(fd);
    return filesystem && filesystem->in_memory;
}

bool pc_is_lustre(int fd)
{
    const struct pc_filesystem *filesystem = pc_filesystem_of(fd);
    return filesystem && filesystem->lustre_layouts;
}
