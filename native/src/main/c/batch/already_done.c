#include "batch/already_done.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/update.h"
#include "entries/kept.h"
#include "record/run_start.h"
#include "sys/retry.h"

int pc_is_already_done(
    int source_dir, int target_dir, struct pc_entry *entry, const char *target_name, struct pc_context *context)
{
    struct stat source, target;
    if (PC_RETRY(fstatat(target_dir, target_name, &target, AT_SYMLINK_NOFOLLOW)) < 0)
        return errno == ENOENT ? 0 : pc_failed(PC_CREATE, errno);
    if (PC_RETRY(fstatat(source_dir, entry->name, &source, AT_SYMLINK_NOFOLLOW)) < 0)
        return pc_failed(PC_STAT, errno);
    bool is_ours = pc_beside_start(&target.st_ctim, context) > 0 && pc_beside_start(&source.st_ctim, context) < 0;
    bool is_same_type = (source.st_mode & S_IFMT) == (entry->mode & S_IFMT)
        && (source.st_mode & S_IFMT) == (target.st_mode & S_IFMT);
    if (!is_ours || !is_same_type)
        return 0;
    int result = pc_entry_read_status(entry, source_dir, entry->name, AT_SYMLINK_NOFOLLOW);
    if (result < 0)
        return pc_failed(PC_STAT, -result);
    if (!pc_is_same_time(entry, &target.st_mtim, target_dir, context))
        return 0;
    return pc_is_same_content(source_dir, target_dir, entry, target_name, &target);
}
