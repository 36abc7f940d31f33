#include "pcircle_config.h"

#include "entries/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "filesystem/time_granularity.h"
#include "record/failure.h"
#include "record/run_start.h"
#include "sys/birth_time.h"
#include "sys/retry.h"

enum { NS_PER_S = 1000000000 };

/* Seconds; no file system keeps times more coarsely than FAT. */
enum { COARSEST_S = 2 };

/* Whether a time is the record's, stored with this granularity (nanoseconds). */
static bool is_same_to(const struct pc_entry *entry, const struct timespec *now, int64_t granularity)
{
    if (granularity < NS_PER_S)
        return entry->mtime_s == now->tv_sec && entry->mtime_ns / granularity * granularity == now->tv_nsec;
    int64_t seconds = granularity / NS_PER_S;
    return now->tv_nsec == 0 && entry->mtime_s - (entry->mtime_s % seconds + seconds) % seconds == now->tv_sec;
}

bool pc_is_same_time(
    const struct pc_entry *entry, const struct timespec *now, int target_dir, const struct pc_context *context)
{
    if (entry->mtime_s == now->tv_sec && entry->mtime_ns == now->tv_nsec)
        return true;
    bool is_far = now->tv_sec > entry->mtime_s + COARSEST_S || now->tv_sec < entry->mtime_s - COARSEST_S;
    if (is_far && pc_is_held_everywhere(entry->mtime_s))
        return false; /* however the target keeps times */
    struct timespec held = {.tv_sec = entry->mtime_s, .tv_nsec = entry->mtime_ns};
    held = pc_held_time(target_dir, held, context);
    bool is_held = held.tv_sec == now->tv_sec && held.tv_nsec == now->tv_nsec;
    return is_held || is_same_to(entry, now, pc_time_granularity(target_dir, context));
}

bool pc_seems_same_time(const struct pc_entry *entry, const struct stat *now)
{
    return pc_seems_clamped(entry->mtime_s, &now->st_mtim)
        || is_same_to(entry, &now->st_mtim, pc_seeming_granularity(now));
}

static bool is_newer(
    const struct pc_entry *entry,
    const struct stat *now,
    int target_dir,
    bool look_only,
    const struct pc_context *context)
{
    const struct timespec *time = &now->st_mtim;
    bool is_later = time->tv_sec != entry->mtime_s ? time->tv_sec > entry->mtime_s : time->tv_nsec > entry->mtime_ns;
    return is_later
        && !(look_only ? pc_seems_same_time(entry, now) : pc_is_same_time(entry, time, target_dir, context));
}

/*
 * A run never writes into an entry that was there before, and sets the times last. So what it has left half-written was
 * born since the run began, and written since then. One of the two is enough where differing entries are replaced by
 * themselves; where all that exists is kept, nothing is in doubt that need not be.
 */
bool pc_is_doubtful(int target_dir, const char *target_name, const struct stat *now, const struct pc_context *context)
{
    if (!pc_is_in_doubtful_time(&now->st_ctim, context))
        return false;
    struct timespec birth;
    bool is_written = pc_is_in_doubtful_time(&now->st_mtim, context);
    bool has_birth = pc_birth_time(target_dir, target_name, AT_SYMLINK_NOFOLLOW, &birth);
    bool is_born = has_birth && pc_is_in_doubtful_time(&birth, context);
    return context->existing == PC_KEEP ? is_written && (!has_birth || is_born) : is_written || is_born;
}

static bool is_newer_or_all(
    const struct pc_entry *entry,
    const struct stat *now,
    int target_dir,
    bool look_only,
    const struct pc_context *context)
{
    return context->existing == PC_KEEP
        || (!S_ISDIR(now->st_mode) && is_newer(entry, now, target_dir, look_only, context));
}

bool pc_is_kept(
    const struct pc_entry *entry,
    const struct stat *now,
    int target_dir,
    const char *target_name,
    bool look_only,
    const struct pc_context *context)
{
    return pc_may_keep(context)
        && is_newer_or_all(entry, now, target_dir, look_only, context)
        && !pc_is_doubtful(target_dir, target_name, now, context);
}

/* 1 with the entry's status, 0 if there is none or nothing is ever kept, or a failure. */
static int look(int target_dir, const char *target_name, struct stat *now, const struct pc_context *context)
{
    if (!pc_may_keep(context))
        return 0;
    if (PC_RETRY(fstatat(target_dir, target_name, now, AT_SYMLINK_NOFOLLOW)) < 0)
        return errno == ENOENT ? 0 : pc_failed(PC_CREATE, errno);
    return 1;
}

int pc_keeps(
    const struct pc_entry *entry,
    int target_dir,
    const char *target_name,
    bool look_only,
    const struct pc_context *context)
{
    struct stat now;
    int looked = look(target_dir, target_name, &now, context);
    return looked > 0 ? pc_is_kept(entry, &now, target_dir, target_name, look_only, context) : looked;
}

int pc_keeps_beside(
    const struct pc_entry *entry,
    int target_dir,
    const char *target_name,
    const char *temporary_name,
    const struct pc_context *context)
{
    struct stat now;
    int looked = look(target_dir, target_name, &now, context);
    if (looked <= 0)
        return looked;
    if (!is_newer_or_all(entry, &now, target_dir, false, context))
        return 0;
    struct timespec begun;
    bool is_later = pc_birth_time(target_dir, temporary_name, AT_SYMLINK_NOFOLLOW, &begun)
        && (now.st_ctim.tv_sec != begun.tv_sec ? now.st_ctim.tv_sec > begun.tv_sec
                                               : now.st_ctim.tv_nsec > begun.tv_nsec);
    return is_later || !pc_is_doubtful(target_dir, target_name, &now, context);
}
