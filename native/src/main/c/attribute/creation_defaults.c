#include "pcircle_config.h"

#include "attribute/creation_defaults.h"

#include <errno.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "attribute/mode.h"
#include "attribute/ownership.h"
#include "attribute/target_mode.h"
#include "sys/retry.h"

/* A default ACL replaces the umask and has further effects: its result is not worth predicting. */
static bool has_default_acl(int dir)
{
    return fgetxattr(dir, "system.posix_acl_default", NULL, 0) >= 0;
}

/* The defaults that this thread determined last. */
static _Thread_local struct pc_creation_defaults seen;

/*
 * Reads the properties of a directory that decide the owner of its new entries; takes over the owner if they are those
 * seen last.
 */
static void look(int dir, struct pc_creation_defaults *defaults)
{
    struct stat status;
    if (PC_RETRY(fstat(dir, &status)) < 0)
        return;
    defaults->device = status.st_dev;
    defaults->directory_gid = status.st_gid;
    defaults->hands_group_on = status.st_mode & S_ISGID;
    defaults->owner_is_known = seen.owner_is_known && seen.device == defaults->device
        && seen.directory_gid == defaults->directory_gid && seen.hands_group_on == defaults->hands_group_on;
    defaults->uid = seen.uid;
    defaults->gid = seen.gid;
}

struct pc_creation_defaults pc_creation_defaults_in(int dir, const struct pc_context *context)
{
    /* If neither modes nor ACLs are preserved, the directory's rules apply. */
    bool matters = context->preserve & (PC_PRESERVE_MODE | PC_PRESERVE_ACL);
    struct pc_creation_defaults defaults = {
        .permissions = pc_permissions_in(dir, context),
        .has_default_acl = matters && has_default_acl(dir),
    };
    if (context->preserve & PC_PRESERVE_OWNERSHIP)
        look(dir, &defaults);
    return defaults;
}

bool pc_creation_defaults_owner_stays(
    const struct pc_creation_defaults *defaults, const struct pc_entry *entry, const struct pc_context *context)
{
    return !(context->preserve & PC_PRESERVE_OWNERSHIP)
        || (defaults->owner_is_known && pc_owner_stays(entry, defaults->uid, defaults->gid, context));
}

mode_t pc_creation_defaults_mode(
    const struct pc_creation_defaults *defaults,
    const struct pc_entry *entry,
    const struct pc_xattrs *xattrs,
    const struct pc_context *context)
{
    bool acl_changes = context->preserve & PC_PRESERVE_ACL && (defaults->has_default_acl || pc_xattrs_have_acl(xattrs));
    if (acl_changes || !pc_creation_defaults_owner_stays(defaults, entry, context))
        return 0600;
    struct pc_present present = {.uid = defaults->uid, .gid = defaults->gid, .mode = PC_MODE_UNKNOWN};
    mode_t mode = pc_final_mode(entry, &present, context) & 0777;
    return context->preserve & PC_PRESERVE_XATTR ? mode | S_IWUSR : mode;
}

struct pc_present pc_creation_defaults_seen(struct pc_creation_defaults *defaults, const struct stat *status)
{
    defaults->owner_is_known = true;
    defaults->uid = status->st_uid;
    defaults->gid = status->st_gid;
    seen = *defaults;
    struct pc_present present = pc_present(status);
    present.may_have_others = defaults->has_default_acl;
    return present;
}

int pc_creation_defaults_ask(struct pc_creation_defaults *defaults, int fd, struct pc_context *context)
{
    if (defaults->owner_is_known || !(context->preserve & PC_PRESERVE_OWNERSHIP))
        return 0;
    struct stat status;
    if (PC_RETRY(fstat(fd, &status)) < 0)
        return pc_failed(PC_STAT, errno);
    pc_creation_defaults_seen(defaults, &status);
    return 0;
}

int pc_creation_defaults_present(
    struct pc_creation_defaults *defaults,
    const struct pc_entry *entry,
    int fd,
    mode_t mode,
    struct pc_context *context,
    struct pc_present *present)
{
    bool owner_matters = (context->preserve & PC_PRESERVE_OWNERSHIP) && !defaults->owner_is_known;
    bool must_be_sure = entry->mode & (S_ISUID | S_ISGID);
    if (!owner_matters && !must_be_sure) {
        bool exact = !defaults->has_default_acl && pc_mode_survives(mode);
        *present = (struct pc_present){
            defaults->uid, defaults->gid, exact ? mode : PC_MODE_UNKNOWN, defaults->has_default_acl};
        return 0;
    }
    struct stat status;
    if (PC_RETRY(fstat(fd, &status)) < 0)
        return pc_failed(PC_STAT, errno);
    *present = pc_creation_defaults_seen(defaults, &status);
    return 0;
}
