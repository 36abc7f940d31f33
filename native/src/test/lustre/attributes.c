#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "allot.h"
#include "tree.h"

/*
 * Extended attributes of entries in the tree. A call by path opens the entry first. errno is left alone where a call
 * succeeds.
 */

static bool is_privileged(void)
{
    return geteuid() == 0;
}

/* The names under which Lustre shows a layout; trusted ones only to root. */
static bool is_layout(const char *name)
{
    return strcmp(name, "lustre.lov") == 0 || (strcmp(name, "trusted.lov") == 0 && is_privileged());
}

/* Other attributes of Lustre: setting them succeeds without effect. */
static bool is_internal(const char *name)
{
    static const char *const names[] = {"trusted.lma", "trusted.link", "trusted.fid", "trusted.som", "trusted.hsm"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            return is_privileged();
    return false;
}

static int fail(int error)
{
    errno = error;
    return -1;
}

/* The kernel grants access to attributes with unknown prefixes by the mode of the file. */
static bool may(int fd, int access)
{
    char path[PATH_BYTES];
    path_of(fd, path);
    return faccessat(AT_FDCWD, path, access, AT_EACCESS) == 0;
}

static bool has_layout(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

/* ---- on descriptors in the tree ---- */

static ssize_t get(int fd, const char *name, void *value, size_t bytes)
{
    ssize_t (*call)(const char *, const char *, void *, size_t) = real("getxattr");
    char path[PATH_BYTES];
    path_of(fd, path);
    if (is_layout(name)) {
        if (!has_layout(fd))
            return fail(ENODATA);
        return may(fd, R_OK) ? read_store(fd, value, bytes) : fail(EACCES);
    }
    if (strncmp(name, "lustre.", 7) == 0)
        return fail(EOPNOTSUPP);
    if (strcmp(name, "trusted.lma") == 0 || strcmp(name, "trusted.link") == 0) {
        static const char some[24];
        if (!is_privileged())
            return fail(ENODATA);
        if (bytes > 0 && bytes < sizeof some)
            return fail(ERANGE);
        memcpy(value, some, bytes > 0 ? sizeof some : 0);
        return sizeof some;
    }
    return strcmp(name, store_name) == 0 ? fail(ENODATA) : call(path, name, value, bytes);
}

static int set_layout(int fd, const void *value, size_t bytes)
{
    struct stat status;
    char given[VALUE_BYTES];
    if (!has_layout(fd) || fstat(fd, &status) < 0)
        return fail(EOPNOTSUPP);
    if (!may(fd, W_OK) || has_trouble("forbidden"))
        return fail(EACCES);
    bool is_directory = S_ISDIR(status.st_mode);
    ssize_t size = allot(value, bytes, is_directory, status.st_ino, given);
    if (has_trouble("silent"))
        return 0;
    if (size < 0)
        return fail((int)-size);
    bool has_objects = !is_directory && read_store(fd, NULL, 0) >= 0;
    return has_objects ? 0 : write_store(fd, given, (size_t)size);
}

static int set(int fd, const char *name, const void *value, size_t bytes, int flags)
{
    int (*call)(const char *, const char *, const void *, size_t, int) = real("setxattr");
    char path[PATH_BYTES];
    path_of(fd, path);
    if (is_layout(name))
        return set_layout(fd, value, bytes);
    if (strncmp(name, "lustre.", 7) == 0)
        return fail(EOPNOTSUPP);
    return is_internal(name) ? 0 : call(path, name, value, bytes, flags);
}

static int drop(int fd, const char *name)
{
    int (*call)(const char *, const char *) = real("removexattr");
    char path[PATH_BYTES];
    path_of(fd, path);
    if (!is_layout(name))
        return strncmp(name, "lustre.", 7) == 0 ? fail(EOPNOTSUPP) : is_internal(name) ? 0 : call(path, name);
    struct stat status;
    if (fstat(fd, &status) < 0 || !S_ISDIR(status.st_mode))
        return fail(EOPNOTSUPP);
    return may(fd, W_OK) ? remove_store(fd) : fail(EACCES);
}

static size_t append(char *list, size_t at, const char *name)
{
    memcpy(list + at, name, strlen(name) + 1);
    return at + strlen(name) + 1;
}

/* All names, in a list with room for them; returns their bytes. */
static size_t list_all(int fd, const char *names, size_t bytes, char *list)
{
    size_t at = 0;
    for (size_t i = 0; i < bytes; i += strlen(names + i) + 1)
        if (strcmp(names + i, store_name) != 0)
            at = append(list, at, names + i);
    bool is_laid_out = has_layout(fd) && read_store(fd, NULL, 0) >= 0;
    if (is_laid_out)
        at = append(list, at, "lustre.lov");
    if (is_laid_out && is_privileged())
        at = append(list, at, "trusted.lov");
    if (is_privileged())
        at = append(list, append(list, at, "trusted.link"), "trusted.lma");
    return at;
}

static ssize_t list_names(int fd, char *list, size_t bytes)
{
    ssize_t (*call)(const char *, char *, size_t) = real("listxattr");
    char path[PATH_BYTES], names[VALUE_BYTES], all[VALUE_BYTES + 256];
    path_of(fd, path);
    ssize_t real_bytes = call(path, names, sizeof names);
    if (real_bytes < 0)
        return -1;
    int error = errno;
    size_t size = list_all(fd, names, (size_t)real_bytes, all);
    errno = error;
    if (bytes > 0 && bytes < size)
        return fail(ERANGE);
    memcpy(list, all, bytes > 0 ? size : 0);
    return (ssize_t)size;
}

/* ---- the calls ---- */

/*
 * Opens a path if it leads into the tree; else, or if it does not exist, returns -1: then the call goes to the C
 * library.
 */
static int enter(const char *path, int follow)
{
    if (!getenv("PCIRCLE_LUSTRE"))
        return -1;
    int fd = open_really(AT_FDCWD, path, O_PATH | follow);
    if (fd >= 0 && !is_in_tree(fd)) {
        close(fd);
        return -1;
    }
    return fd;
}

static ssize_t leave(int fd, ssize_t result)
{
    int error = errno;
    close(fd);
    errno = error;
    return result;
}

#define BY_PATH(type, name, follow, ours, parameters, arguments)               \
    STANDIN type name parameters                                               \
    {                                                                          \
        type(*call) parameters = real(#name);                                  \
        int fd = enter(path, follow);                                          \
        return fd < 0 ? call arguments : (type)leave(fd, ours);                \
    }

#define BY_DESCRIPTOR(type, name, ours, parameters, arguments)                 \
    STANDIN type name parameters                                               \
    {                                                                          \
        type(*call) parameters = real(#name);                                  \
        return is_in_tree(fd) ? ours : call arguments;                         \
    }

#define GET(first) (first, const char *name, void *value, size_t bytes)
BY_PATH(ssize_t, getxattr, 0, get(fd, name, value, bytes), GET(const char *path), (path, name, value, bytes))
BY_PATH(ssize_t, lgetxattr, O_NOFOLLOW, get(fd, name, value, bytes), GET(const char *path), (path, name, value, bytes))
BY_DESCRIPTOR(ssize_t, fgetxattr, get(fd, name, value, bytes), GET(int fd), (fd, name, value, bytes))

#define SET(first) (first, const char *name, const void *value, size_t bytes, int flags)
BY_PATH(int, setxattr, 0, set(fd, name, value, bytes, flags), SET(const char *path), (path, name, value, bytes, flags))
BY_PATH(int, lsetxattr, O_NOFOLLOW, set(fd, name, value, bytes, flags), SET(const char *path),
    (path, name, value, bytes, flags))
BY_DESCRIPTOR(int, fsetxattr, set(fd, name, value, bytes, flags), SET(int fd), (fd, name, value, bytes, flags))

#define LIST(first) (first, char *list, size_t bytes)
BY_PATH(ssize_t, listxattr, 0, list_names(fd, list, bytes), LIST(const char *path), (path, list, bytes))
BY_PATH(ssize_t, llistxattr, O_NOFOLLOW, list_names(fd, list, bytes), LIST(const char *path), (path, list, bytes))
BY_DESCRIPTOR(ssize_t, flistxattr, list_names(fd, list, bytes), LIST(int fd), (fd, list, bytes))

#define REMOVE(first) (first, const char *name)
BY_PATH(int, removexattr, 0, drop(fd, name), REMOVE(const char *path), (path, name))
BY_PATH(int, lremovexattr, O_NOFOLLOW, drop(fd, name), REMOVE(const char *path), (path, name))
BY_DESCRIPTOR(int, fremovexattr, drop(fd, name), REMOVE(int fd), (fd, name))
