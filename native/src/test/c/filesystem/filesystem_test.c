#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <unistd.h>

#include "filesystem/filesystem.h"
#include "support/test.h"

/* Magic numbers that <linux/magic.h> lacks, or lacks in older versions. */
enum { LUSTRE = 0x0bd00bd0, GPFS = 0x47504653, BEEGFS = 0x19830326, CEPH = 0x00c36400, FUSE = 0x65735546 };
static const uint32_t cifs = 0xff534d42, smb3 = 0xfe534d42, xfs = 0x58465342;

static bool is_called(uint32_t magic, const char *name)
{
    const struct pc_filesystem *filesystem = pc_filesystem_by_magic(magic);
    return filesystem->magic == magic && strcmp(filesystem->name, name) == 0;
}

static void every_file_system_is_known_by_its_magic_number(void)
{
    CHECK(is_called(TMPFS_MAGIC, "tmpfs") && is_called(RAMFS_MAGIC, "ramfs"));
    CHECK(is_called(EXT4_SUPER_MAGIC, "ext4") && is_called(xfs, "xfs") && is_called(BTRFS_SUPER_MAGIC, "btrfs"));
    CHECK(is_called(F2FS_SUPER_MAGIC, "f2fs") && is_called(OVERLAYFS_SUPER_MAGIC, "overlay"));
    CHECK(is_called(SQUASHFS_MAGIC, "squashfs") && is_called(ISOFS_SUPER_MAGIC, "iso9660"));
    CHECK(is_called(NFS_SUPER_MAGIC, "nfs") && is_called(cifs, "cifs") && is_called(smb3, "smb3"));
    CHECK(is_called(CEPH, "ceph") && is_called(FUSE, "fuse") && is_called(V9FS_MAGIC, "9p"));
    CHECK(is_called(LUSTRE, "lustre") && is_called(GPFS, "gpfs") && is_called(BEEGFS, "beegfs"));
}

/* File systems that behave alike have the same property: decisions use a column, not a name. */
static void each_column_holds_where_it_was_seen_to(void)
{
    static const uint32_t local[] = {TMPFS_MAGIC, RAMFS_MAGIC, EXT4_SUPER_MAGIC, 0x58465342, BTRFS_SUPER_MAGIC,
        F2FS_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC, SQUASHFS_MAGIC, ISOFS_SUPER_MAGIC};
    for (size_t i = 0; i < sizeof local / sizeof local[0]; i++) {
        const struct pc_filesystem *filesystem = pc_filesystem_by_magic(local[i]);
        CHECK(filesystem->local && !filesystem->remote && !filesystem->server_copies && !filesystem->lustre_layouts);
        CHECK_EQUAL(local[i] == TMPFS_MAGIC || local[i] == RAMFS_MAGIC, filesystem->in_memory);
    }
    static const uint32_t copying[] = {NFS_SUPER_MAGIC, 0xff534d42, 0xfe534d42, CEPH, FUSE};
    for (size_t i = 0; i < sizeof copying / sizeof copying[0]; i++) {
        const struct pc_filesystem *filesystem = pc_filesystem_by_magic(copying[i]);
        CHECK(filesystem->server_copies && !filesystem->local && !filesystem->in_memory);
        CHECK_EQUAL(copying[i] != FUSE, filesystem->remote);
    }
    static const uint32_t remote[] = {LUSTRE, GPFS, BEEGFS, V9FS_MAGIC};
    for (size_t i = 0; i < sizeof remote / sizeof remote[0]; i++) {
        const struct pc_filesystem *filesystem = pc_filesystem_by_magic(remote[i]);
        CHECK(filesystem->remote && !filesystem->local && !filesystem->server_copies && !filesystem->in_memory);
        CHECK_EQUAL(remote[i] == LUSTRE, filesystem->lustre_layouts);
    }
}

static void offsets_last_where_nfs_can_serve_them(void)
{
    static const uint32_t lasting[] = {
        EXT4_SUPER_MAGIC, 0x58465342, BTRFS_SUPER_MAGIC, LUSTRE, GPFS, NFS_SUPER_MAGIC, SQUASHFS_MAGIC};
    static const uint32_t fleeting[] = {
        TMPFS_MAGIC, RAMFS_MAGIC, OVERLAYFS_SUPER_MAGIC, FUSE, CEPH, 0xff534d42, V9FS_MAGIC,
    };
    for (size_t i = 0; i < sizeof lasting / sizeof lasting[0]; i++)
        CHECK(pc_filesystem_by_magic(lasting[i])->lasting_offsets);
    for (size_t i = 0; i < sizeof fleeting / sizeof fleeting[0]; i++)
        CHECK(!pc_filesystem_by_magic(fleeting[i])->lasting_offsets);
}

static void an_unknown_file_system_promises_nothing(void)
{
    const struct pc_filesystem *unknown = pc_filesystem_by_magic(0x12345678);
    CHECK_EQUAL(0, unknown->magic);
    CHECK(unknown == pc_filesystem_by_magic(0));
    CHECK(!unknown->local && !unknown->server_copies && !unknown->remote && !unknown->in_memory);
    CHECK(!unknown->lasting_offsets && !unknown->lustre_layouts);
    int proc = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(proc >= 0);
    CHECK(pc_filesystem_of(proc) == unknown);
    close(proc);
}

static void an_open_file_leads_to_its_file_system(void)
{
    int memory = test_mount_tmpfs("memory", "1M");
    CHECK(strcmp(pc_filesystem_of(memory)->name, "tmpfs") == 0);
    CHECK(pc_is_in_memory(memory) && !pc_is_remote(memory) && !pc_is_lustre(memory));
    close(memory);
    int image = test_mount_image("xfs", "512M");
    CHECK(strcmp(pc_filesystem_of(image)->name, "xfs") == 0);
    CHECK(!pc_is_in_memory(image) && !pc_is_remote(image) && !pc_is_lustre(image));
    close(image);
}

static void what_is_not_open_has_none_and_says_why(void)
{
    errno = 0;
    CHECK(pc_filesystem_of(-1) == NULL);
    CHECK_EQUAL(EBADF, errno);
    CHECK(!pc_is_remote(-1) && !pc_is_in_memory(-1) && !pc_is_lustre(-1));
}

static const struct test_case cases[] = {
    {"every file system is known by its magic number", every_file_system_is_known_by_its_magic_number},
    {"each column holds where it was seen to", each_column_holds_where_it_was_seen_to},
    {"offsets last where NFS can serve them", offsets_last_where_nfs_can_serve_them},
    {"an unknown file system promises nothing", an_unknown_file_system_promises_nothing},
    {"an open file leads to its file system", an_open_file_leads_to_its_file_system},
    {"what is not open has none, and says why", what_is_not_open_has_none_and_says_why},
};

int main(void)
{
    return TEST_RUN(cases);
}
