#include "pcircle_config.h"

#include "filesystem/time_granularity.h"

#include <stdbool.h>
#include <sys/stat.h>

#include "filesystem/trial_file.h"

enum { NS_PER_S = 1000000000 };

/* An odd second and its last nanosecond: any rounding changes it. */
static const struct timespec finest = {.tv_sec = 1000000001, .tv_nsec = NS_PER_S - 1};

static const int64_t known[] = {1, 100, 1000, 1000000, 10000000, NS_PER_S, 2 * (int64_t)NS_PER_S};

enum { KNOWN = sizeof known / sizeof known[0] };

static int64_t granularity_of(const struct timespec *stored)
{
    int64_t wanted_ns = (int64_t)finest.tv_sec * NS_PER_S + finest.tv_nsec;
    int64_t stored_ns = (int64_t)stored->tv_sec * NS_PER_S + stored->tv_nsec;
    for (int i = 0; i < KNOWN; i++) {
        if (stored_ns == wanted_ns / known[i] * known[i])
            return known[i];
    }
    return 1;
}

/* How a file system stores times. */
struct timekeeping {
    int64_t granularity;
    struct timespec first, last;
};

static const struct timespec before_all = {.tv_sec = INT64_MIN}, after_all = {.tv_sec = INT64_MAX};

static const struct timekeeping exact = {.granularity = 1, .first = before_all, .last = after_all};

/* A time as stored by a file; the time itself if that is unknown. */
static struct timespec stored_of(int fd, struct timespec time)
{
    const struct timespec times[2] = {time, time};
    struct stat status;
    return futimens(fd, times) == 0 && fstat(fd, &status) == 0 ? status.st_mtim : time;
}

static struct timekeeping try_out(int dir, const struct pc_context *context)
{
    struct pc_trial_file trial;
    if (pc_trial_file_open(&trial, dir, "granularity", context) < 0)
        return exact;
    struct timespec stored = stored_of(trial.fd, finest);
    struct timekeeping found = {
        granularity_of(&stored), stored_of(trial.fd, before_all), stored_of(trial.fd, after_all),
    };
    pc_trial_file_close(&trial); /* if it is left behind, it has a temporary name of this run */
    return found;
}

static struct timekeeping timekeeping_in(int dir, const struct pc_context *context)
{
    static _Thread_local struct {
        bool known;
        dev_t device;
        struct timekeeping found;
    } last;
    struct stat status;
    if (fstat(dir, &status) < 0)
        return exact;
    if (!last.known || last.device != status.st_dev) {
        last.found = try_out(dir, context);
        last.device = status.st_dev;
        last.known = true;
    }
    return last.found;
}

int64_t pc_time_granularity(int dir, const struct pc_context *context)
{
    return timekeeping_in(dir, context).granularity;
}

/* ---- ranges ---- */

/* January 2, 1980. */
enum { BEGUN_EVERYWHERE = 315619200 };

bool pc_is_held_everywhere(int64_t seconds)
{
    return seconds >= BEGUN_EVERYWHERE && seconds < INT32_MAX;
}

struct timespec pc_held_time(int dir, struct timespec time, const struct pc_context *context)
{
    if (pc_is_held_everywhere(time.tv_sec))
        return time;
    struct timekeeping found = timekeeping_in(dir, context);
    return time.tv_sec <= found.first.tv_sec ? found.first : time.tv_sec >= found.last.tv_sec ? found.last : time;
}

bool pc_is_clamped(int64_t wanted, int64_t now)
{
    return now != wanted && now != (wanted & ~INT64_C(1));
}

/* The ends of a range are whole seconds, and not within the range of every file system. */
bool pc_seems_clamped(int64_t wanted, const struct timespec *now)
{
    bool is_end = now->tv_nsec == 0 && !pc_is_held_everywhere(now->tv_sec);
    return is_end && (now->tv_sec < BEGUN_EVERYWHERE ? wanted < now->tv_sec : wanted > now->tv_sec);
}

/* The change time of an entry cannot be set, so it has the file system's granularity. */
int64_t pc_seeming_granularity(const struct stat *status)
{
    int64_t changed_ns = (int64_t)status->st_ctim.tv_sec * NS_PER_S + status->st_ctim.tv_nsec;
    int64_t modified_ns = (int64_t)status->st_mtim.tv_sec * NS_PER_S + status->st_mtim.tv_nsec;
    int coarsest = KNOWN - 1;
    while (changed_ns % known[coarsest] != 0 || modified_ns % known[coarsest] != 0)
        coarsest--;
    return known[coarsest];
}
