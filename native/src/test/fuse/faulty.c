/*
 * A file system that shows a directory, and fails where it is told to: for tests of what is said then, and done.
 *
 *   faulty DIRECTORY MOUNTPOINT [OPERATION,ERRNO,NAME[,OFFSET,BYTES]]...
 *
 * OPERATION is stat, list, open, read or readlink; ERRNO is a name, such as EIO; NAME is the last name of the paths that it is
 * about. A read fails when it is for any of these bytes, or for any at all if none are given. Nothing can be written.
 * It runs in the foreground until it is unmounted or a signal ends it.
 */
#define FUSE_USE_VERSION 31

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum operation { STAT, LIST, OPEN, READ, READLINK, OPERATIONS };

static const char *const operation_names[OPERATIONS] = {"stat", "list", "open", "read", "readlink"};

static const struct {
    const char *name;
    int number;
} errors[] = {{"EIO", EIO}, {"ENOENT", ENOENT}, {"EACCES", EACCES}, {"ESTALE", ESTALE}};

enum { ERRORS = sizeof errors / sizeof errors[0], FAULTS_MAX = 64, NAME_BYTES = 256 };

/* Parsed at the start, and only read afterwards. */
static struct fault {
    enum operation operation;
    int error;
    char name[NAME_BYTES];
    int64_t offset, bytes;
} faults[FAULTS_MAX];
static size_t fault_count;

static int top; /* the directory that is shown */

/* ---- faults ---- */

static bool parse_fault(const char *text, struct fault *fault)
{
    char operation[16] = "", error[16] = "";
    fault->bytes = INT64_MAX;
    int fields = sscanf(
        text, "%15[^,],%15[^,],%255[^,],%" SCNd64 ",%" SCNd64, operation, error, fault->name, &fault->offset, &fault->bytes);
    for (int i = 0; i < OPERATIONS; i++) {
        if (strcmp(operation, operation_names[i]) == 0)
            fault->operation = (enum operation)i;
    }
    for (int i = 0; i < ERRORS; i++) {
        if (strcmp(error, errors[i].name) == 0)
            fault->error = errors[i].number;
    }
    return (fields == 3 || fields == 5) && fault->error != 0 && strcmp(operation, operation_names[fault->operation]) == 0;
}

/* 0, or -errno if this is to fail. */
static int check(enum operation operation, const char *path, int64_t offset, int64_t bytes)
{
    const char *name = strrchr(path, '/') + 1;
    for (const struct fault *fault = faults; fault < faults + fault_count; fault++) {
        bool touches = offset - fault->offset < fault->bytes && offset + bytes > fault->offset;
        if (fault->operation == operation && strcmp(fault->name, name) == 0 && touches)
            return -fault->error;
    }
    return 0;
}

static int check_all(enum operation operation, const char *path)
{
    return check(operation, path, 0, INT64_MAX);
}

/* ---- the file system: functions return 0 or a count, or -errno; one thread calls them ---- */

static const char *below_top(const char *path)
{
    return path[1] ? path + 1 : ".";
}

static int get_attributes(const char *path, struct stat *status, struct fuse_file_info *file)
{
    (void)file;
    int error = check_all(STAT, path);
    if (error < 0)
        return error;
    return fstatat(top, below_top(path), status, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : 0;
}

static int read_link(const char *path, char *text, size_t room)
{
    int error = check_all(READLINK, path);
    if (error < 0)
        return error;
    ssize_t bytes = readlinkat(top, below_top(path), text, room - 1);
    if (bytes < 0)
        return -errno;
    text[bytes] = '\0';
    return 0;
}

static int open_file(const char *path, struct fuse_file_info *file)
{
    int error = check_all(OPEN, path);
    if (error < 0)
        return error;
    int fd = openat(top, below_top(path), O_RDONLY | O_NOFOLLOW);
    if (fd < 0)
        return -errno;
    file->fh = (uint64_t)fd;
    return 0;
}

static int read_file(const char *path, char *data, size_t bytes, off_t offset, struct fuse_file_info *file)
{
    int error = check(READ, path, offset, (int64_t)bytes);
    if (error < 0)
        return error;
    ssize_t read = pread((int)file->fh, data, bytes, offset);
    return read < 0 ? -errno : (int)read;
}

static int release_file(const char *path, struct fuse_file_info *file)
{
    (void)path;
    close((int)file->fh);
    return 0;
}

static int list_directory(
    const char *path,
    void *entries,
    fuse_fill_dir_t add,
    off_t offset,
    struct fuse_file_info *file,
    enum fuse_readdir_flags flags)
{
    (void)offset;
    (void)file;
    (void)flags;
    int error = check_all(LIST, path);
    if (error < 0)
        return error;
    int fd = openat(top, below_top(path), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    DIR *directory = fd < 0 ? NULL : fdopendir(fd);
    if (!directory)
        return -errno;
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory))
        add(entries, entry->d_name, NULL, 0, 0);
    closedir(directory);
    return 0;
}

static const struct fuse_operations operations = {
    .getattr = get_attributes,
    .readlink = read_link,
    .open = open_file,
    .read = read_file,
    .release = release_file,
    .readdir = list_directory,
};

int main(int argc, char *argv[])
{
    if (argc < 3 || argc - 3 > FAULTS_MAX) {
        fprintf(stderr, "usage: faulty DIRECTORY MOUNTPOINT [OPERATION,ERRNO,NAME[,OFFSET,BYTES]]...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        if (!parse_fault(argv[i], &faults[fault_count++])) {
            fprintf(stderr, "faulty: %s: no fault\n", argv[i]);
            return 2;
        }
    }
    top = open(argv[1], O_RDONLY | O_DIRECTORY);
    if (top < 0) {
        perror(argv[1]);
        return 1;
    }
    char *words[] = {argv[0], "-f", "-s", "-o", "ro,default_permissions", argv[2], NULL};
    return fuse_main(6, words, &operations, NULL);
}
