#include "pcircle_config.h"

#include "batch/dry_run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "attribute/ownership.h"
#include "attribute/xattr.h"
#include "batch/difference.h"
#include "batch/update.h"
#include "entries/kept.h"
#include "filesystem/name_folding.h"
#include "record/attribute_loss.h"
#include "sys/handle.h"
#include "sys/retry.h"

/* ---- permissions ---- */

/* If the directory is the user's own, a run makes it writable first. */
int pc_dry_run_fill(int dir)
{
    if (PC_RETRY(faccessat(dir, ".", W_OK | X_OK, AT_EACCESS)) == 0)
        return 0;
    int error = errno;
    struct stat status;
    bool opens = error == EACCES && fstat(dir, &status) == 0 && pc_is_ours(&status);
    return opens ? 0 : -error;
}

/* In a directory with the sticky bit, only the owner of the directory or of the entry may. */
static bool is_stuck(int dir, const struct stat *entry)
{
    struct stat status;
    return fstat(dir, &status) == 0 && status.st_mode & S_ISVTX && !pc_is_ours(&status) && !pc_is_ours(entry);
}

/* Whether nobody may delete an entry, or what is in it: it is immutable, or may only be appended to. */
static bool is_fixed(int dir, const char *name, int flags)
{
#ifdef PCIRCLE_HAVE_STATX
    struct statx status;
    return statx(dir, name, flags, 0, &status) == 0
        && status.stx_attributes & (STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND);
#else
    (void)dir, (void)name, (void)flags;
    return false;
#endif
}

int pc_dry_run_remove(int dir, const char *name)
{
    struct stat status;
    if (PC_RETRY(fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW)) < 0)
        return -errno;
    int error = pc_dry_run_fill(dir);
    if (error < 0)
        return error;
    bool is_held = is_fixed(dir, "", AT_EMPTY_PATH) || is_fixed(dir, name, AT_SYMLINK_NOFOLLOW);
    return is_held || is_stuck(dir, &status) ? -EPERM : 0;
}

/* ---- differences ---- */

/* Notes the attributes of a new entry that would not be preserved. */
static void note_new(const struct pc_entry *entry, struct pc_handle source, struct pc_loss *loss)
{
    if (source.fd >= 0)
        pc_xattrs_compare(source, pc_no_handle(), loss);
    uid_t uid = geteuid();
    gid_t gid = getegid();
    pc_foresee_owner(entry, &uid, &gid, loss);
    pc_note_mode(entry, gid, loss);
}

int pc_dry_run_directory(int source, int target, const struct pc_entry *entry, struct pc_loss *loss)
{
    if (target < 0) {
        note_new(entry, pc_handle_of(source), loss);
        return 0;
    }
    struct pc_difference difference = {.wanted = entry, .is_read_only = pc_is_on_read_only(target)};
    if (PC_RETRY(fstat(target, &difference.now)) < 0)
        return pc_failed(PC_STAT, errno);
    int result = pc_compare_attributes(&difference, pc_handle_of(source), pc_handle_of(target), loss);
    /* A run sets these even if they do not differ. */
    bool fails = difference.is_read_only && loss->context->preserve & PC_PRESERVE_TIMESTAMPS;
    if (result == 0)
        result = fails ? pc_failed(PC_UTIMENS, EROFS) : pc_compare_times(&difference, loss);
    return result < 0 ? result : (int)difference.changes;
}

/* ---- one entry ---- */

struct looking {
    int source_dir;
    int target_dir;
    struct pc_loss loss; /* of the present entry */
    int room; /* the result of pc_dry_run_fill for target_dir; 1: not determined yet */
    struct pc_folding folding;
};

/* The operation that would create the entry, and so would fail. */
static enum pc_operation making(const struct pc_entry *entry)
{
    return S_ISREG(entry->mode) ? PC_CREATE : S_ISLNK(entry->mode) ? PC_SYMLINK : PC_MKNOD;
}

/* Whether the source can be read: 0, or a failure. */
static int look_at_source(const struct looking *looking, const struct pc_entry *entry)
{
    char path[PATH_MAX];
    int dir = looking->source_dir;
    if (S_ISREG(entry->mode)
        && PC_RETRY(faccessat(dir, entry->name, R_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW)) < 0)
        return pc_failed(PC_OPEN, errno);
    if (S_ISLNK(entry->mode) && PC_RETRY(readlinkat(dir, entry->name, path, sizeof path)) < 0)
        return pc_failed(PC_READLINK, errno);
    return 0;
}

/* Only root may create devices, except 0/0 (overlayfs whiteouts). */
static bool may_be_made(const struct pc_entry *entry)
{
    bool is_device = S_ISBLK(entry->mode) || (S_ISCHR(entry->mode) && (entry->rdev_major | entry->rdev_minor) != 0);
    return !is_device || geteuid() == 0;
}

/* 0 if it would be created, or a failure. `now` is the existing entry; NULL if there is none. */
static int look_at_making(struct looking *looking, const struct pc_entry *entry, const struct stat *now)
{
    struct pc_context *context = looking->loss.context;
    int result = look_at_source(looking, entry);
    if (result < 0)
        return result;
    if (now && context->existing == PC_REFUSE)
        return pc_failed(making(entry), EEXIST);
    if (now && S_ISDIR(now->st_mode))
        return pc_failed(PC_CREATE, EISDIR);
    if (looking->room > 0)
        looking->room = looking->target_dir < 0 ? 0 : pc_dry_run_fill(looking->target_dir);
    if (looking->room < 0)
        return pc_failed(making(entry), -looking->room);
    if (!may_be_made(entry))
        return pc_failed(making(entry), EPERM);
    if (now && is_stuck(looking->target_dir, now))
        return pc_failed(PC_RENAME, EPERM);
    struct pc_handle source =
        pc_wants_xattrs(context) ? pc_open_handle(looking->source_dir, entry->name) : pc_no_handle();
    note_new(entry, source, &looking->loss);
    pc_close_handle(source);
    return 0;
}

/* `now` is the existing entry; NULL if there is none. Sets `changes` if it would be made or replaced. */
static struct pc_result make(
    struct looking *looking, const struct pc_entry *entry, const char *name, const struct stat *now, uint16_t *changes)
{
    int result = look_at_making(looking, entry, now);
    if (result < 0)
        return pc_result_of(result);
    int source = looking->source_dir, target = looking->target_dir;
    *changes = now ? (uint16_t)pc_changes_by_replacing(source, target, entry, name, now, true, looking->loss.context)
                   : PC_MADE;
    return pc_came_to(PC_DONE);
}

/* PC_DONE if it would be made or replaced, PC_UP_TO_DATE but for `changes`, PC_KEPT, or a failure. Sets `changes`. */
static struct pc_result look(
    struct looking *looking, const struct pc_entry *entry, const char *name, uint16_t *changes)
{
    struct pc_context *context = looking->loss.context;
    int source = looking->source_dir, target = looking->target_dir;
    struct pc_difference difference = {.wanted = entry};
    if (pc_entry_is_undescribed(entry))
        return pc_result_of(pc_failed(PC_STAT, entry->error));
    if (target < 0)
        return make(looking, entry, name, NULL, changes);
    bool is_there = PC_RETRY(fstatat(target, name, &difference.now, AT_SYMLINK_NOFOLLOW)) == 0;
    if (!is_there && errno != ENOENT)
        return pc_result_of(pc_failed(pc_may_leave(context) ? PC_CREATE : making(entry), errno));
    int judged = 0;
    if (is_there && context->existing != PC_REFUSE)
        judged = pc_refuse_taken(source, entry->name, target, name, &looking->folding);
    if (judged == 0 && is_there)
        judged = pc_judge_existing(source, target, entry, name, &difference.now, true, context);
    if (judged == PC_KEPT)
        return pc_came_to(PC_KEPT);
    if (judged < 0)
        return pc_result_of(judged);
    if (judged == 0)
        return make(looking, entry, name, is_there ? &difference.now : NULL, changes);
    difference.is_read_only = pc_is_on_read_only(target);
    int result = pc_compare_opened(source, target, name, &difference, &looking->loss);
    if (result == 0 && !S_ISREG(difference.now.st_mode))
        result = pc_compare_times(&difference, &looking->loss);
    *changes = (uint16_t)difference.changes;
    return result < 0 ? pc_result_of(result) : pc_came_to(PC_UP_TO_DATE);
}

int64_t pc_dry_run_entries(
    int source_dir,
    int target_dir,
    void *records,
    size_t bytes,
    const char *target_name,
    uint16_t *changes,
    size_t changes_max,
    struct pc_context *context)
{
    int count = pc_count_records(records, bytes);
    if (count < 0 || (size_t)count > changes_max || (target_name && count != 1))
        return -EINVAL;
    struct pc_entry *entry = records;
    const struct pc_entry *end = (const struct pc_entry *)((char *)records + bytes);
    struct looking looking = {
        .source_dir = source_dir,
        .target_dir = target_dir,
        .loss = {.context = context},
        .room = 1,
        .folding = {.records = entry, .end = end},
    };
    for (int i = 0; i < count; i++, entry = pc_entry_next(entry)) {
        changes[i] = 0;
        looking.loss.failure = 0;
        struct pc_result result = look(&looking, entry, target_name ? target_name : entry->name, &changes[i]);
        if (result.outcome != PC_FAILED && looking.loss.failure < 0)
            result = pc_result_of(looking.loss.failure);
        pc_entry_came_to(entry, result);
    }
    pc_folding_end(&looking.folding);
    return count;
}
