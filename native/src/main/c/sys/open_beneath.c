#include "pcircle_config.h"

#include "sys/open_beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef PCIRCLE_HAVE_OPENAT2
#include <linux/openat2.h>
#endif

#include "sys/retry.h"

/* How to split a long path: into pieces for one system call each, or into single components. */
enum cut { AT_PATH_MAX, AT_EVERY_COMPONENT };

/*
 * Opens one piece of a path. `access` is O_RDONLY for the last, and O_PATH before, which needs search permission only.
 */
typedef int open_step(int dir, const char *step, int access);

/* The bytes of the path's next piece; 0 if its first component is too long. */
static size_t step_bytes(const char *path, enum cut cut)
{
    size_t bytes = cut == AT_EVERY_COMPONENT ? strcspn(path, "/") : strnlen(path, PATH_MAX);
    if (bytes < PATH_MAX)
        return bytes;
    const char *slash = cut == AT_EVERY_COMPONENT ? NULL : memrchr(path, '/', PATH_MAX - 1);
    return slash ? (size_t)(slash - path) : 0;
}

/* Opens a directory piece by piece, each relative to the one before. */
static int open_in_steps(int root, const char *path, enum cut cut, open_step *open_one)
{
    for (int dir = root;;) {
        char step[PATH_MAX];
        size_t bytes = step_bytes(path, cut);
        memcpy(step, path, bytes);
        step[bytes] = '\0';
        path += bytes;
        path += strspn(path, "/");

        bool last = *path == '\0';
        int next = bytes > 0 ? open_one(dir, step, last ? O_RDONLY : O_PATH) : -ENAMETOOLONG;
        if (dir != root)
            close(dir);
        if (last || next < 0)
            return next;
        dir = next;
    }
}

static int open_following(int dir, const char *step, int access)
{
    int fd = PC_RETRY(openat(dir, step, access | O_DIRECTORY | O_CLOEXEC));
    return fd < 0 ? -errno : fd;
}

int pc_open_directory(const char *path)
{
    return *path ? open_in_steps(AT_FDCWD, path, AT_PATH_MAX, open_following) : -ENOENT;
}

static bool is_link(int dir, const char *name)
{
    struct stat status;
    return fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

/* Without openat2: one component at a time, since O_NOFOLLOW applies to the last only. */
static int open_component(int dir, const char *step, int access)
{
    int fd = PC_RETRY(openat(dir, step, access | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC));
    if (fd >= 0)
        return fd;
    /* O_DIRECTORY takes precedence over O_NOFOLLOW; return the same error as openat2. */
    return errno == ENOTDIR && is_link(dir, step) ? -ELOOP : -errno;
}

#ifdef PCIRCLE_HAVE_OPENAT2

enum { AGAIN_MAX = 64 };

static int open_resolved(int dir, const char *step, int access)
{
    struct open_how how = {
        .flags = (unsigned)(access | O_DIRECTORY | O_CLOEXEC),
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    /* EAGAIN: a rename anywhere on this machine interfered with the path resolution. */
    for (int again = 0;; again++) {
        long fd = PC_RETRY(syscall(SYS_openat2, dir, step, &how, sizeof how));
        if (fd >= 0)
            return (int)fd;
        if (errno != EAGAIN || again == AGAIN_MAX)
            return -errno;
    }
}

static int open_with_openat2(int root, const char *path)
{
    static atomic_bool missing;
    if (atomic_load_explicit(&missing, memory_order_relaxed))
        return -ENOSYS;
    int fd = open_in_steps(root, path, AT_PATH_MAX, open_resolved);
    /* Opening a directory for reading never fails with EPERM by itself: that is a container's seccomp filter. */
    if (fd == -ENOSYS || fd == -EPERM) {
        atomic_store_explicit(&missing, true, memory_order_relaxed);
        return -ENOSYS;
    }
    return fd;
}

#else

static int open_with_openat2(int root, const char *path)
{
    (void)root;
    (void)path;
    return -ENOSYS;
}

#endif

/* Whether the path is absolute or one of its components is `..`, even if the path does not leave the root. */
static bool leads_out(const char *path)
{
    for (const char *component = path; *component; component += strspn(component, "/")) {
        size_t bytes = strcspn(component, "/");
        if (bytes == 0 || (bytes == 2 && component[0] == '.' && component[1] == '.'))
            return true;
        component += bytes;
    }
    return false;
}

int pc_open_beneath(int root, const char *path)
{
    if (leads_out(path))
        return -EXDEV;
    if (*path == '\0')
        path = ".";
    int fd = open_with_openat2(root, path);
    return fd == -ENOSYS ? open_in_steps(root, path, AT_EVERY_COMPONENT, open_component) : fd;
}
