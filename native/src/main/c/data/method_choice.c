#include "pcircle_config.h"

#include "data/method_choice.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filesystem/filesystem.h"
#include "sys/retry.h"

struct pc_ladder {
    uint64_t source, target; /* devices */
    uint32_t rungs;          /* atomic: other threads read it, and strike rungs, at any time */
};

/* ---- the first choice ---- */

static uint32_t first_choice(int source, int target)
{
    uint32_t rungs = pc_rung_bit(PC_REFLINK) | pc_rung_bit(PC_BUFFERED);
    const struct pc_filesystem *from = pc_filesystem_of(source), *to = pc_filesystem_of(target);
    if (!from || !to)
        return rungs;
    if (from->local && to->local)
        rungs |= pc_rung_bit(PC_SPLICE);
    if (from->server_copies && from == to)
        rungs |= pc_rung_bit(PC_COPY_FILE_RANGE);
    return rungs;
}

/* ---- what is remembered ---- */

/* Pairs are never forgotten, and with more of them than this the rest is read and written. */
enum { PAIRS_MAX = 256 };

static struct pc_ladder pairs[PAIRS_MAX];
static size_t pair_count; /* atomic: those before it are complete */
static pthread_mutex_t adding = PTHREAD_MUTEX_INITIALIZER;
static struct pc_ladder anywhere = {.rungs = (uint32_t)1 << PC_BUFFERED};

static struct pc_ladder *find(uint64_t source, uint64_t target)
{
    size_t count = __atomic_load_n(&pair_count, __ATOMIC_ACQUIRE);
    for (size_t i = 0; i < count; i++)
        if (pairs[i].source == source && pairs[i].target == target)
            return &pairs[i];
    return NULL;
}

static struct pc_ladder *add(uint64_t source, uint64_t target, uint32_t rungs)
{
    pthread_mutex_lock(&adding);
    struct pc_ladder *ladder = find(source, target); /* somebody may have been quicker */
    if (!ladder && pair_count < PAIRS_MAX) {
        ladder = &pairs[pair_count];
        *ladder = (struct pc_ladder){source, target, rungs};
        __atomic_store_n(&pair_count, pair_count + 1, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&adding);
    return ladder ? ladder : &anywhere;
}

/* The device of an open file, without asking a file server how long the file is. False if it cannot be told. */
static bool device_of(int fd, uint64_t *device)
{
#ifdef PCIRCLE_HAVE_STATX
    struct statx status;
    if (PC_RETRY(statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, 0, &status)) == 0) {
        *device = (uint64_t)status.stx_dev_major << 32 | status.stx_dev_minor;
        return true;
    }
    if (errno != ENOSYS)
        return false;
#endif
    struct stat old;
    if (PC_RETRY(fstat(fd, &old)) < 0)
        return false;
    *device = old.st_dev;
    return true;
}

struct pc_ladder *pc_ladder_between(int source, int target)
{
    uint64_t from, to;
    if (!device_of(source, &from) || !device_of(target, &to))
        return &anywhere;
    struct pc_ladder *ladder = find(from, to);
    return ladder ? ladder : add(from, to, first_choice(source, target));
}

uint32_t pc_ladder_rungs(const struct pc_ladder *ladder)
{
    return __atomic_load_n(&ladder->rungs, __ATOMIC_RELAXED);
}

void pc_ladder_strike(struct pc_ladder *ladder, enum pc_method method)
{
    if (method != PC_BUFFERED)
        __atomic_fetch_and(&ladder->rungs, ~pc_rung_bit(method), __ATOMIC_RELAXED);
}
