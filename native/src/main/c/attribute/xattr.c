#include "pcircle_config.h"

#include "attribute/xattr.h"

#include <errno.h>
#include <linux/limits.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#ifdef PCIRCLE_HAVE_LIBATTR
#include <attr/error_context.h>
#include <attr/libattr.h>
#endif

#include "attribute/mode.h"
#include "filesystem/lustre_layout.h"
#include "record/attribute_loss.h"
#include "sys/handle.h"
#include "sys/retry.h"

/* ---- names ---- */

static _Thread_local char source_names[XATTR_LIST_MAX];
static _Thread_local char target_names[XATTR_LIST_MAX];
static _Thread_local char value[XATTR_SIZE_MAX];
static _Thread_local char present_value[XATTR_SIZE_MAX];

static const char access_acl[] = "system.posix_acl_access";

static bool begins_with(const char *name, const char *start)
{
    return strncmp(name, start, strlen(start)) == 0;
}

static bool is_one_of(const char *name, const char *const names[])
{
    for (; *names; names++) {
        if (strcmp(name, *names) == 0)
            return true;
    }
    return false;
}

static bool is_acl(const char *name)
{
    static const char *const names[] = {
        "system.posix_acl_access", "system.posix_acl_default", "system.nfs4_acl", "system.nfs4acl", NULL,
    };
    return is_one_of(name, names);
}

/* Labels that this host's security modules give to every file. They are not removed where the source has none. */
static bool belongs_to_host(const char *name)
{
    static const char *const names[] = {"security.selinux", "security.ima", "security.evm", "security.SMACK64", NULL};
    return is_one_of(name, names);
}

#ifdef PCIRCLE_HAVE_LIBATTR

/* libattr reads its configuration on its first call, which must be made by one thread only. */
static void configure(void)
{
    attr_copy_action("user.pcircle", NULL);
}

static bool is_left_out(const char *name)
{
    static pthread_once_t configured = PTHREAD_ONCE_INIT;
    pthread_once(&configured, configure);
    return attr_copy_action(name, NULL) == ATTR_ACTION_SKIP;
}

#else

static bool is_left_out(const char *name)
{
    return strcmp(name, "security.evm") == 0;
}

#endif

static enum pc_kind kind_of(const char *name)
{
    return is_acl(name) ? PC_ACL : PC_XATTR;
}

static bool is_copied(const char *name)
{
    bool is_extended = begins_with(name, "user.") || begins_with(name, "trusted.") || begins_with(name, "security.");
    return is_acl(name) || (is_extended && !pc_is_layout_attribute(name) && !is_left_out(name));
}

static bool is_capability(const char *name)
{
    return strcmp(name, "security.capability") == 0;
}

static enum pc_xattr_stage stage_of(const char *name)
{
    return is_capability(name) ? PC_AFTER_MODE : PC_BEFORE_MODE;
}

static bool is_wanted(const char *name, const struct pc_context *context)
{
    return context->preserve & 1u << kind_of(name) && is_copied(name);
}

static const char *next(const char *name)
{
    return name + strlen(name) + 1;
}

static bool contains(const char *names, size_t bytes, const char *wanted)
{
    for (const char *name = names; name < names + bytes; name = next(name)) {
        if (strcmp(name, wanted) == 0)
            return true;
    }
    return false;
}

/* ---- reading ---- */

/* A file system that does not support attributes has none. */
static ssize_t none_if_unsupported(ssize_t bytes)
{
    return bytes < 0 && (errno == EOPNOTSUPP || errno == ENOSYS) ? 0 : bytes;
}

void pc_xattrs_read(struct pc_handle source, struct pc_loss *loss, struct pc_xattrs *xattrs)
{
    *xattrs = (struct pc_xattrs){.source = source};
    if (!pc_wants_xattrs(loss->context))
        return;
    ssize_t bytes = none_if_unsupported(pc_list_xattrs(source, source_names, sizeof source_names));
    xattrs->unknown = bytes < 0;
    if (xattrs->unknown)
        pc_attribute_failed(loss, PC_GETXATTR, errno);
    else
        xattrs->name_bytes = (size_t)bytes;
}

bool pc_xattrs_look(int dir, const char *name, enum pc_operation operation, struct pc_loss *loss)
{
    if (!pc_wants_xattrs(loss->context))
        return false;
    ssize_t bytes = none_if_unsupported(pc_list_xattrs_of(dir, name, source_names, sizeof source_names));
    if (bytes < 0)
        pc_attribute_failed(loss, operation, errno);
    bool any = false;
    for (const char *found = source_names; found < source_names + bytes; found = next(found))
        any |= is_wanted(found, loss->context);
    return any;
}

/* ---- setting ---- */

/* The result of a stage. */
struct outcome {
    int rejected[PC_KINDS]; /* errnos, so that an entry counts once for each kind */
    bool is_open;           /* S_IWUSR was added for the owner */
    bool need_room;
};

/* Whether a value was too large for the file, as some file systems limit its attributes, while the disk has space. */
static bool is_too_much(struct pc_handle target, int error)
{
    struct statvfs room;
    return error == ENOSPC && fstatvfs(target.fd, &room) == 0 && room.f_bavail > 0;
}

/* After errno: records an error; or returns a failure if it is the target's. */
static int note(struct outcome *outcome, enum pc_kind kind, struct pc_handle target, struct pc_loss *loss)
{
    int error = errno;
    if (pc_is_rejection(error) || is_too_much(target, error))
        outcome->rejected[kind] = error;
    else if (outcome->need_room && pc_is_full(pc_failed(PC_SETXATTR, error)))
        return pc_failed(PC_SETXATTR, error);
    else
        pc_attribute_failed(loss, PC_SETXATTR, error);
    return 0;
}

static void note_rejected(const struct outcome *outcome, struct pc_loss *loss)
{
    for (int kind = 0; kind < PC_KINDS; kind++) {
        if (outcome->rejected[kind] != 0)
            pc_not_preserved(loss, (enum pc_kind)kind, outcome->rejected[kind]);
    }
}

/*
 * Whether S_IWUSR was missing and could be added, after errno, which is preserved. Attributes of users need write
 * permission, while ACL and mode only need ownership. The other permission bits stay as they are.
 */
static bool let_owner_write(struct pc_handle target, struct outcome *outcome, struct pc_loss *loss)
{
    struct stat status;
    if (errno != EACCES || outcome->is_open)
        return false;
    bool may_help = PC_RETRY(fstat(target.fd, &status)) == 0
        && !(status.st_mode & S_IWUSR)
        && status.st_uid == geteuid();
    outcome->is_open = may_help && pc_set_mode(target, (status.st_mode & 07777) | S_IWUSR, loss) == 0;
    errno = EACCES;
    return outcome->is_open;
}

static bool has_already(struct pc_handle target, const char *name, size_t bytes)
{
    ssize_t present = pc_get_xattr(target, name, present_value, sizeof present_value);
    return present >= 0 && (size_t)present == bytes && memcmp(present_value, value, bytes) == 0;
}

static int copy_one(
    const struct pc_xattrs *xattrs,
    struct pc_handle target,
    const char *name,
    bool may_have_others,
    struct outcome *outcome,
    struct pc_loss *loss)
{
    ssize_t bytes = pc_get_xattr(xattrs->source, name, value, sizeof value);
    if (bytes < 0) {
        if (errno != ENODATA) /* removed since it was listed */
            pc_attribute_failed(loss, PC_GETXATTR, errno);
        return 0;
    }
    if (may_have_others && has_already(target, name, (size_t)bytes))
        return 0;
    bool is_set = pc_set_xattr(target, name, value, (size_t)bytes) == 0
        || (let_owner_write(target, outcome, loss) && pc_set_xattr(target, name, value, (size_t)bytes) == 0);
    return is_set ? 0 : note(outcome, kind_of(name), target, loss);
}

/*
 * When an ACL is removed, the group gets the permissions of the ACL's mask. So only the owner keeps any permissions
 * until the mode is set.
 */
static int shut(struct pc_handle target, struct pc_loss *loss)
{
    struct stat status;
    if (PC_RETRY(fstat(target.fd, &status)) < 0)
        return pc_failed(PC_STAT, errno);
    return status.st_mode & 077 ? pc_set_mode(target, status.st_mode & 07700, loss) : 0;
}

static int take_one_away(
    struct pc_handle target, const char *name, struct outcome *outcome, struct pc_loss *loss)
{
    int result = strcmp(name, access_acl) == 0 ? shut(target, loss) : 0;
    if (result < 0 || pc_remove_xattr(target, name) == 0 || errno == ENODATA)
        return result;
    if (let_owner_write(target, outcome, loss) && pc_remove_xattr(target, name) == 0)
        return 0;
    return note(outcome, kind_of(name), target, loss);
}

/* Removes attributes that the source does not have. Returns 1 if an ACL was removed, 0 if not, or a failure. */
static int take_others_away(
    const struct pc_xattrs *xattrs,
    struct pc_handle target,
    enum pc_xattr_stage stage,
    struct outcome *outcome,
    struct pc_loss *loss)
{
    ssize_t bytes = none_if_unsupported(pc_list_xattrs(target, target_names, sizeof target_names));
    if (bytes < 0)
        pc_attribute_failed(loss, PC_SETXATTR, errno);
    int touched = 0;
    for (const char *name = target_names; name < target_names + bytes; name = next(name)) {
        bool is_other = is_wanted(name, loss->context) && stage_of(name) == stage && !belongs_to_host(name)
            && !contains(source_names, xattrs->name_bytes, name);
        int result = is_other ? take_one_away(target, name, outcome, loss) : 0;
        if (result < 0)
            return result;
        touched |= is_other && is_acl(name);
    }
    return touched;
}

/* Sets one kind of attributes of a stage. Returns 1 if an ACL was set, 0 if not, or a failure. */
static int copy_kind(
    const struct pc_xattrs *xattrs,
    struct pc_handle target,
    enum pc_xattr_stage stage,
    enum pc_kind kind,
    bool may_have_others,
    struct outcome *outcome,
    struct pc_loss *loss)
{
    int touched = 0;
    const char *end = source_names + xattrs->name_bytes;
    for (const char *name = source_names; name < end; name = next(name)) {
        if (stage_of(name) != stage || kind_of(name) != kind || !is_wanted(name, loss->context))
            continue;
        int result = copy_one(xattrs, target, name, may_have_others, outcome, loss);
        if (result < 0)
            return result;
        touched |= kind == PC_ACL;
    }
    return touched;
}

bool pc_xattrs_have_acl(const struct pc_xattrs *xattrs)
{
    return contains(source_names, xattrs->name_bytes, access_acl);
}

int pc_xattrs_set(
    const struct pc_xattrs *xattrs,
    struct pc_handle target,
    enum pc_xattr_stage stage,
    bool may_have_others,
    struct pc_loss *loss)
{
    if (!pc_wants_xattrs(loss->context) || xattrs->unknown || (xattrs->name_bytes == 0 && !may_have_others))
        return 0;
    struct outcome outcome = {.need_room = xattrs->need_room};
    int gone = may_have_others ? take_others_away(xattrs, target, stage, &outcome, loss) : 0;
    if (gone < 0)
        return gone;
    int result = copy_kind(xattrs, target, stage, PC_XATTR, may_have_others, &outcome, loss);
    if (result >= 0)
        result = copy_kind(xattrs, target, stage, PC_ACL, may_have_others, &outcome, loss);
    if (result >= 0)
        note_rejected(&outcome, loss);
    return result < 0 ? result : result | gone | outcome.is_open;
}

/* ---- comparing ---- */

/* Whether an attribute of the target would be removed. */
static bool is_too_much_there(const char *name, const struct pc_xattrs *xattrs, const struct pc_context *context)
{
    return is_wanted(name, context) && !belongs_to_host(name) && !contains(source_names, xattrs->name_bytes, name);
}

uint32_t pc_xattrs_compare(struct pc_handle source, struct pc_handle target, struct pc_loss *loss)
{
    struct pc_xattrs xattrs;
    pc_xattrs_read(source, loss, &xattrs);
    uint32_t kinds = 0;
    for (const char *name = source_names; name < source_names + xattrs.name_bytes; name = next(name)) {
        ssize_t bytes = is_wanted(name, loss->context) ? pc_get_xattr(source, name, value, sizeof value) : 0;
        if (bytes < 0 && errno != ENODATA)
            pc_attribute_failed(loss, PC_GETXATTR, errno);
        bool differs = bytes >= 0 && is_wanted(name, loss->context) && !has_already(target, name, (size_t)bytes);
        kinds |= differs ? 1u << kind_of(name) : 0;
    }
    if (target.fd < 0 || xattrs.unknown || !pc_wants_xattrs(loss->context))
        return kinds;
    ssize_t bytes = none_if_unsupported(pc_list_xattrs(target, target_names, sizeof target_names));
    if (bytes < 0)
        pc_attribute_failed(loss, PC_SETXATTR, errno);
    for (const char *name = target_names; name < target_names + bytes; name = next(name))
        kinds |= is_too_much_there(name, &xattrs, loss->context) ? 1u << kind_of(name) : 0;
    return kinds;
}
