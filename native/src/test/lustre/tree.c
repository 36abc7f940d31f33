#include "tree.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "allot.h"

const char store_name[] = "user.pcircle.lustre";

void path_of(int fd, char path[PATH_BYTES])
{
    snprintf(path, PATH_BYTES, "/proc/self/fd/%d", fd);
}

/* The name of an open file, or "". */
static void name_of(int fd, char name[PATH_MAX])
{
    char path[PATH_BYTES];
    path_of(fd, path);
    ssize_t bytes = readlink(path, name, PATH_MAX - 1);
    name[bytes < 0 ? 0 : bytes] = '\0';
}

bool is_in_tree(int fd)
{
    const char *root = getenv("PCIRCLE_LUSTRE");
    if (!root)
        return false;
    int error = errno;
    char name[PATH_MAX];
    name_of(fd, name);
    errno = error;
    size_t bytes = strlen(root);
    return strncmp(name, root, bytes) == 0 && (name[bytes] == '/' || name[bytes] == '\0');
}

bool has_trouble(const char *word)
{
    const char *trouble = getenv("PCIRCLE_LUSTRE_TROUBLE");
    return trouble && strcmp(trouble, word) == 0;
}

unsigned count_osts(void)
{
    const char *count = getenv("PCIRCLE_LUSTRE_OSTS");
    return count ? (unsigned)strtoul(count, NULL, 10) : 4;
}

void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

int open_really(int dir, const char *path, int flags)
{
    int (*call)(int, const char *, int, ...) = real("openat");
    return call(dir, path, flags | O_CLOEXEC);
}

ssize_t read_store(int fd, void *value, size_t bytes)
{
    ssize_t (*call)(const char *, const char *, void *, size_t) = real("getxattr");
    char path[PATH_BYTES];
    path_of(fd, path);
    return call(path, store_name, value, bytes);
}

int write_store(int fd, const void *value, size_t bytes)
{
    int (*call)(const char *, const char *, const void *, size_t, int) = real("setxattr");
    char path[PATH_BYTES];
    path_of(fd, path);
    int result = call(path, store_name, value, bytes, 0);
    struct stat status;
    if (result == 0 || errno != EACCES || stat(path, &status) < 0 || chmod(path, status.st_mode | S_IWUSR) < 0)
        return result;
    result = call(path, store_name, value, bytes, 0);
    return chmod(path, status.st_mode) < 0 ? -1 : result;
}

int remove_store(int fd)
{
    int (*call)(const char *, const char *) = real("removexattr");
    char path[PATH_BYTES];
    path_of(fd, path);
    return call(path, store_name);
}

/* The default layout of an entry's directory: its bytes, or -1. */
static ssize_t read_default(int fd, void *value)
{
    ssize_t (*call)(const char *, const char *, void *, size_t) = real("getxattr");
    char parent[PATH_MAX];
    name_of(fd, parent);
    char *slash = strrchr(parent, '/');
    if (!slash)
        return -1;
    *slash = '\0';
    return call(parent, store_name, value, VALUE_BYTES);
}

void inherit(int fd, bool is_directory)
{
    int error = errno;
    char wanted[VALUE_BYTES], given[VALUE_BYTES];
    ssize_t bytes = read_default(fd, wanted);
    if (bytes < 0 && !is_directory)
        bytes = allot_usual(wanted);
    struct stat status;
    if (bytes >= 0 && fstat(fd, &status) == 0) {
        bytes = allot(wanted, (size_t)bytes, is_directory, status.st_ino, given);
        if (bytes < 0 || write_store(fd, given, (size_t)bytes) < 0) {
            perror("the stand-in for Lustre cannot keep a layout");
            abort();
        }
    }
    errno = error;
}
