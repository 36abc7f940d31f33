#include "pcircle_config.h"

#include "attribute/mode.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/attribute_loss.h"
#include "sys/retry.h"

enum { PERMISSIONS = 0777, MODE_BITS = 07777 };

/* The umask as set by pc_umask. Before that, any bit may be masked. */
static _Atomic mode_t known_umask = PERMISSIONS;

mode_t pc_umask(mode_t mask)
{
    mode_t old = umask(mask);
    atomic_store_explicit(&known_umask, mask & PERMISSIONS, memory_order_relaxed);
    return old;
}

bool pc_mode_survives(mode_t mode)
{
    return (mode & atomic_load_explicit(&known_umask, memory_order_relaxed)) == 0;
}

int pc_set_mode(struct pc_handle target, mode_t mode, struct pc_loss *loss)
{
    return pc_change_mode(target, mode) == 0 ? 0 : pc_rejected_or_failed(loss, PC_MODE, PC_CHMOD, errno);
}

static int open_directory(int dir, const char *name)
{
    int handle = PC_RETRY(openat(dir, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    return handle < 0 ? -errno : handle;
}

int pc_let_owner_fill(int dir, const char *name)
{
    int handle = open_directory(dir, name);
    if (handle < 0)
        return handle;
    struct stat status;
    int result = PC_RETRY(fstat(handle, &status)) < 0 ? -errno : 0;
    mode_t mode = status.st_mode & MODE_BITS;
    if (result == 0 && (mode & S_IRWXU) != S_IRWXU)
        result = pc_change_mode((struct pc_handle){handle, true}, mode | S_IRWXU) < 0 ? -errno : 1 + (int)mode;
    close(handle);
    return result == -EPERM ? 0 : result; /* another user's; its other bits may give access, or a later call fails */
}

int pc_close_to_owner(int dir, const char *name, int filled)
{
    int handle = filled > 0 ? open_directory(dir, name) : 0;
    if (handle <= 0)
        return handle;
    int result = pc_change_mode((struct pc_handle){handle, true}, (mode_t)(filled - 1)) < 0 ? -errno : 0;
    close(handle);
    return result;
}
