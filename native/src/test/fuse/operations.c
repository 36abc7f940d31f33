#include "operations.h"

#include "faults.h"
#include "nodes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { PROC_NAME_BYTES = 32 };

static struct node *root;
static const char *sized; /* the size in the status of files of this name */
static off_t sized_bytes;

void operations_start(struct node *top)
{
    root = top;
}

void operations_sized(int64_t bytes, const char *pattern)
{
    sized = pattern;
    sized_bytes = bytes;
}

/* ---- shared by requests ---- */

static struct node *node_of(fuse_ino_t number)
{
    return number == FUSE_ROOT_ID ? root : (struct node *)(uintptr_t)number;
}

struct node *operations_node(fuse_ino_t number)
{
    return node_of(number);
}

static struct handle *handle_of(const struct fuse_file_info *file)
{
    return (struct handle *)(uintptr_t)file->fh;
}

/* Converts the result -1 of a system call into -errno, any other into 0. */
static int result_of(int64_t result)
{
    return result < 0 ? -errno : 0;
}

static void reply(fuse_req_t request, int result)
{
    fuse_reply_err(request, -result);
}

static int check_bytes(enum operation operation, struct node *node, int64_t offset, int64_t bytes)
{
    char name[NODE_NAME_BYTES];
    node_name(node, name);
    return faults_check_bytes(operation, name, offset, bytes);
}

static int check(enum operation operation, struct node *node)
{
    return check_bytes(operation, node, 0, INT64_MAX);
}

static bool is_sized(const char *name, const struct stat *status)
{
    return sized && S_ISREG(status->st_mode) && fnmatch(sized, name, 0) == 0;
}

static bool is_sized_node(struct node *node)
{
    char name[NODE_NAME_BYTES];
    node_name(node, name);
    return is_sized(name, &(struct stat){.st_mode = S_IFREG});
}

static void pretend(const char *name, struct stat *status)
{
    if (is_sized(name, status))
        status->st_size = status->st_blocks = sized_bytes;
}

/* A path in /proc for a system call that takes only paths. The caller closes the descriptor. */
static int proc_name(struct node *node, char name[static PROC_NAME_BYTES])
{
    int fd = node_descriptor(node);
    if (fd >= 0)
        snprintf(name, PROC_NAME_BYTES, "/proc/self/fd/%d", fd);
    return fd;
}

static int find_entry(struct node *parent, const char *name, struct fuse_entry_param *entry)
{
    struct node *node;
    *entry = (struct fuse_entry_param){0};
    int error = faults_check(OP_STAT, name);
    if (error == 0)
        error = node_find(parent, name, &node, &entry->attr);
    if (error == 0) {
        pretend(name, &entry->attr);
        entry->ino = (fuse_ino_t)(uintptr_t)node;
    }
    return error;
}

/* Replies to a request that created an entry, or failed to. */
static void reply_entry(fuse_req_t request, int result, struct node *parent, const char *name)
{
    struct fuse_entry_param entry;
    if (result == 0)
        result = find_entry(parent, name, &entry);
    if (result < 0)
        reply(request, result);
    else
        fuse_reply_entry(request, &entry);
}

/* ---- looking at entries ---- */

static void start(void *data, struct fuse_conn_info *connection)
{
    (void)data;
    /* The umask is applied here, as the default ACL of a directory replaces it. The kernel clears set-id bits. */
    connection->want |= connection->capable & FUSE_CAP_DONT_MASK;
    connection->want &= ~(unsigned)FUSE_CAP_HANDLE_KILLPRIV;
}

static void look_up(fuse_req_t request, fuse_ino_t parent, const char *name)
{
    reply_entry(request, 0, node_of(parent), name);
}

static void forget(fuse_req_t request, fuse_ino_t number, uint64_t lookups)
{
    node_forget(node_of(number), lookups);
    fuse_reply_none(request);
}

static int describe(struct node *node, const struct fuse_file_info *file, struct stat *status)
{
    char name[NODE_NAME_BYTES];
    node_name(node, name);
    int error = faults_check(OP_STAT, name);
    if (error < 0)
        return error;
    int fd = file ? handle_of(file)->fd : node_descriptor(node);
    if (fd < 0)
        return fd;
    error = result_of(fstatat(fd, "", status, AT_EMPTY_PATH));
    if (!file)
        close(fd);
    pretend(name, status);
    return error;
}

static void get_attributes(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    (void)file; /* not always passed by the kernel, so it is not used */
    struct stat status;
    int error = describe(node_of(number), NULL, &status);
    if (error < 0)
        reply(request, error);
    else
        fuse_reply_attr(request, &status, 0);
}

static struct timespec time_to_set(int changed, int set, int now, struct timespec given)
{
    if (changed & now)
        return (struct timespec){.tv_nsec = UTIME_NOW};
    return changed & set ? given : (struct timespec){.tv_nsec = UTIME_OMIT};
}

static int change(struct node *node, int fd, const char *path, const struct stat *wanted, int changed)
{
    int error = 0;
    if (changed & (FUSE_SET_ATTR_UID | FUSE_SET_ATTR_GID)) {
        error = check(OP_CHOWN, node);
        if (error == 0)
            error = result_of(fchownat(
                fd,
                "",
                changed & FUSE_SET_ATTR_UID ? wanted->st_uid : (uid_t)-1,
                changed & FUSE_SET_ATTR_GID ? wanted->st_gid : (gid_t)-1,
                AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW));
    }
    if (error == 0 && changed & FUSE_SET_ATTR_MODE) {
        error = check(OP_CHMOD, node);
        if (error == 0)
            error = result_of(chmod(path, wanted->st_mode & 07777));
    }
    if (error == 0 && changed & FUSE_SET_ATTR_SIZE) {
        error = check(OP_TRUNCATE, node);
        if (error == 0)
            error = result_of(truncate(path, wanted->st_size));
    }
    if (error == 0 && changed & (FUSE_SET_ATTR_ATIME | FUSE_SET_ATTR_MTIME)) {
        error = check(OP_UTIMENS, node);
        struct timespec times[] = {
            time_to_set(changed, FUSE_SET_ATTR_ATIME, FUSE_SET_ATTR_ATIME_NOW, wanted->st_atim),
            time_to_set(changed, FUSE_SET_ATTR_MTIME, FUSE_SET_ATTR_MTIME_NOW, wanted->st_mtim),
        };
        if (error == 0)
            error = result_of(utimensat(AT_FDCWD, path, times, 0));
    }
    return error;
}

static void
set_attributes(fuse_req_t request, fuse_ino_t number, struct stat *wanted, int changed, struct fuse_file_info *file)
{
    (void)file;
    struct node *node = node_of(number);
    struct stat status;
    char path[PROC_NAME_BYTES];
    int fd = proc_name(node, path);
    int error = fd;
    if (fd >= 0) {
        error = change(node, fd, path, wanted, changed);
        close(fd);
    }
    if (error >= 0)
        error = describe(node, NULL, &status);
    if (error < 0)
        reply(request, error);
    else
        fuse_reply_attr(request, &status, 0);
}

static void read_link(fuse_req_t request, fuse_ino_t number)
{
    struct node *node = node_of(number);
    char target[PATH_MAX + 1];
    int error = check(OP_READLINK, node);
    int fd = error < 0 ? error : node_descriptor(node);
    if (fd < 0) {
        reply(request, fd);
        return;
    }
    ssize_t bytes = readlinkat(fd, "", target, PATH_MAX);
    error = result_of(bytes);
    close(fd);
    if (error < 0) {
        reply(request, error);
        return;
    }
    target[bytes] = '\0';
    fuse_reply_readlink(request, target);
}

static void tell_file_system(fuse_req_t request, fuse_ino_t number)
{
    struct node *node = node_of(number);
    struct statvfs status;
    int error = check(OP_STATFS, node);
    int fd = error < 0 ? error : node_descriptor(node);
    error = fd;
    if (fd >= 0) {
        error = result_of(fstatvfs(fd, &status));
        close(fd);
    }
    if (error < 0)
        reply(request, error);
    else
        fuse_reply_statfs(request, &status);
}

/* ---- listing: offsets are those of telldir(3) ---- */

struct listing {
    DIR *directory;
    struct dirent *next; /* that did not fit */
    off_t position;
};

static void open_directory(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    struct node *node = node_of(number);
    int error = check(OP_OPEN, node);
    struct listing *listing = calloc(1, sizeof *listing);
    if (error < 0 || !listing) {
        free(listing);
        reply(request, error < 0 ? error : -ENOMEM);
        return;
    }
    int fd = openat(node_directory(node), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    listing->directory = fd < 0 ? NULL : fdopendir(fd);
    if (!listing->directory) {
        error = -errno;
        if (fd >= 0)
            close(fd);
        free(listing);
        reply(request, error);
        return;
    }
    file->fh = (uintptr_t)listing;
    fuse_reply_open(request, file);
}

static void
list_directory(fuse_req_t request, fuse_ino_t number, size_t room, off_t position, struct fuse_file_info *file)
{
    struct listing *listing = (struct listing *)(uintptr_t)file->fh;
    char *entries = malloc(room);
    int error = entries ? check(OP_LIST, node_of(number)) : -ENOMEM;
    size_t used = 0;
    if (error == 0 && position != listing->position) {
        seekdir(listing->directory, position);
        listing->next = NULL;
        listing->position = position;
    }
    while (error == 0) {
        errno = 0;
        struct dirent *entry = listing->next ? listing->next : readdir(listing->directory);
        listing->next = entry;
        if (!entry) {
            error = -errno;
            break;
        }
        off_t next = telldir(listing->directory);
        struct stat status = {.st_ino = entry->d_ino, .st_mode = (mode_t)entry->d_type << 12};
        size_t bytes = fuse_add_direntry(request, entries + used, room - used, entry->d_name, &status, next);
        if (bytes > room - used)
            break;
        used += bytes;
        listing->next = NULL;
        listing->position = next;
    }
    if (error < 0 && used == 0)
        reply(request, error);
    else
        fuse_reply_buf(request, entries, used);
    free(entries);
}

static void close_directory(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    (void)number;
    struct listing *listing = (struct listing *)(uintptr_t)file->fh;
    closedir(listing->directory);
    free(listing);
    reply(request, 0);
}

static void flush_directory(fuse_req_t request, fuse_ino_t number, int data_only, struct fuse_file_info *file)
{
    (void)data_only;
    int error = check(OP_FSYNC, node_of(number));
    reply(request, error < 0 ? error : result_of(fsync(dirfd(((struct listing *)(uintptr_t)file->fh)->directory))));
}

/* ---- making and removing entries ---- */

/* The mode of a new entry. The umask applies where there is no default ACL. */
static mode_t masked(fuse_req_t request, struct node *parent, mode_t mode)
{
    char name[PROC_NAME_BYTES];
    int fd = proc_name(parent, name);
    bool has_default = fd >= 0 && getxattr(name, "system.posix_acl_default", NULL, 0) > 0;
    if (fd >= 0)
        close(fd);
    return has_default ? mode : mode & ~fuse_req_ctx(request)->umask;
}

/*
 * Gives a new entry to the user of the request, if we are root. A directory with the set-group-ID bit passes on its
 * group.
 *
 * set_id: bits of the mode that chown(2) clears
 */
static int give(fuse_req_t request, struct node *parent, const char *name, mode_t set_id)
{
    struct stat status;
    int directory = node_directory(parent);
    if (geteuid() != 0)
        return 0;
    if (fstat(directory, &status) < 0)
        return -errno;
    const struct fuse_ctx *caller = fuse_req_ctx(request);
    gid_t group = status.st_mode & S_ISGID ? (gid_t)-1 : caller->gid;
    if (fchownat(directory, name, caller->uid, group, AT_SYMLINK_NOFOLLOW) < 0)
        return -errno;
    if (set_id == 0 || fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return 0;
    return result_of(fchmodat(directory, name, (status.st_mode & 07777) | set_id, 0));
}

static void create(fuse_req_t request, fuse_ino_t number, const char *name, mode_t mode, struct fuse_file_info *file)
{
    struct node *parent = node_of(number);
    struct fuse_entry_param entry;
    struct handle *handle;
    int flags = file->flags | O_NOFOLLOW | O_CLOEXEC;
    int error = faults_check(OP_CREATE, name);
    int fd = -1;
    if (error == 0) {
        mode = masked(request, parent, mode);
        fd = openat(node_directory(parent), name, flags | O_CREAT | O_EXCL, mode);
        bool made = fd >= 0;
        if (!made && errno == EEXIST && !(flags & O_EXCL))
            fd = openat(node_directory(parent), name, flags & ~O_CREAT);
        error = result_of(fd);
        if (made)
            error = give(request, parent, name, mode & (S_ISUID | S_ISGID));
    }
    if (error == 0)
        error = find_entry(parent, name, &entry);
    if (error == 0) {
        error = node_adopt(node_of(entry.ino), fd, &handle);
        if (error < 0)
            node_forget(node_of(entry.ino), 1);
    }
    if (error < 0) {
        if (fd >= 0)
            close(fd);
        reply(request, error);
        return;
    }
    file->fh = (uintptr_t)handle;
    file->direct_io = is_sized(name, &entry.attr);
    fuse_reply_create(request, &entry, file);
}

static void make_directory(fuse_req_t request, fuse_ino_t number, const char *name, mode_t mode)
{
    struct node *parent = node_of(number);
    int error = faults_check(OP_MKDIR, name);
    if (error == 0)
        error = result_of(mkdirat(node_directory(parent), name, masked(request, parent, mode)));
    if (error == 0)
        error = give(request, parent, name, 0);
    reply_entry(request, error, parent, name);
}

static void make_node(fuse_req_t request, fuse_ino_t number, const char *name, mode_t mode, dev_t device)
{
    struct node *parent = node_of(number);
    int error = faults_check(OP_MKNOD, name);
    if (error == 0)
        error = result_of(mknodat(node_directory(parent), name, masked(request, parent, mode), device));
    if (error == 0)
        error = give(request, parent, name, mode & (S_ISUID | S_ISGID));
    reply_entry(request, error, parent, name);
}

static void make_symlink(fuse_req_t request, const char *target, fuse_ino_t number, const char *name)
{
    struct node *parent = node_of(number);
    int error = faults_check(OP_SYMLINK, name);
    if (error == 0)
        error = result_of(symlinkat(target, node_directory(parent), name));
    if (error == 0)
        error = give(request, parent, name, 0);
    reply_entry(request, error, parent, name);
}

static void make_link(fuse_req_t request, fuse_ino_t number, fuse_ino_t new_parent, const char *name)
{
    struct node *parent = node_of(new_parent);
    int error = check(OP_LINK, node_of(number));
    if (error == 0)
        error = faults_check(OP_LINK, name);
    if (error == 0) {
        char path[PROC_NAME_BYTES];
        int fd = proc_name(node_of(number), path);
        error = fd;
        if (fd >= 0) {
            error = result_of(linkat(AT_FDCWD, path, node_directory(parent), name, AT_SYMLINK_FOLLOW));
            close(fd);
        }
    }
    reply_entry(request, error, parent, name);
}

static void unlink_entry(fuse_req_t request, fuse_ino_t parent, const char *name)
{
    int error = faults_check(OP_UNLINK, name);
    reply(request, error < 0 ? error : node_unlink(node_of(parent), name));
}

static void remove_directory(fuse_req_t request, fuse_ino_t parent, const char *name)
{
    int error = faults_check(OP_RMDIR, name);
    reply(request, error < 0 ? error : result_of(unlinkat(node_directory(node_of(parent)), name, AT_REMOVEDIR)));
}

static void rename_entry(
    fuse_req_t request,
    fuse_ino_t parent,
    const char *name,
    fuse_ino_t new_parent,
    const char *new_name,
    unsigned flags)
{
    int error = faults_check(OP_RENAME, name);
    if (error == 0)
        error = faults_check(OP_RENAME, new_name);
    reply(request, error < 0 ? error : node_rename(node_of(parent), name, node_of(new_parent), new_name, flags));
}

/* ---- open files ---- */

static void open_file(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    struct node *node = node_of(number);
    struct handle *handle;
    int error = check(OP_OPEN, node);
    if (error == 0 && file->flags & O_TRUNC)
        error = check(OP_TRUNCATE, node);
    if (error == 0)
        error = node_open(node, file->flags & ~(O_CREAT | O_EXCL | O_DIRECT), &handle);
    if (error < 0) {
        reply(request, error);
        return;
    }
    file->fh = (uintptr_t)handle;
    file->direct_io = is_sized_node(node);
    fuse_reply_open(request, file);
}

static void read_file(fuse_req_t request, fuse_ino_t number, size_t bytes, off_t offset, struct fuse_file_info *file)
{
    char *data = malloc(bytes);
    int error = data ? check_bytes(OP_READ, node_of(number), offset, (int64_t)bytes) : -ENOMEM;
    ssize_t done = error < 0 ? 0 : pread(handle_of(file)->fd, data, bytes, offset);
    if (error == 0)
        error = result_of(done);
    if (error < 0)
        reply(request, error);
    else
        fuse_reply_buf(request, data, (size_t)done);
    free(data);
}

static void write_file(
    fuse_req_t request, fuse_ino_t number, const char *data, size_t bytes, off_t offset, struct fuse_file_info *file)
{
    int error = check_bytes(OP_WRITE, node_of(number), offset, (int64_t)bytes);
    ssize_t done = error < 0 ? 0 : pwrite(handle_of(file)->fd, data, bytes, offset);
    if (error == 0)
        error = result_of(done);
    if (error < 0)
        reply(request, error);
    else
        fuse_reply_write(request, (size_t)done);
}

static void copy_range(
    fuse_req_t request,
    fuse_ino_t from,
    off_t offset,
    struct fuse_file_info *file,
    fuse_ino_t to,
    off_t new_offset,
    struct fuse_file_info *new_file,
    size_t bytes,
    int flags)
{
    int64_t about = bytes < INT64_MAX ? (int64_t)bytes : INT64_MAX;
    int error = check_bytes(OP_COPY_FILE_RANGE, node_of(from), offset, about);
    if (error == 0)
        error = check_bytes(OP_COPY_FILE_RANGE, node_of(to), new_offset, about);
    if (error == 0)
        error = check_bytes(OP_READ, node_of(from), offset, about);
    if (error == 0)
        error = check_bytes(OP_WRITE, node_of(to), new_offset, about);
    ssize_t done = error < 0 ? 0 : copy_file_range(
        handle_of(file)->fd, &offset, handle_of(new_file)->fd, &new_offset, bytes, (unsigned)flags);
    if (error == 0)
        error = result_of(done);
    if (error < 0)
        reply(request, error);
    else
        fuse_reply_write(request, (size_t)done);
}

static void seek(fuse_req_t request, fuse_ino_t number, off_t offset, int whence, struct fuse_file_info *file)
{
    struct node *node = node_of(number);
    int error = check(OP_LSEEK, node);
    if (error == 0 && is_sized_node(node))
        error = -EINVAL;
    off_t found = error < 0 ? 0 : lseek(handle_of(file)->fd, offset, whence);
    if (error == 0)
        error = result_of(found);
    if (error < 0)
        reply(request, error);
    else
        fuse_reply_lseek(request, found);
}

static void
allocate(fuse_req_t request, fuse_ino_t number, int mode, off_t offset, off_t bytes, struct fuse_file_info *file)
{
    int error = check_bytes(OP_FALLOCATE, node_of(number), offset, bytes);
    reply(request, error < 0 ? error : result_of(fallocate(handle_of(file)->fd, mode, offset, bytes)));
}

static void flush_file(fuse_req_t request, fuse_ino_t number, int data_only, struct fuse_file_info *file)
{
    int fd = handle_of(file)->fd;
    int error = check(OP_FSYNC, node_of(number));
    reply(request, error < 0 ? error : result_of(data_only ? fdatasync(fd) : fsync(fd)));
}

/* A descriptor is closed, which may not be the last one of this file. */
static void close_descriptor(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    handle_flushed(handle_of(file));
    reply(request, check(OP_FLUSH, node_of(number)));
}

static void close_file(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    (void)number;
    handle_close(handle_of(file));
    reply(request, 0);
}

/* ---- extended attributes: a request with size 0 asks for the length ---- */

static void reply_bytes(fuse_req_t request, ssize_t result, const char *data, size_t room)
{
    if (result < 0)
        reply(request, (int)result);
    else if (room == 0)
        fuse_reply_xattr(request, (size_t)result);
    else
        fuse_reply_buf(request, data, (size_t)result);
}

/* name: the attribute; NULL: their names */
static void tell_attribute(fuse_req_t request, struct node *node, const char *name, size_t room)
{
    char path[PROC_NAME_BYTES];
    char *data = room > 0 ? malloc(room) : NULL;
    int error = room > 0 && !data ? -ENOMEM : check(name ? OP_GETXATTR : OP_LISTXATTR, node);
    int fd = error < 0 ? error : proc_name(node, path);
    ssize_t bytes = fd;
    if (fd >= 0) {
        bytes = name ? getxattr(path, name, data, room) : listxattr(path, data, room);
        bytes = bytes < 0 ? -errno : bytes;
        close(fd);
    }
    reply_bytes(request, bytes, data, room);
    free(data);
}

static void get_attribute(fuse_req_t request, fuse_ino_t number, const char *name, size_t room)
{
    tell_attribute(request, node_of(number), name, room);
}

static void list_attributes(fuse_req_t request, fuse_ino_t number, size_t room)
{
    tell_attribute(request, node_of(number), NULL, room);
}

static void set_attribute(
    fuse_req_t request, fuse_ino_t number, const char *name, const char *value, size_t bytes, int flags)
{
    struct node *node = node_of(number);
    char path[PROC_NAME_BYTES];
    int error = check(OP_SETXATTR, node);
    int fd = error < 0 ? error : proc_name(node, path);
    error = fd;
    if (fd >= 0) {
        error = result_of(setxattr(path, name, value, bytes, flags));
        close(fd);
    }
    reply(request, error);
}

static void remove_attribute(fuse_req_t request, fuse_ino_t number, const char *name)
{
    struct node *node = node_of(number);
    char path[PROC_NAME_BYTES];
    int error = check(OP_REMOVEXATTR, node);
    int fd = error < 0 ? error : proc_name(node, path);
    error = fd;
    if (fd >= 0) {
        error = result_of(removexattr(path, name));
        close(fd);
    }
    reply(request, error);
}

const struct fuse_lowlevel_ops operations = {
    .init = start,
    .lookup = look_up,
    .forget = forget,
    .getattr = get_attributes,
    .setattr = set_attributes,
    .readlink = read_link,
    .statfs = tell_file_system,
    .opendir = open_directory,
    .readdir = list_directory,
    .releasedir = close_directory,
    .fsyncdir = flush_directory,
    .create = create,
    .mkdir = make_directory,
    .mknod = make_node,
    .symlink = make_symlink,
    .link = make_link,
    .unlink = unlink_entry,
    .rmdir = remove_directory,
    .rename = rename_entry,
    .open = open_file,
    .read = read_file,
    .write = write_file,
    .copy_file_range = copy_range,
    .lseek = seek,
    .fallocate = allocate,
    .fsync = flush_file,
    .flush = close_descriptor,
    .release = close_file,
    .getxattr = get_attribute,
    .listxattr = list_attributes,
    .setxattr = set_attribute,
    .removexattr = remove_attribute,
};
