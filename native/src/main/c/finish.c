#include "pcircle_config.h"

#include "finish.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attributes.h"
#include "open.h"

int pc_finish_directory(int dir, const struct pc_entry *entry, struct pc_context *context)
{
    struct stat status;
    if (TEMP_FAILURE_RETRY(fstat(dir, &status)) < 0)
        return pc_failed(context, PC_STAT, errno);
    return pc_set_attributes(dir, entry, pc_present(&status), context);
}

/* 1 if the source's data is not what was copied. */
static int source_has_changed(int dir, const struct pc_entry *entry, struct pc_context *context)
{
    struct stat now;
    if (TEMP_FAILURE_RETRY(fstatat(dir, entry->name, &now, AT_SYMLINK_NOFOLLOW)) < 0)
        return pc_failed(context, PC_STAT, errno);
    if (S_ISREG(now.st_mode) && pc_entry_is_unchanged(entry, &now))
        return 0;
    context->operation = PC_CHANGED;
    return 1;
}

static int dress(int dir, const char *name, const struct pc_entry *entry, struct pc_context *context)
{
    /* Reading is allowed by more final modes than writing: a file that was finished but for its name opens again. */
    int fd = pc_open_file(dir, name, O_RDONLY);
    if (fd < 0)
        return pc_failed(context, PC_OPEN, -fd);
    struct stat status;
    int result = TEMP_FAILURE_RETRY(fstat(fd, &status)) < 0
        ? pc_failed(context, PC_STAT, errno)
        : pc_set_attributes(fd, entry, pc_present(&status), context);
    close(fd);
    return result;
}

/* For file systems without hard links: what appears between the look and the rename is lost. Nothing better exists. */
static int look_and_rename(int dir, const char *from, const char *to)
{
    struct stat status;
    if (fstatat(dir, to, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return -EEXIST;
    if (errno != ENOENT)
        return -errno;
    return TEMP_FAILURE_RETRY(renameat(dir, from, dir, to)) < 0 ? -errno : 0;
}

/* For file systems that cannot rename without replacing: a hard link cannot replace either. */
static int link_and_unlink(int dir, const char *from, const char *to)
{
    if (TEMP_FAILURE_RETRY(linkat(dir, from, dir, to, 0)) == 0)
        return TEMP_FAILURE_RETRY(unlinkat(dir, from, 0)) < 0 ? -errno : 0;
    bool no_links = errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL || errno == EMLINK;
    return no_links ? look_and_rename(dir, from, to) : -errno;
}

static int rename_to_new(int dir, const char *from, const char *to)
{
    if (TEMP_FAILURE_RETRY(syscall(SYS_renameat2, dir, from, dir, to, RENAME_NOREPLACE)) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS ? link_and_unlink(dir, from, to) : -errno;
}

int pc_finish_file(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *temporary_name,
    const char *target_name,
    struct pc_context *context)
{
    int result = context->accept_changed ? 0 : source_has_changed(source_dir, entry, context);
    if (result != 0)
        return result;
    result = dress(target_dir, temporary_name, entry, context);
    if (result < 0)
        return result;
    result = rename_to_new(target_dir, temporary_name, target_name);
    return result < 0 ? pc_failed(context, PC_RENAME, -result) : 0;
}
