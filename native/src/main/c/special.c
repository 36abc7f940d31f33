#include "pcircle_config.h"

#include "special.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "attributes.h"

/*
 * These entries cannot be opened for what they are, and their name may mean something else by the time an attribute is
 * set: a link to a file of somebody else's. So the name is opened once with O_PATH, it is seen that it is still
 * a thing of our kind, and owner and mode are set through that descriptor.
 */

static bool is_ours(const struct pc_entry *entry, const struct stat *status)
{
    bool is_device = S_ISCHR(entry->mode) || S_ISBLK(entry->mode);
    return (status->st_mode & S_IFMT) == (entry->mode & S_IFMT)
        && (!is_device || status->st_rdev == makedev(entry->rdev_major, entry->rdev_minor));
}

/* chmod through an O_PATH descriptor, which fchmod refuses. */
static int set_mode(int handle, mode_t mode, struct pc_context *context)
{
    char path[sizeof "/proc/self/fd/" + 3 * sizeof handle];
    snprintf(path, sizeof path, "/proc/self/fd/%d", handle);
    return TEMP_FAILURE_RETRY(chmod(path, mode)) == 0 ? 0 : pc_failed(context, PC_CHMOD, errno);
}

static int set_owner_and_mode(struct pc_batch *batch, const struct pc_entry *entry, int handle)
{
    struct stat status;
    if (TEMP_FAILURE_RETRY(fstat(handle, &status)) < 0)
        return pc_failed(batch->context, PC_STAT, errno);
    if (!is_ours(entry, &status))
        return pc_failed(batch->context, PC_OPEN, ESTALE);
    struct pc_present present = pc_newcomer_seen(&batch->newcomer, &status);
    int result = pc_set_owner(handle, entry, &present, batch->context);
    if (result < 0 || S_ISLNK(entry->mode))
        return result;
    mode_t mode = pc_final_mode(entry, &present, batch->context);
    return mode == present.mode ? 0 : set_mode(handle, mode, batch->context);
}

static int open_and_set(struct pc_batch *batch, const struct pc_entry *entry, const char *name)
{
    int handle = TEMP_FAILURE_RETRY(openat(batch->target_dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (handle < 0)
        return pc_failed(batch->context, PC_OPEN, errno);
    int result = set_owner_and_mode(batch, entry, handle);
    close(handle);
    return result;
}

/* Gives a new entry its attributes, or takes it back. */
static int finish(struct pc_batch *batch, const struct pc_entry *entry, const char *name, bool needs_handle)
{
    int result = needs_handle ? open_and_set(batch, entry, name) : 0;
    if (result == 0)
        result = pc_set_times(batch->target_dir, name, entry, batch->context);
    if (result < 0)
        unlinkat(batch->target_dir, name, 0);
    return result;
}

int pc_copy_link(struct pc_batch *batch, struct pc_entry *entry, const char *target_name)
{
    char *text = batch->io;
    ssize_t bytes = TEMP_FAILURE_RETRY(readlinkat(batch->source_dir, entry->name, text, batch->io_bytes));
    if (bytes < 0)
        return pc_failed(batch->context, PC_READLINK, errno);
    if ((size_t)bytes == batch->io_bytes)
        return pc_failed(batch->context, PC_READLINK, ENAMETOOLONG);
    text[bytes] = '\0';
    entry->size = (uint64_t)bytes; /* which not every file system says */
    if (TEMP_FAILURE_RETRY(symlinkat(text, batch->target_dir, target_name)) < 0)
        return pc_failed(batch->context, PC_SYMLINK, errno);

    /* A link has no mode of its own, and mostly the owner that it should have: then there is nothing to open it for. */
    bool needs_handle = !pc_newcomer_owner_stays(&batch->newcomer, entry, batch->context);
    return finish(batch, entry, target_name, needs_handle);
}

int pc_copy_node(struct pc_batch *batch, const struct pc_entry *entry, const char *target_name)
{
    mode_t type = entry->mode & S_IFMT; /* and no permission for anybody, until it belongs to whom it should */
    dev_t device = makedev(entry->rdev_major, entry->rdev_minor);
    if (TEMP_FAILURE_RETRY(mknodat(batch->target_dir, target_name, type, device)) < 0)
        return pc_failed(batch->context, PC_MKNOD, errno);
    return finish(batch, entry, target_name, true);
}
