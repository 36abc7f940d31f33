#include "pcircle_config.h"

#include "record/entry.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "sys/retry.h"

bool pc_is_name(const char *name, size_t bytes)
{
    bool dots = name[0] == '.' && (bytes == 1 || (bytes == 2 && name[1] == '.'));
    return bytes > 0 && !dots && !memchr(name, '/', bytes) && !memchr(name, '\0', bytes);
}

bool pc_entry_is_whole(const struct pc_entry *entry, size_t room)
{
    return room >= pc_entry_bytes(0)
        && entry->record_bytes <= room
        && entry->record_bytes == pc_entry_bytes(entry->name_bytes)
        && entry->name[entry->name_bytes] == '\0';
}

void pc_entry_begin(struct pc_entry *entry, const char *name, size_t name_bytes)
{
    memset(entry, 0, pc_entry_bytes(name_bytes));
    entry->record_bytes = (uint16_t)pc_entry_bytes(name_bytes);
    entry->name_bytes = (uint16_t)name_bytes;
    memcpy(entry->name, name, name_bytes);
}

#ifdef PCIRCLE_HAVE_STATX

/* Only fields of the record: a change time or a block count can cost a network file system another request. */
static const unsigned status_mask = STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_GID | STATX_ATIME
    | STATX_MTIME | STATX_INO | STATX_SIZE;

int pc_entry_read_status(struct pc_entry *entry, int dir, const char *path, int flags)
{
    struct statx status;
    if (PC_RETRY(statx(dir, path, flags | AT_NO_AUTOMOUNT, status_mask, &status)) < 0)
        return -errno;
    entry->type = IFTODT(status.stx_mode);
    entry->size = status.stx_size;
    entry->mtime_s = status.stx_mtime.tv_sec;
    entry->mtime_ns = status.stx_mtime.tv_nsec;
    entry->atime_s = status.stx_atime.tv_sec;
    entry->atime_ns = status.stx_atime.tv_nsec;
    entry->mode = status.stx_mode;
    entry->nlink = status.stx_nlink;
    entry->uid = status.stx_uid;
    entry->gid = status.stx_gid;
    entry->ino = status.stx_ino;
    entry->dev_major = status.stx_dev_major;
    entry->dev_minor = status.stx_dev_minor;
    entry->rdev_major = entry->type == DT_REG ? 0 : status.stx_rdev_major;
    entry->rdev_minor = entry->type == DT_REG ? 0 : status.stx_rdev_minor;
    return 0;
}

#else

int pc_entry_read_status(struct pc_entry *entry, int dir, const char *path, int flags)
{
    struct stat status;
    if (PC_RETRY(fstatat(dir, path, &status, flags)) < 0)
        return -errno;
    entry->type = IFTODT(status.st_mode);
    entry->size = (uint64_t)status.st_size;
    entry->mtime_s = status.st_mtim.tv_sec;
    entry->mtime_ns = (uint32_t)status.st_mtim.tv_nsec;
    entry->atime_s = status.st_atim.tv_sec;
    entry->atime_ns = (uint32_t)status.st_atim.tv_nsec;
    entry->mode = (uint16_t)status.st_mode;
    entry->nlink = (uint32_t)status.st_nlink;
    entry->uid = status.st_uid;
    entry->gid = status.st_gid;
    entry->ino = status.st_ino;
    entry->dev_major = major(status.st_dev);
    entry->dev_minor = minor(status.st_dev);
    entry->rdev_major = entry->type == DT_REG ? 0 : major(status.st_rdev);
    entry->rdev_minor = entry->type == DT_REG ? 0 : minor(status.st_rdev);
    return 0;
}

#endif

bool pc_entry_is_unchanged(const struct pc_entry *entry, const struct stat *now)
{
    return (uint64_t)now->st_size == pc_entry_said(entry)
        && now->st_mtim.tv_sec == entry->mtime_s
        && now->st_mtim.tv_nsec == entry->mtime_ns;
}

static bool is_no_directory(const struct pc_entry *entry)
{
    switch (entry->type) {
    case DT_REG:
    case DT_LNK:
    case DT_FIFO:
    case DT_SOCK:
    case DT_CHR:
    case DT_BLK:
        return true;
    default:
        return pc_entry_is_undescribed(entry);
    }
}

int pc_count_records(struct pc_entry *entry, size_t bytes)
{
    int count = 0;
    for (; bytes > 0; count++) {
        bool is_good = pc_entry_is_whole(entry, bytes) && pc_is_name(entry->name, entry->name_bytes)
            && is_no_directory(entry);
        if (!is_good)
            return -EINVAL;
        bytes -= entry->record_bytes;
        entry = pc_entry_next(entry);
    }
    return count;
}
