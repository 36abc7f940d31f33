#include "pcircle_config.h"

#include "data/method_choice.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filesystem/filesystem.h"
#include "sys/retry.h"

struct pc_method_choice {
    uint64_t source, target; /* devices */
    uint32_t methods;        /* atomic: other threads read it and disable methods at any time */
};

/* ---- the first choice ---- */

static uint32_t first_choice(int source, int target)
{
    uint32_t methods = pc_method_bit(PC_REFLINK) | pc_method_bit(PC_BUFFERED);
    const struct pc_filesystem *from = pc_filesystem_of(source), *to = pc_filesystem_of(target);
    if (!from || !to)
        return methods;
    if (from->local && to->local)
        methods |= pc_method_bit(PC_SPLICE);
    if (from->server_copies && from == to)
        methods |= pc_method_bit(PC_COPY_FILE_RANGE);
    return methods;
}

/* ---- the cache ---- */

/* Pairs are never removed. If there are more than this, the others use read and write. */
enum { PAIRS_MAX = 256 };

static struct pc_method_choice pairs[PAIRS_MAX];
static size_t pair_count; /* atomic: those before it are complete */
static pthread_mutex_t adding = PTHREAD_MUTEX_INITIALIZER;
static struct pc_method_choice anywhere = {.methods = (uint32_t)1 << PC_BUFFERED};

static struct pc_method_choice *find(uint64_t source, uint64_t target)
{
    size_t count = __atomic_load_n(&pair_count, __ATOMIC_ACQUIRE);
    for (size_t i = 0; i < count; i++)
        if (pairs[i].source == source && pairs[i].target == target)
            return &pairs[i];
    return NULL;
}

static struct pc_method_choice *add(uint64_t source, uint64_t target, uint32_t methods)
{
    pthread_mutex_lock(&adding);
    struct pc_method_choice *choice = find(source, target); /* another thread may have added it */
    if (!choice && pair_count < PAIRS_MAX) {
        choice = &pairs[pair_count];
        *choice = (struct pc_method_choice){source, target, methods};
        __atomic_store_n(&pair_count, pair_count + 1, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&adding);
    return choice ? choice : &anywhere;
}

/* The device of an open file, without asking a file server for the file's length. False if unknown. */
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

struct pc_method_choice *pc_method_choice_between(int source, int target)
{
    uint64_t from, to;
    if (!device_of(source, &from) || !device_of(target, &to))
        return &anywhere;
    struct pc_method_choice *choice = find(from, to);
    return choice ? choice : add(from, to, first_choice(source, target));
}

uint32_t pc_methods_left(const struct pc_method_choice *choice)
{
    return __atomic_load_n(&choice->methods, __ATOMIC_RELAXED);
}

void pc_disable_method(struct pc_method_choice *choice, enum pc_method method)
{
    if (method != PC_BUFFERED)
        __atomic_fetch_and(&choice->methods, ~pc_method_bit(method), __ATOMIC_RELAXED);
}
