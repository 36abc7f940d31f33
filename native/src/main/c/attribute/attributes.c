#include "pcircle_config.h"

#include "attribute/attributes.h"

#include <errno.h>
#include <fcntl.h>

#include "attribute/mode.h"
#include "attribute/ownership.h"
#include "filesystem/time_granularity.h"
#include "record/attribute_loss.h"
#include "sys/retry.h"

enum { PERMISSIONS = 0777, SET_ID = S_ISUID | S_ISGID, MODE_BITS = SET_ID | S_ISVTX | PERMISSIONS };

struct pc_present pc_present(const struct stat *status)
{
    return (struct pc_present){status->st_uid, status->st_gid, status->st_mode & MODE_BITS, true};
}

/* The set-id bits that may be preserved. */
static mode_t set_id_bits(
    const struct pc_entry *wanted, const struct pc_present *present, const struct pc_context *context)
{
    if (pc_is_owner(wanted, present->uid, present->gid))
        return pc_may_set_group_id(present->gid) ? SET_ID : S_ISUID;
    bool group_is_preserved = context->preserve & PC_PRESERVE_OWNERSHIP && wanted->gid == present->gid;
    return group_is_preserved && pc_may_set_group_id(present->gid) ? S_ISGID : 0;
}

mode_t pc_final_mode(const struct pc_entry *wanted, const struct pc_present *present, const struct pc_context *context)
{
    if (context->preserve & PC_PRESERVE_MODE && !(wanted->mode & SET_ID))
        return wanted->mode & MODE_BITS;
    if (context->preserve & PC_PRESERVE_MODE)
        return wanted->mode & ((MODE_BITS & ~SET_ID) | set_id_bits(wanted, present, context));
    /* A new directory inherits set-group-id from its parent: that follows the target's rules, not the source's mode. */
    mode_t present_set_id = present->mode == PC_MODE_UNKNOWN ? 0 : present->mode & SET_ID;
    return (wanted->mode & MODE_BITS & ~SET_ID) | present_set_id;
}

void pc_note_mode(const struct pc_entry *wanted, gid_t gid, struct pc_loss *loss)
{
    bool has_bit = loss->context->preserve & PC_PRESERVE_MODE && wanted->mode & S_ISGID && !S_ISLNK(wanted->mode);
    if (has_bit && wanted->gid == gid && !pc_may_set_group_id(gid))
        pc_not_preserved(loss, PC_MODE, EPERM);
}

void pc_note_times(const struct pc_entry *wanted, int64_t modified, struct pc_loss *loss)
{
    if (loss->context->preserve & PC_PRESERVE_TIMESTAMPS && pc_is_clamped(wanted->mtime_s, modified))
        pc_not_preserved(loss, PC_TIMESTAMPS, EOVERFLOW);
}

/* The granularity of access times may be a day. */
enum { ACCESS_GRANULARITY_S = 24 * 60 * 60 };

static bool is_access_clamped(int64_t wanted, int64_t now)
{
    return now < wanted ? wanted - now >= ACCESS_GRANULARITY_S : now > wanted && pc_is_clamped(wanted, now);
}

/* Notes times that the file system has stored as others, after they were set. */
static int look_at_times(int fd, const char *name, const struct pc_entry *wanted, struct pc_loss *loss)
{
    if (pc_is_held_everywhere(wanted->mtime_s) && pc_is_held_everywhere(wanted->atime_s))
        return 0;
    struct stat now;
    if (PC_RETRY(name ? fstatat(fd, name, &now, AT_SYMLINK_NOFOLLOW) : fstat(fd, &now)) < 0)
        return pc_failed(PC_UTIMENS, errno);
    if (pc_is_clamped(wanted->mtime_s, now.st_mtim.tv_sec) || is_access_clamped(wanted->atime_s, now.st_atim.tv_sec))
        pc_not_preserved(loss, PC_TIMESTAMPS, EOVERFLOW);
    return 0;
}

int pc_set_times(int fd, const char *name, const struct pc_entry *wanted, struct pc_loss *loss)
{
    if (!(loss->context->preserve & PC_PRESERVE_TIMESTAMPS))
        return 0;
    struct timespec times[2] = {
        {.tv_sec = wanted->atime_s, .tv_nsec = wanted->atime_ns},
        {.tv_sec = wanted->mtime_s, .tv_nsec = wanted->mtime_ns},
    };
    int result = PC_RETRY(name ? utimensat(fd, name, times, AT_SYMLINK_NOFOLLOW) : futimens(fd, times));
    if (result < 0)
        return pc_rejected_or_failed(loss, PC_TIMESTAMPS, PC_UTIMENS, errno);
    return look_at_times(fd, name, wanted, loss);
}

int pc_set_attributes(
    struct pc_handle target,
    const struct pc_entry *wanted,
    const struct pc_xattrs *xattrs,
    struct pc_present present,
    struct pc_loss *loss)
{
    int result = pc_give_owner(target.fd, wanted, &present.uid, &present.gid, loss);
    if (result > 0 && present.mode & SET_ID && !S_ISDIR(wanted->mode)) /* chown clears none of a directory */
        present.mode = PC_MODE_UNKNOWN;
    if (result >= 0)
        result = pc_xattrs_set(xattrs, target, PC_BEFORE_MODE, present.may_have_others, loss);
    if (result < 0)
        return result;
    pc_note_mode(wanted, present.gid, loss);
    mode_t mode = pc_final_mode(wanted, &present, loss->context);
    bool is_right = S_ISLNK(wanted->mode) || (result == 0 && mode == present.mode);
    result = is_right ? 0 : pc_set_mode(target, mode, loss);
    if (result == 0)
        result = pc_xattrs_set(xattrs, target, PC_AFTER_MODE, present.may_have_others, loss);
    return result < 0 ? result : 0;
}
