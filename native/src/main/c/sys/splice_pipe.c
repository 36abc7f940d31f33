#include "pcircle_config.h"

#include "sys/splice_pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { BYTES_MAX = 1 << 20 };

/* EPERM: more than /proc/sys/fs/pipe-max-size, or than the user's limit for all pipes together. */
static size_t enlarge(int fd)
{
    for (int bytes = BYTES_MAX; bytes > 0; bytes /= 2) {
        int got = fcntl(fd, F_SETPIPE_SZ, bytes);
        if (got > 0)
            return (size_t)got;
        if (errno != EPERM && errno != ENOMEM)
            break;
        if (fcntl(fd, F_GETPIPE_SZ) >= bytes / 2)
            break;
    }
    int bytes = fcntl(fd, F_GETPIPE_SZ);
    return bytes > 0 ? (size_t)bytes : (size_t)sysconf(_SC_PAGESIZE);
}

int pc_pipe_open(struct pc_pipe *pipe)
{
    if (pipe->bytes > 0)
        return 0;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -errno;
    *pipe = (struct pc_pipe){ends[0], ends[1], enlarge(ends[1])};
    return 0;
}

void pc_pipe_close(struct pc_pipe *pipe)
{
    if (pipe->bytes == 0)
        return;
    close(pipe->out);
    close(pipe->in);
    pipe->bytes = 0;
}
