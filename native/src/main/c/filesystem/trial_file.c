#include "pcircle_config.h"

#include "filesystem/trial_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/retry.h"

/* A name that no entry has, and no trial file of another rank or thread. */
static struct pc_temporary name_for(const char *name, const struct pc_context *context)
{
    char host[HOST_NAME_MAX + 1] = "";
    char whole[sizeof host + 64];
    gethostname(host, sizeof host - 1);
    snprintf(whole, sizeof whole, "/%s/%ld/%.32s", host, syscall(SYS_gettid), name);
    return pc_temporary_of(whole, context->temporary_prefix);
}

int pc_trial_file_open(struct pc_trial_file *trial, int dir, const char *name, const struct pc_context *context)
{
    *trial = (struct pc_trial_file){.dir = dir, .fd = openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)};
    if (trial->fd >= 0)
        return 0;
    trial->named = true;
    trial->temporary = name_for(name, context);
    const int flags = O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC; /* a killed run may have left it behind */
    trial->fd = PC_RETRY(openat(dir, trial->temporary.name, flags, 0600));
    return trial->fd < 0 ? -errno : 0;
}

int pc_trial_file_close(const struct pc_trial_file *trial)
{
    close(trial->fd);
    return trial->named && PC_RETRY(unlinkat(trial->dir, trial->temporary.name, 0)) < 0 ? -errno : 0;
}
