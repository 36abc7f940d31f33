#include "pcircle_config.h"

#include "attributes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

enum { PERMISSIONS = 0777, SET_ID = S_ISUID | S_ISGID, MODE_BITS = SET_ID | S_ISVTX | PERMISSIONS };

/* The umask as far as we know: until somebody says otherwise it may take anything away. */
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

struct pc_present pc_present(const struct stat *status)
{
    return (struct pc_present){status->st_uid, status->st_gid, status->st_mode & MODE_BITS};
}

bool pc_is_owner(const struct pc_entry *wanted, uid_t uid, gid_t gid)
{
    return wanted->uid == uid && wanted->gid == gid;
}

mode_t pc_final_mode(const struct pc_entry *wanted, const struct pc_present *present, const struct pc_context *context)
{
    if (context->keep & PC_KEEP_MODE)
        return wanted->mode & (pc_is_owner(wanted, present->uid, present->gid) ? MODE_BITS : MODE_BITS & ~SET_ID);
    /* A new directory hands its group on if its parent does so: that is the target's way, not the source's mode. */
    bool inherits = S_ISDIR(wanted->mode) && present->mode != PC_MODE_UNKNOWN;
    return (wanted->mode & PERMISSIONS & ~context->umask) | (inherits ? present->mode & S_ISGID : 0);
}

int pc_set_owner(int fd, const struct pc_entry *wanted, struct pc_present *present, struct pc_context *context)
{
    if (!(context->keep & PC_KEEP_OWNERSHIP) || pc_is_owner(wanted, present->uid, present->gid))
        return 0;
    if (TEMP_FAILURE_RETRY(fchownat(fd, "", wanted->uid, wanted->gid, AT_EMPTY_PATH)) < 0)
        return pc_failed(context, PC_CHOWN, errno);
    present->uid = wanted->uid;
    present->gid = wanted->gid;
    if (present->mode & SET_ID)
        present->mode = PC_MODE_UNKNOWN;
    return 0;
}

static int set_mode(int fd, const struct pc_entry *wanted, const struct pc_present *present, struct pc_context *context)
{
    mode_t mode = pc_final_mode(wanted, present, context);
    if (mode == present->mode || TEMP_FAILURE_RETRY(fchmod(fd, mode)) == 0)
        return 0;
    return pc_failed(context, PC_CHMOD, errno);
}

int pc_set_times(int fd, const char *name, const struct pc_entry *wanted, struct pc_context *context)
{
    if (!(context->keep & PC_KEEP_TIMESTAMPS))
        return 0;
    struct timespec times[2] = {
        {.tv_sec = wanted->atime_s, .tv_nsec = wanted->atime_ns},
        {.tv_sec = wanted->mtime_s, .tv_nsec = wanted->mtime_ns},
    };
    int result = TEMP_FAILURE_RETRY(name ? utimensat(fd, name, times, AT_SYMLINK_NOFOLLOW) : futimens(fd, times));
    return result < 0 ? pc_failed(context, PC_UTIMENS, errno) : 0;
}

int pc_set_attributes(int fd, const struct pc_entry *wanted, struct pc_present present, struct pc_context *context)
{
    int result = pc_set_owner(fd, wanted, &present, context);
    if (result == 0)
        result = set_mode(fd, wanted, &present, context);
    if (result == 0)
        result = pc_set_times(fd, NULL, wanted, context);
    return result;
}
