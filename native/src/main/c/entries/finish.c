#include "pcircle_config.h"

#include "entries/finish.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "attribute/target_mode.h"
#include "data/read_back.h"
#include "entries/kept.h"
#include "filesystem/name_folding.h"
#include "sys/full_io.h"
#include "sys/handle.h"
#include "sys/open_file.h"
#include "sys/retry.h"

/* Sets attributes and times, and flushes the entry if the context says so. */
static int set_all(struct pc_handle source, int target, const struct pc_entry *entry, struct pc_loss *loss)
{
    struct stat status;
    if (PC_RETRY(fstat(target, &status)) < 0)
        return pc_failed(PC_STAT, errno);
    struct pc_xattrs xattrs = pc_no_xattrs();
    xattrs.unknown = source.fd < 0;
    if (source.fd >= 0)
        pc_xattrs_read(source, loss, &xattrs);
    xattrs.unknown = xattrs.unknown && S_ISDIR(entry->mode); /* a file is new */
    int result = pc_set_attributes(pc_handle_of(target), entry, &xattrs, pc_present(&status), loss);
    if (result == 0)
        result = pc_set_times(target, NULL, entry, loss);
    int error = result == 0 && loss->context->flush ? pc_flush(target, true) : 0;
    return error < 0 ? pc_failed(PC_FLUSH, -error) : result;
}

int pc_finish_directory(int source, int target, const struct pc_entry *entry, struct pc_loss *loss)
{
    return set_all(pc_handle_of(source), target, entry, loss);
}

/* 1 if the source ends where its record says; 0 if not, which no copy of a range has noticed. */
static int ends_as_said(int dir, const struct pc_entry *entry)
{
    int fd = pc_open_file(dir, entry->name, O_RDONLY);
    if (fd < 0)
        return pc_failed(PC_OPEN, -fd);
    int ends = pc_ends_at(fd, (int64_t)entry->size);
    close(fd);
    return ends < 0 ? pc_failed(PC_READ, -ends) : ends;
}

/* 1 if the source's data has changed since it was copied, 0 if not, or a failure. */
static int source_has_changed(int dir, const struct pc_entry *entry)
{
    struct stat now;
    if (PC_RETRY(fstatat(dir, entry->name, &now, AT_SYMLINK_NOFOLLOW)) < 0)
        return pc_failed(PC_STAT, errno);
    int unchanged = S_ISREG(now.st_mode) && pc_entry_is_unchanged(entry, &now) ? ends_as_said(dir, entry) : 0;
    return unchanged < 0 ? unchanged : !unchanged;
}

static int set_attributes(
    int source_dir, int target_dir, const char *name, const struct pc_entry *entry, struct pc_loss *loss)
{
    bool wants_source = pc_wants_xattrs(loss->context);
    struct pc_handle source = wants_source ? pc_open_handle(source_dir, entry->name) : pc_no_handle();
    if (wants_source && source.fd < 0)
        return pc_failed(PC_OPEN, errno);
    /* More modes allow reading than writing: a file that was finished except for its name can be opened again. */
    int target = pc_open_file(target_dir, name, O_RDONLY);
    int result = target < 0 ? pc_failed(PC_CREATE, -target)
                            : set_all(source, target, entry, loss);
    if (target >= 0)
        close(target);
    pc_close_handle(source);
    return result;
}

/* Where modes are not preserved, sets the record's mode as for the entry that is replaced, or for a new one. */
static int set_target_mode(int dir, const char *name, struct pc_entry *entry, struct pc_context *context)
{
    if (context->preserve & PC_PRESERVE_MODE)
        return 0;
    struct stat status;
    pc_set_target_mode_of_new(entry, pc_permissions_in(dir, context), context);
    if (PC_RETRY(fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW)) == 0)
        pc_set_target_mode_from(entry, &status, context);
    else if (errno != ENOENT)
        return pc_failed(PC_CREATE, errno);
    return 0;
}

static int rename_over(int dir, const char *from, const char *to)
{
    return PC_RETRY(renameat(dir, from, dir, to)) < 0 ? -errno : 0;
}

/*
 * For file systems without hard links: an entry created between fstatat and rename is replaced. There is no better way.
 */
static int look_and_rename(int dir, const char *from, const char *to)
{
    struct stat status;
    if (fstatat(dir, to, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return -EEXIST;
    if (errno != ENOENT)
        return -errno;
    return rename_over(dir, from, to);
}

/* For file systems without RENAME_NOREPLACE: a hard link does not replace an entry, either. */
static int link_and_unlink(int dir, const char *from, const char *to)
{
    if (PC_RETRY(linkat(dir, from, dir, to, 0)) == 0)
        return PC_RETRY(unlinkat(dir, from, 0)) < 0 ? -errno : 0;
    bool no_links = errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL || errno == EMLINK;
    return no_links ? look_and_rename(dir, from, to) : -errno;
}

static int rename_to_new(int dir, const char *from, const char *to)
{
    if (PC_RETRY(syscall(SYS_renameat2, dir, from, dir, to, RENAME_NOREPLACE)) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS ? link_and_unlink(dir, from, to) : -errno;
}

/*
 * Replaces only an entry that is known to be there, so that names which the target folds are not overlooked, and not
 * one that is kept: it may have been written while the file was copied. Returns PC_DONE, PC_KEPT or a failure.
 */
static int replace(
    int source_dir,
    const struct pc_entry *entry,
    int dir,
    const char *from,
    const char *to,
    const struct pc_context *context)
{
    int error = rename_to_new(dir, from, to);
    if (error == -EEXIST) {
        int result = pc_refuse_taken_alone(source_dir, entry->name, dir, to);
        int kept = result < 0 ? result : pc_keeps_beside(entry, dir, to, from, context);
        if (kept < 0)
            return kept;
        if (kept > 0)
            return PC_RETRY(unlinkat(dir, from, 0)) < 0 ? pc_failed(PC_UNLINK, errno) : PC_KEPT;
        error = rename_over(dir, from, to);
    }
    return error < 0 ? pc_failed(PC_RENAME, -error) : PC_DONE;
}

int pc_finish_file(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *temporary_name,
    const char *target_name,
    struct pc_loss *loss)
{
    int result = loss->context->accept_changed ? 0 : source_has_changed(source_dir, entry);
    if (result != 0)
        return result < 0 ? result : PC_CHANGED;
    result = set_target_mode(target_dir, target_name, entry, loss->context);
    if (result == 0)
        result = set_attributes(source_dir, target_dir, temporary_name, entry, loss);
    if (result < 0)
        return result;
    if (loss->context->existing != PC_REFUSE && !loss->context->accept_changed)
        return replace(source_dir, entry, target_dir, temporary_name, target_name, loss->context);
    result = rename_to_new(target_dir, temporary_name, target_name);
    if (result == -EEXIST && loss->context->existing != PC_REFUSE)
        result = PC_RETRY(unlinkat(target_dir, temporary_name, 0)) < 0 ? -errno : 0;
    return result < 0 ? pc_failed(PC_RENAME, -result) : 0;
}
