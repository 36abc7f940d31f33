#include "pcircle_config.h"

#include "entries/hard_link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filesystem/name_folding.h"
#include "sys/retry.h"
#include "sys/temporary_name.h"

static int make(int from_dir, const char *from, int to_dir, const char *to)
{
    return PC_RETRY(linkat(from_dir, from, to_dir, to, 0)) < 0 ? -errno : 0;
}

/* Creates it under a temporary name, which only an earlier attempt of this run can have left behind. */
static int make_temporary(int from_dir, const char *from, int to_dir, const char *temporary)
{
    int error = make(from_dir, from, to_dir, temporary);
    if (error != -EEXIST)
        return error;
    return PC_RETRY(unlinkat(to_dir, temporary, 0)) < 0 ? -errno : make(from_dir, from, to_dir, temporary);
}

static int replace(int from_dir, const char *from, int to_dir, const char *to, const struct pc_context *context)
{
    struct pc_temporary temporary = pc_temporary_of(to, context->temporary_prefix);
    int error = make_temporary(from_dir, from, to_dir, temporary.name);
    if (error < 0)
        return error;
    if (PC_RETRY(renameat(to_dir, temporary.name, to_dir, to)) == 0)
        return 0;
    error = -errno;
    unlinkat(to_dir, temporary.name, 0);
    return error;
}

static int replace_unless_same(
    int from_dir, const char *from, int to_dir, const char *to, const struct pc_context *context)
{
    struct stat wanted, present;
    if (PC_RETRY(fstatat(from_dir, from, &wanted, AT_SYMLINK_NOFOLLOW)) < 0
        || PC_RETRY(fstatat(to_dir, to, &present, AT_SYMLINK_NOFOLLOW)) < 0)
        return -errno;
    if (wanted.st_ino == present.st_ino && wanted.st_dev == present.st_dev)
        return 1;
    return S_ISDIR(present.st_mode) ? -EISDIR : replace(from_dir, from, to_dir, to, context);
}

int pc_hard_link(int from_dir, const char *from, int to_dir, const char *to, bool is_ours, struct pc_context *context)
{
    int result = make(from_dir, from, to_dir, to);
    if (result == -EEXIST && context->existing != PC_REFUSE) {
        int doubt = is_ours ? 0 : pc_may_be_taken(to_dir, to);
        if (doubt != 0)
            return pc_failed(PC_TAKEN, doubt < 0 ? -doubt : EEXIST);
        result = replace_unless_same(from_dir, from, to_dir, to, context);
    }
    return result < 0 ? pc_failed(PC_LINK, -result) : result;
}
