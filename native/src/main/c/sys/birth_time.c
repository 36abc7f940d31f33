#include "pcircle_config.h"

#include "sys/birth_time.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "sys/retry.h"

bool pc_birth_time(int dir, const char *name, int flags, struct timespec *birth)
{
#ifdef PCIRCLE_HAVE_STATX
    struct statx status;
    if (PC_RETRY(statx(dir, name, flags | AT_NO_AUTOMOUNT, STATX_BTIME, &status)) < 0)
        return false;
    *birth = (struct timespec){.tv_sec = status.stx_btime.tv_sec, .tv_nsec = status.stx_btime.tv_nsec};
    return status.stx_mask & STATX_BTIME;
#else
    (void)dir, (void)name, (void)flags, (void)birth;
    return false;
#endif
}
