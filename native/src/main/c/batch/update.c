#include "pcircle_config.h"

#include "batch/update.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "attribute/ownership.h"
#include "attribute/target_mode.h"
#include "batch/difference.h"
#include "data/read_back.h"
#include "entries/kept.h"
#include "sys/handle.h"
#include "sys/open_file.h"
#include "sys/retry.h"

static int is_same_link(int source_dir, int target_dir, const struct pc_entry *entry, const char *target_name)
{
    char wanted[PATH_MAX], present[PATH_MAX];
    ssize_t bytes = PC_RETRY(readlinkat(source_dir, entry->name, wanted, sizeof wanted));
    if (bytes < 0)
        return pc_failed(PC_READLINK, errno);
    ssize_t present_bytes = PC_RETRY(readlinkat(target_dir, target_name, present, sizeof present));
    return present_bytes == bytes && memcmp(wanted, present, (size_t)bytes) == 0;
}

int pc_is_same_content(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now)
{
    switch (entry->mode & S_IFMT) {
    case S_IFREG:
        return (uint64_t)now->st_size == entry->size;
    case S_IFLNK:
        return is_same_link(source_dir, target_dir, entry, target_name);
    case S_IFCHR:
    case S_IFBLK:
        return now->st_rdev == makedev(entry->rdev_major, entry->rdev_minor);
    default:
        return 1;
    }
}

/* As update.h says: 1, 0 or a failure. */
static int is_up_to_date(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    bool look_only,
    struct pc_context *context)
{
    /* It may be a hard link to entries that are no hard links in the source: then it needs an inode of its own. */
    nlink_t names = entry->nlink > 1 ? entry->nlink : 1;
    bool has_too_many_names = context->preserve & PC_PRESERVE_LINKS && now->st_nlink > names;
    if ((now->st_mode & S_IFMT) != (entry->mode & S_IFMT) || has_too_many_names)
        return 0;
    int same = pc_is_same_content(source_dir, target_dir, entry, target_name, now);
    if (same <= 0 || !S_ISREG(entry->mode))
        return same;
    return look_only ? pc_seems_same_time(entry, now) : pc_is_same_time(entry, &now->st_mtim, target_dir, context);
}

/* ---- setting attributes that differ ---- */

static bool is_status_right(const struct pc_entry *entry, const struct stat *now, const struct pc_context *context)
{
    struct pc_present present = pc_present(now);
    bool owner = pc_owner_stays(entry, now->st_uid, now->st_gid, context);
    bool mode = S_ISLNK(now->st_mode) || pc_final_mode(entry, &present, context) == present.mode;
    return owner && mode;
}

static int set_through(
    struct pc_handle source,
    struct pc_handle target,
    const struct pc_entry *entry,
    const struct stat *looked_at,
    struct pc_loss *loss)
{
    struct stat now;
    if (PC_RETRY(fstat(target.fd, &now)) < 0)
        return pc_failed(PC_STAT, errno);
    if (now.st_ino != looked_at->st_ino || now.st_dev != looked_at->st_dev)
        return pc_failed(PC_CREATE, ESTALE); /* another process changes the target */
    struct pc_xattrs xattrs;
    pc_xattrs_read(source, loss, &xattrs);
    return pc_set_attributes(target, entry, &xattrs, pc_present(&now), loss);
}

static int set_attributes(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *looked_at,
    struct pc_loss *loss)
{
    struct pc_handle source = pc_open_handle(source_dir, entry->name);
    if (source.fd < 0)
        return pc_failed(PC_OPEN, errno);
    struct pc_handle target = pc_open_handle(target_dir, target_name);
    int result = target.fd < 0 ? pc_failed(PC_CREATE, errno)
                               : set_through(source, target, entry, looked_at, loss);
    pc_close_handle(target);
    pc_close_handle(source);
    return result;
}

/*
 * If the context says flush: flushes the attributes of a regular file, with its whole file system if it cannot be
 * opened. Other entries are flushed with their directory.
 */
static int flush(int target_dir, const char *target_name, const struct stat *now, struct pc_context *context)
{
    if (!context->flush || !S_ISREG(now->st_mode))
        return 0;
    int fd = pc_open_file(target_dir, target_name, O_RDONLY);
    int error = fd >= 0 ? pc_flush(fd, true) : syncfs(target_dir) < 0 ? -errno : 0;
    if (fd >= 0)
        close(fd);
    return error < 0 ? pc_failed(PC_FLUSH, -error) : 0;
}

static int repair(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    struct pc_loss *loss)
{
    int result = 0;
    bool any = pc_xattrs_look(source_dir, entry->name, PC_GETXATTR, loss);
    any |= pc_xattrs_look(target_dir, target_name, PC_SETXATTR, loss);
    if (any || !is_status_right(entry, now, loss->context)) {
        result = set_attributes(source_dir, target_dir, entry, target_name, now, loss);
        result = result < 0 ? result : flush(target_dir, target_name, now, loss->context);
    } else {
        pc_note_owner(entry, now->st_uid, now->st_gid, loss);
        pc_note_mode(entry, now->st_gid, loss);
    }
    if (result == 0 && !S_ISREG(now->st_mode) && !pc_is_same_time(entry, &now->st_mtim, target_dir, loss->context))
        return pc_set_times(target_dir, target_name, entry, loss);
    pc_note_times(entry, now->st_mtim.tv_sec, loss);
    return result;
}

/* Whether an entry is compared: with PC_KEEP only what is not kept. */
static bool is_compared(
    int target_dir, const char *target_name, const struct stat *now, const struct pc_context *context)
{
    return pc_compares(context)
        || (context->existing == PC_KEEP && pc_is_doubtful(target_dir, target_name, now, context));
}

int pc_judge_existing(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    bool look_only,
    struct pc_context *context)
{
    int up_to_date = is_compared(target_dir, target_name, now, context)
        ? is_up_to_date(source_dir, target_dir, entry, target_name, now, look_only, context)
        : 0;
    if (up_to_date != 0)
        return up_to_date < 0 ? up_to_date : PC_UP_TO_DATE;
    return pc_is_kept(entry, now, target_dir, target_name, look_only, context) ? PC_KEPT : 0;
}

int pc_update(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_folding *folding,
    struct pc_loss *loss,
    uint16_t *changes)
{
    struct stat now;
    if (PC_RETRY(fstatat(target_dir, target_name, &now, AT_SYMLINK_NOFOLLOW)) < 0)
        return errno == ENOENT ? 0 : pc_failed(PC_CREATE, errno);
    int result = pc_refuse_taken(source_dir, entry->name, target_dir, target_name, folding);
    if (result < 0)
        return result;
    result = pc_judge_existing(source_dir, target_dir, entry, target_name, &now, false, loss->context);
    if (result != PC_UP_TO_DATE)
        return result;
    pc_set_target_mode_from(entry, &now, loss->context);
    if (changes)
        *changes = (uint16_t)pc_changes_by_updating(source_dir, target_dir, entry, target_name, &now, loss->context);
    result = repair(source_dir, target_dir, entry, target_name, &now, loss);
    return result < 0 ? result : PC_UP_TO_DATE;
}

int pc_update_alone(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *target_name,
    struct pc_loss *loss,
    uint16_t *changes)
{
    struct pc_folding folding = {0};
    int result = pc_update(source_dir, target_dir, entry, target_name, &folding, loss, changes);
    pc_folding_end(&folding);
    return result;
}
