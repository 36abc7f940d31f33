#include "pcircle_config.h"

#include "batch/copy_special.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "attribute/ownership.h"
#include "sys/handle.h"
#include "sys/retry.h"

/*
 * These entries cannot be opened, and their name may belong to another entry by the time an attribute is set: a
 * symbolic link to another user's file. So the name is opened once with O_PATH, checked to be an entry of this kind,
 * and owner, mode and attributes are set through that descriptor.
 */

static bool is_ours(const struct pc_entry *entry, const struct stat *status)
{
    bool is_device = S_ISCHR(entry->mode) || S_ISBLK(entry->mode);
    return (status->st_mode & S_IFMT) == (entry->mode & S_IFMT)
        && (!is_device || status->st_rdev == makedev(entry->rdev_major, entry->rdev_minor));
}

static int set_through(
    struct pc_batch *batch,
    const struct pc_entry *entry,
    struct pc_handle source,
    struct pc_handle target,
    struct pc_loss *loss)
{
    struct stat status;
    if (PC_RETRY(fstat(target.fd, &status)) < 0)
        return pc_failed(PC_STAT, errno);
    if (!is_ours(entry, &status))
        return pc_failed(PC_OPEN, ESTALE);
    struct pc_present present = pc_creation_defaults_seen(&batch->defaults, &status);
    struct pc_xattrs xattrs = pc_no_xattrs();
    if (source.fd >= 0)
        pc_xattrs_read(source, loss, &xattrs);
    xattrs.unknown = false;
    xattrs.need_room = true;
    return pc_set_attributes(target, entry, &xattrs, present, loss);
}

static int open_and_set(
    struct pc_batch *batch, const struct pc_entry *entry, const char *name, bool with_xattrs, struct pc_loss *loss)
{
    struct pc_handle source = with_xattrs ? pc_open_handle(batch->source_dir, entry->name) : pc_no_handle();
    if (with_xattrs && source.fd < 0)
        return pc_failed(PC_OPEN, errno);
    struct pc_handle target = pc_open_handle(batch->target_dir, name);
    int result =
        target.fd < 0 ? pc_failed(PC_CREATE, errno) : set_through(batch, entry, source, target, loss);
    pc_close_handle(target);
    pc_close_handle(source);
    return result;
}

/* Sets the attributes of a new entry, or unlinks it. */
static int finish(
    struct pc_batch *batch, const struct pc_entry *entry, const char *name, bool needs_handle, struct pc_loss *loss)
{
    int result = 0;
    bool has_xattrs = pc_xattrs_look(batch->source_dir, entry->name, PC_GETXATTR, loss);
    if (needs_handle || has_xattrs)
        result = open_and_set(batch, entry, name, has_xattrs, loss);
    else
        pc_note_owner(entry, batch->defaults.uid, batch->defaults.gid, loss);
    if (result == 0)
        result = pc_set_times(batch->target_dir, name, entry, loss);
    if (result < 0)
        unlinkat(batch->target_dir, name, 0);
    return result;
}

int pc_copy_link(struct pc_batch *batch, struct pc_entry *entry, const char *target_name, struct pc_loss *loss)
{
    char *text = batch->io;
    ssize_t bytes = PC_RETRY(readlinkat(batch->source_dir, entry->name, text, batch->io_bytes));
    if (bytes < 0)
        return pc_failed(PC_READLINK, errno);
    if ((size_t)bytes == batch->io_bytes)
        return pc_failed(PC_READLINK, ENAMETOOLONG);
    text[bytes] = '\0';
    entry->size = (uint64_t)bytes; /* as not every file system has it in st_size */
    if (PC_RETRY(symlinkat(text, batch->target_dir, target_name)) < 0)
        return pc_failed(PC_SYMLINK, errno);

    /* A symbolic link has no mode, and mostly the right owner: then it need not be opened. */
    bool needs_handle = !pc_creation_defaults_owner_stays(&batch->defaults, entry, batch->context);
    return finish(batch, entry, target_name, needs_handle, loss);
}

int pc_copy_node(struct pc_batch *batch, const struct pc_entry *entry, const char *target_name, struct pc_loss *loss)
{
    mode_t type = entry->mode & S_IFMT; /* no permissions until it has its final owner */
    dev_t device = makedev(entry->rdev_major, entry->rdev_minor);
    if (PC_RETRY(mknodat(batch->target_dir, target_name, type, device)) < 0)
        return pc_failed(PC_MKNOD, errno);
    return finish(batch, entry, target_name, true, loss);
}
