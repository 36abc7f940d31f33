#include "pcircle_config.h"

#include "attribute/target_mode.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "record/run_start.h"
#include "sys/birth_time.h"
#include "sys/retry.h"

enum { PERMISSIONS = 0777, MODE_BITS = 07777 };

/* ---- default ACLs ---- */

enum { CLASS_PERMISSIONS = 07 };

/* The mode that an ACL allows; its mask, where it has one, replaces the group's permissions. */
static mode_t permissions_of(const struct posix_acl_xattr_entry *entries, size_t count)
{
    mode_t owner = 0, group = 0, mask = 0, others = 0;
    bool has_mask = false;
    for (size_t i = 0; i < count; i++) {
        mode_t permissions = le16toh(entries[i].e_perm) & CLASS_PERMISSIONS;
        switch (le16toh(entries[i].e_tag)) {
        case ACL_USER_OBJ:
            owner = permissions;
            break;
        case ACL_GROUP_OBJ:
            group = permissions;
            break;
        case ACL_MASK:
            mask = permissions;
            has_mask = true;
            break;
        case ACL_OTHER:
            others = permissions;
            break;
        default:
            break;
        }
    }
    return owner << 6 | (has_mask ? mask : group) << 3 | others;
}

mode_t pc_permissions_in(int dir, const struct pc_context *context)
{
    if (context->preserve & PC_PRESERVE_MODE)
        return PERMISSIONS;
    static _Thread_local struct {
        struct posix_acl_xattr_header header;
        struct posix_acl_xattr_entry entries[XATTR_SIZE_MAX / sizeof(struct posix_acl_xattr_entry)];
    } acl;
    mode_t by_umask = PERMISSIONS & ~context->umask;
    if (context->preserve & PC_PRESERVE_ACL) /* then it gets its source's ACL, or none */
        return by_umask;
    ssize_t bytes = fgetxattr(dir, "system.posix_acl_default", &acl, sizeof acl);
    if (bytes < (ssize_t)sizeof acl.header || le32toh(acl.header.a_version) != POSIX_ACL_XATTR_VERSION)
        return by_umask;
    return permissions_of(acl.entries, ((size_t)bytes - sizeof acl.header) / sizeof acl.entries[0]);
}

/* ---- records ---- */

static void set_permissions(struct pc_entry *entry, mode_t mode)
{
    entry->mode = (uint16_t)((entry->mode & S_IFMT) | mode);
}

void pc_set_target_mode_of_new(struct pc_entry *entry, mode_t permissions, const struct pc_context *context)
{
    if (!(context->preserve & PC_PRESERVE_MODE))
        set_permissions(entry, entry->mode & permissions & PERMISSIONS);
}

void pc_set_target_mode_from(struct pc_entry *entry, const struct stat *existing, const struct pc_context *context)
{
    bool is_same_type = (existing->st_mode & S_IFMT) == (entry->mode & S_IFMT);
    if (!(context->preserve & PC_PRESERVE_MODE) && is_same_type && !pc_is_of_this_run(existing, context))
        set_permissions(entry, existing->st_mode & MODE_BITS);
}

/* ---- directories ---- */

bool pc_is_directory_of_this_run(int dir, const char *name, const struct pc_context *context)
{
    int flags = AT_SYMLINK_NOFOLLOW | (name[0] ? 0 : AT_EMPTY_PATH);
    struct timespec birth;
    return context->resumed && pc_birth_time(dir, name, flags, &birth) && pc_is_after_start(&birth, context);
}

int pc_target_mode_of_directory(
    int dir, const char *name, mode_t source_mode, bool made, const struct pc_context *context)
{
    if (context->preserve & PC_PRESERVE_MODE)
        return (int)(source_mode & MODE_BITS);
    if (made || pc_is_directory_of_this_run(dir, name, context))
        return (int)(source_mode & (pc_permissions_in(dir, context) | S_ISVTX));
    int flags = AT_SYMLINK_NOFOLLOW | (name[0] ? 0 : AT_EMPTY_PATH);
    struct stat status;
    return PC_RETRY(fstatat(dir, name, &status, flags)) < 0 ? -errno : (int)(status.st_mode & MODE_BITS);
}
