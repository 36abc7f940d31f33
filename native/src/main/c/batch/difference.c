#include "pcircle_config.h"

#include "batch/difference.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "attribute/ownership.h"
#include "attribute/xattr.h"
#include "batch/update.h"
#include "entries/kept.h"
#include "sys/retry.h"

bool pc_is_ours(const struct stat *status)
{
    return geteuid() == 0 || status->st_uid == geteuid();
}

bool pc_is_on_read_only(int dir)
{
    return PC_RETRY(faccessat(dir, ".", W_OK, AT_EACCESS)) < 0 && errno == EROFS;
}

static uint32_t xattr_changes(uint32_t kinds)
{
    return (kinds & PC_PRESERVE_XATTR ? PC_OTHER_XATTR : 0u) | (kinds & PC_PRESERVE_ACL ? PC_OTHER_ACL : 0u);
}

static uint32_t owner_changes(uid_t uid, gid_t gid, const struct stat *now)
{
    return (uid != now->st_uid ? PC_OTHER_OWNER : 0u) | (gid != now->st_gid ? PC_OTHER_GROUP : 0u);
}

/* ---- an entry that stays ---- */

/*
 * Adds a change, unless the entry is another user's: then it cannot be preserved. Returns 0 or a failure.
 */
static int differ(
    struct pc_difference *difference,
    enum pc_change change,
    enum pc_kind kind,
    enum pc_operation operation,
    struct pc_loss *loss)
{
    if (difference->is_read_only)
        return pc_failed(operation, EROFS);
    if (!pc_is_ours(&difference->now))
        return pc_rejected_or_failed(loss, kind, operation, EPERM);
    difference->changes |= change;
    return 0;
}

static int compare_owner(struct pc_difference *difference, struct pc_present *present, struct pc_loss *loss)
{
    bool stays = pc_owner_stays(difference->wanted, present->uid, present->gid, loss->context);
    if (!stays && difference->is_read_only)
        return pc_failed(PC_CHOWN, EROFS);
    pc_foresee_owner(difference->wanted, &present->uid, &present->gid, loss);
    difference->changes |= owner_changes(present->uid, present->gid, &difference->now);
    return 0;
}

static int compare_mode(struct pc_difference *difference, const struct pc_present *present, struct pc_loss *loss)
{
    pc_note_mode(difference->wanted, present->gid, loss);
    bool has_mode = loss->context->preserve & PC_PRESERVE_MODE && !S_ISLNK(difference->now.st_mode);
    bool differs = has_mode && pc_final_mode(difference->wanted, present, loss->context) != present->mode;
    return differs ? differ(difference, PC_OTHER_MODE, PC_MODE, PC_CHMOD, loss) : 0;
}

static int compare_xattrs(
    struct pc_difference *difference, struct pc_handle source, struct pc_handle target, struct pc_loss *loss)
{
    uint32_t changes = source.fd < 0 ? 0 : xattr_changes(pc_xattrs_compare(source, target, loss));
    int result = 0;
    if (changes & PC_OTHER_XATTR)
        result = differ(difference, PC_OTHER_XATTR, PC_XATTR, PC_SETXATTR, loss);
    if (result == 0 && changes & PC_OTHER_ACL)
        result = differ(difference, PC_OTHER_ACL, PC_ACL, PC_SETXATTR, loss);
    return result;
}

int pc_compare_times(struct pc_difference *difference, struct pc_loss *loss)
{
    bool differs = loss->context->preserve & PC_PRESERVE_TIMESTAMPS
        && !pc_seems_same_time(difference->wanted, &difference->now);
    return differs ? differ(difference, PC_OTHER_TIMES, PC_TIMESTAMPS, PC_UTIMENS, loss) : 0;
}

int pc_compare_attributes(
    struct pc_difference *difference, struct pc_handle source, struct pc_handle target, struct pc_loss *loss)
{
    struct pc_present present = pc_present(&difference->now);
    int result = compare_owner(difference, &present, loss);
    if (result == 0)
        result = compare_xattrs(difference, source, target, loss);
    return result == 0 ? compare_mode(difference, &present, loss) : result;
}

int pc_compare_opened(
    int source_dir, int target_dir, const char *target_name, struct pc_difference *difference, struct pc_loss *loss)
{
    bool wants = pc_wants_xattrs(loss->context);
    struct pc_handle source = wants ? pc_open_handle(source_dir, difference->wanted->name) : pc_no_handle();
    if (wants && source.fd < 0)
        return pc_failed(PC_OPEN, errno);
    struct pc_handle target = wants ? pc_open_handle(target_dir, target_name) : pc_no_handle();
    int result = wants && target.fd < 0 ? pc_failed(PC_CREATE, errno)
                                        : pc_compare_attributes(difference, source, target, loss);
    pc_close_handle(target);
    pc_close_handle(source);
    return result;
}

uint32_t pc_changes_by_updating(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    struct pc_context *context)
{
    struct pc_difference difference = {.wanted = entry, .now = *now};
    struct pc_loss loss = {.context = context, .is_foreseen = true};
    /* A failure is met again, and reported, when the attributes are set. */
    bool is_compared = pc_compare_opened(source_dir, target_dir, target_name, &difference, &loss) == 0;
    bool keeps_times = S_ISREG(now->st_mode) || !(context->preserve & PC_PRESERVE_TIMESTAMPS)
        || pc_is_same_time(entry, &now->st_mtim, target_dir, context);
    if (is_compared && !keeps_times)
        differ(&difference, PC_OTHER_TIMES, PC_TIMESTAMPS, PC_UTIMENS, &loss);
    return difference.changes;
}

/* ---- an entry that is replaced ---- */

static uint32_t content_changes(
    int source_dir, int target_dir, const struct pc_entry *entry, const char *target_name, const struct stat *now)
{
    bool differs = pc_is_same_content(source_dir, target_dir, entry, target_name, now) == 0;
    return !differs ? 0u : S_ISREG(entry->mode) ? PC_OTHER_SIZE : PC_OTHER_CONTENT;
}

/* Where modes are not preserved, the new entry gets that of the existing one, but for the set-id bits. */
static bool is_other_mode(
    const struct pc_entry *entry, const struct stat *now, uid_t uid, gid_t gid, const struct pc_context *context)
{
    if (S_ISLNK(entry->mode))
        return false;
    if (!(context->preserve & PC_PRESERVE_MODE))
        return now->st_mode & (S_ISUID | S_ISGID);
    struct pc_present present = {.uid = uid, .gid = gid, .mode = PC_MODE_UNKNOWN};
    return pc_final_mode(entry, &present, context) != (now->st_mode & 07777);
}

static uint32_t attribute_changes(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    struct pc_context *context)
{
    struct pc_loss loss = {.context = context, .is_foreseen = true};
    uid_t uid = geteuid();
    gid_t gid = getegid();
    pc_foresee_owner(entry, &uid, &gid, &loss);
    uint32_t changes = owner_changes(uid, gid, now);
    if (is_other_mode(entry, now, uid, gid, context))
        changes |= PC_OTHER_MODE;
    if (!pc_wants_xattrs(context))
        return changes;
    struct pc_handle source = pc_open_handle(source_dir, entry->name);
    struct pc_handle target = pc_open_handle(target_dir, target_name);
    if (source.fd >= 0 && target.fd >= 0)
        changes |= xattr_changes(pc_xattrs_compare(source, target, &loss));
    pc_close_handle(target);
    pc_close_handle(source);
    return changes;
}

uint32_t pc_changes_by_replacing(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    const struct stat *now,
    bool look_only,
    struct pc_context *context)
{
    if ((now->st_mode & S_IFMT) != (entry->mode & S_IFMT))
        return PC_MADE | PC_REPLACED | PC_OTHER_TYPE;
    bool keeps_times = context->preserve & PC_PRESERVE_TIMESTAMPS
        && (look_only ? pc_seems_same_time(entry, now)
                      : pc_is_same_time(entry, &now->st_mtim, target_dir, context));
    return PC_MADE | PC_REPLACED | (keeps_times ? 0u : PC_OTHER_TIMES)
        | content_changes(source_dir, target_dir, entry, target_name, now)
        | attribute_changes(source_dir, target_dir, entry, target_name, now, context);
}

int pc_changes_by_making(
    int source_dir,
    int target_dir,
    const struct pc_entry *entry,
    const char *target_name,
    bool look_only,
    struct pc_context *context)
{
    struct stat now;
    if (PC_RETRY(fstatat(target_dir, target_name, &now, AT_SYMLINK_NOFOLLOW)) < 0)
        return errno == ENOENT ? PC_MADE : pc_failed(PC_CREATE, errno);
    return (int)pc_changes_by_replacing(source_dir, target_dir, entry, target_name, &now, look_only, context);
}
