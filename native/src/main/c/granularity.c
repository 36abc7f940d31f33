#include "pcircle_config.h"

#include "granularity.h"

#include <stdbool.h>
#include <sys/stat.h>

#include "trial.h"

enum { NS_PER_S = 1000000000 };

/* An odd second and the last nanosecond of it: whatever a file system takes away shows. */
static const struct timespec finest = {.tv_sec = 1000000001, .tv_nsec = NS_PER_S - 1};

static const int64_t known[] = {1, 100, 1000, 1000000, 10000000, NS_PER_S, 2 * (int64_t)NS_PER_S};

enum { KNOWN = sizeof known / sizeof known[0] };

static int64_t granularity_of(const struct timespec *kept)
{
    int64_t wanted_ns = (int64_t)finest.tv_sec * NS_PER_S + finest.tv_nsec;
    int64_t kept_ns = (int64_t)kept->tv_sec * NS_PER_S + kept->tv_nsec;
    for (int i = 0; i < KNOWN; i++) {
        if (kept_ns == wanted_ns / known[i] * known[i])
            return known[i];
    }
    return 1;
}

/* 1 as well if it cannot be told. */
static int64_t granularity_with(int fd)
{
    const struct timespec times[2] = {finest, finest};
    struct stat status;
    return futimens(fd, times) == 0 && fstat(fd, &status) == 0 ? granularity_of(&status.st_mtim) : 1;
}

static int64_t try_out(int dir, const struct pc_context *context)
{
    struct pc_trial trial;
    if (pc_trial_open(&trial, dir, "granularity", context) < 0)
        return 1;
    int64_t granularity = granularity_with(trial.fd);
    pc_trial_close(&trial); /* if it is left behind it is under a temporary name of this run's */
    return granularity;
}

int64_t pc_time_granularity(int dir, const struct pc_context *context)
{
    static _Thread_local struct {
        bool known;
        dev_t device;
        int64_t granularity;
    } last;
    struct stat status;
    if (fstat(dir, &status) < 0)
        return 1;
    if (!last.known || last.device != status.st_dev) {
        last.granularity = try_out(dir, context);
        last.device = status.st_dev;
        last.known = true;
    }
    return last.granularity;
}

/* Nobody can choose when an entry was last changed, so it shows what the file system keeps. */
int64_t pc_seeming_granularity(const struct stat *status)
{
    int64_t changed_ns = (int64_t)status->st_ctim.tv_sec * NS_PER_S + status->st_ctim.tv_nsec;
    int64_t modified_ns = (int64_t)status->st_mtim.tv_sec * NS_PER_S + status->st_mtim.tv_nsec;
    int coarsest = KNOWN - 1;
    while (changed_ns % known[coarsest] != 0 || modified_ns % known[coarsest] != 0)
        coarsest--;
    return known[coarsest];
}
