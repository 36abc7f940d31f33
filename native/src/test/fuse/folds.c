#include "folds.h"

#include "nodes.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static struct fuse_lowlevel_ops plain;

/* Held from looking up a spelling until it is used: else two entries could be created at once. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The spelling of a name in a directory; the name itself if it does not exist. */
static const char *stored(fuse_ino_t directory, const char *name, char spelling[static NODE_NAME_BYTES])
{
    int parent = node_directory(operations_node(directory));
    const char *found = name;
    if (faccessat(parent, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return found;
    int fd = openat(parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = fd < 0 ? NULL : fdopendir(fd);
    const struct dirent *entry;
    while (listing && found == name && (entry = readdir(listing))) {
        if (strcasecmp(entry->d_name, name) == 0) {
            snprintf(spelling, NODE_NAME_BYTES, "%s", entry->d_name);
            found = spelling;
        }
    }
    if (listing)
        closedir(listing);
    return found;
}

static const char *hold(fuse_ino_t directory, const char *name, char spelling[static NODE_NAME_BYTES])
{
    pthread_mutex_lock(&lock);
    return stored(directory, name, spelling);
}

static void release(void)
{
    pthread_mutex_unlock(&lock);
}

static void look_up(fuse_req_t request, fuse_ino_t parent, const char *name)
{
    char spelling[NODE_NAME_BYTES];
    plain.lookup(request, parent, hold(parent, name, spelling));
    release();
}

static void create(fuse_req_t request, fuse_ino_t parent, const char *name, mode_t mode, struct fuse_file_info *file)
{
    char spelling[NODE_NAME_BYTES];
    plain.create(request, parent, hold(parent, name, spelling), mode, file);
    release();
}

static void make_directory(fuse_req_t request, fuse_ino_t parent, const char *name, mode_t mode)
{
    char spelling[NODE_NAME_BYTES];
    plain.mkdir(request, parent, hold(parent, name, spelling), mode);
    release();
}

static void make_node(fuse_req_t request, fuse_ino_t parent, const char *name, mode_t mode, dev_t device)
{
    char spelling[NODE_NAME_BYTES];
    plain.mknod(request, parent, hold(parent, name, spelling), mode, device);
    release();
}

static void make_symlink(fuse_req_t request, const char *target, fuse_ino_t parent, const char *name)
{
    char spelling[NODE_NAME_BYTES];
    plain.symlink(request, target, parent, hold(parent, name, spelling));
    release();
}

static void make_link(fuse_req_t request, fuse_ino_t number, fuse_ino_t parent, const char *name)
{
    char spelling[NODE_NAME_BYTES];
    plain.link(request, number, parent, hold(parent, name, spelling));
    release();
}

static void unlink_entry(fuse_req_t request, fuse_ino_t parent, const char *name)
{
    char spelling[NODE_NAME_BYTES];
    plain.unlink(request, parent, hold(parent, name, spelling));
    release();
}

static void remove_directory(fuse_req_t request, fuse_ino_t parent, const char *name)
{
    char spelling[NODE_NAME_BYTES];
    plain.rmdir(request, parent, hold(parent, name, spelling));
    release();
}

static void rename_entry(
    fuse_req_t request,
    fuse_ino_t parent,
    const char *name,
    fuse_ino_t new_parent,
    const char *new_name,
    unsigned flags)
{
    char spelling[NODE_NAME_BYTES], new_spelling[NODE_NAME_BYTES];
    const char *from = hold(parent, name, spelling);
    plain.rename(request, parent, from, new_parent, stored(new_parent, new_name, new_spelling), flags);
    release();
}

struct fuse_lowlevel_ops folds_of(const struct fuse_lowlevel_ops *distinct)
{
    plain = *distinct;
    struct fuse_lowlevel_ops folded = *distinct;
    folded.lookup = look_up;
    folded.create = create;
    folded.mkdir = make_directory;
    folded.mknod = make_node;
    folded.symlink = make_symlink;
    folded.link = make_link;
    folded.unlink = unlink_entry;
    folded.rmdir = remove_directory;
    folded.rename = rename_entry;
    return folded;
}
