#include "support/fault.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pcircle_config.h"

struct fault fault[FAULT_CALLS];

void fault_clear(void)
{
    memset(fault, 0, sizeof fault);
}

/* What is to become of a call: go on with so many bytes, or return this. */
enum verdict { GO_ON, RETURN_ZERO, RETURN_ERROR };

static enum verdict judge(enum fault_call call, size_t *bytes)
{
    struct fault *wanted = &fault[call];
    int number = wanted->calls++;
    if (number < wanted->skip || number >= wanted->skip + wanted->times)
        return GO_ON;
    if (wanted->before)
        wanted->before();
    if (wanted->bytes_max && bytes && *bytes > wanted->bytes_max)
        *bytes = wanted->bytes_max;
    if (wanted->nothing)
        return RETURN_ZERO;
    if (wanted->error == 0)
        return GO_ON;
    errno = wanted->error;
    return RETURN_ERROR;
}

/* For calls that transfer nothing. */
static bool fails(enum fault_call call)
{
    return judge(call, NULL) == RETURN_ERROR;
}

/* The function of that name that would have been called without us. */
static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

int close(int fd)
{
    int (*call)(int) = real("close");
    int result = call(fd); /* closed it is in any case, as with the kernel */
    return fails(FAULT_CLOSE) ? -1 : result;
}

#ifdef PCIRCLE_HAVE_COPY_FILE_RANGE
ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t bytes, unsigned flags)
{
    ssize_t (*call)(int, off_t *, int, off_t *, size_t, unsigned) = real("copy_file_range");
    enum verdict verdict = judge(FAULT_COPY_FILE_RANGE, &bytes);
    return verdict == GO_ON ? call(in, from, out, to, bytes, flags) : verdict == RETURN_ZERO ? 0 : -1;
}
#endif

int fchmod(int fd, mode_t mode)
{
    int (*call)(int, mode_t) = real("fchmod");
    return fails(FAULT_FCHMOD) ? -1 : call(fd, mode);
}

int fchownat(int dir, const char *name, uid_t uid, gid_t gid, int flags)
{
    int (*call)(int, const char *, uid_t, gid_t, int) = real("fchownat");
    return fails(FAULT_FCHOWNAT) ? -1 : call(dir, name, uid, gid, flags);
}

int fdatasync(int fd)
{
    int (*call)(int) = real("fdatasync");
    return fails(FAULT_FDATASYNC) ? -1 : call(fd);
}

int fsync(int fd)
{
    int (*call)(int) = real("fsync");
    return fails(FAULT_FSYNC) ? -1 : call(fd);
}

int ftruncate(int fd, off_t bytes)
{
    int (*call)(int, off_t) = real("ftruncate");
    return fails(FAULT_FTRUNCATE) ? -1 : call(fd, bytes);
}

int futimens(int fd, const struct timespec times[2])
{
    int (*call)(int, const struct timespec[2]) = real("futimens");
    return fails(FAULT_FUTIMENS) ? -1 : call(fd, times);
}

int linkat(int dir, const char *name, int to_dir, const char *to_name, int flags)
{
    int (*call)(int, const char *, int, const char *, int) = real("linkat");
    return fails(FAULT_LINKAT) ? -1 : call(dir, name, to_dir, to_name, flags);
}

int fcntl(int fd, int command, ...)
{
    int (*call)(int, int, ...) = real("fcntl");
    va_list rest;
    va_start(rest, command);
    long argument = va_arg(rest, long); /* none of the commands here has a wider one, and those without don't look */
    va_end(rest);
    bool failed = (command == F_SETFL && fails(FAULT_SETFL)) || (command == F_SETPIPE_SZ && fails(FAULT_SETPIPE));
    return failed ? -1 : call(fd, command, argument);
}

int ioctl(int fd, unsigned long request, ...)
{
    int (*call)(int, unsigned long, ...) = real("ioctl");
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return fails(FAULT_IOCTL) ? -1 : call(fd, request, argument);
}

off_t lseek(int fd, off_t offset, int whence)
{
    off_t (*call)(int, off_t, int) = real("lseek");
    enum verdict verdict = judge(FAULT_LSEEK, NULL);
    return verdict == GO_ON ? call(fd, offset, whence) : verdict == RETURN_ZERO ? 0 : -1;
}

int openat(int dir, const char *name, int flags, ...)
{
    int (*call)(int, const char *, int, ...) = real("openat");
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return fails(FAULT_OPENAT) ? -1 : call(dir, name, flags, mode);
}

int pipe2(int ends[2], int flags)
{
    int (*call)(int[2], int) = real("pipe2");
    return fails(FAULT_PIPE2) ? -1 : call(ends, flags);
}

ssize_t pread(int fd, void *data, size_t bytes, off_t offset)
{
    ssize_t (*call)(int, void *, size_t, off_t) = real("pread");
    enum verdict verdict = judge(FAULT_PREAD, &bytes);
    return verdict == GO_ON ? call(fd, data, bytes, offset) : verdict == RETURN_ZERO ? 0 : -1;
}

ssize_t pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
    ssize_t (*call)(int, const void *, size_t, off_t) = real("pwrite");
    enum verdict verdict = judge(FAULT_PWRITE, &bytes);
    return verdict == GO_ON ? call(fd, data, bytes, offset) : verdict == RETURN_ZERO ? 0 : -1;
}

ssize_t splice(int in, off_t *from, int out, off_t *to, size_t bytes, unsigned flags)
{
    ssize_t (*call)(int, off_t *, int, off_t *, size_t, unsigned) = real("splice");
    enum verdict verdict = judge(from ? FAULT_SPLICE_FROM : FAULT_SPLICE_TO, &bytes);
    return verdict == GO_ON ? call(in, from, out, to, bytes, flags) : verdict == RETURN_ZERO ? 0 : -1;
}

#ifdef PCIRCLE_HAVE_STATX
int statx(int dir, const char *name, int flags, unsigned mask, struct statx *status)
{
    int (*call)(int, const char *, int, unsigned, struct statx *) = real("statx");
    return fails(FAULT_STATX) ? -1 : call(dir, name, flags, mask, status);
}
#endif

int utimensat(int dir, const char *name, const struct timespec times[2], int flags)
{
    int (*call)(int, const char *, const struct timespec[2], int) = real("utimensat");
    return fails(FAULT_UTIMENSAT) ? -1 : call(dir, name, times, flags);
}

/* The calls that the C library may have no function for. */
long syscall(long number, ...)
{
    long (*call)(long, ...) = real("syscall");
    va_list rest;
    va_start(rest, number);
    long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long);
    long d = va_arg(rest, long), e = va_arg(rest, long), f = va_arg(rest, long);
    va_end(rest);
    size_t room = (size_t)c;
    bool failed = number == SYS_getdents64 && judge(FAULT_GETDENTS64, &room) == RETURN_ERROR;
    c = number == SYS_getdents64 ? (long)room : c;
#ifdef SYS_openat2
    failed = failed || (number == SYS_openat2 && fails(FAULT_OPENAT2));
#endif
    failed = failed || (number == SYS_renameat2 && fails(FAULT_RENAMEAT2));
    return failed ? -1 : call(number, a, b, c, d, e, f);
}
