#include "nodes.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BUCKETS = 1 << 14, CLOSING_MS = 1000 };

struct node {
    struct node *next;   /* in its bucket */
    struct node *parent; /* where it was last looked up; holds one reference; NULL: the root */
    char name[NODE_NAME_BYTES];
    dev_t device;
    ino_t inode;
    mode_t type;            /* an inode number may be reused by an entry of another type before it is forgotten */
    int directory;          /* O_PATH; -1: not a directory */
    struct handle *handles; /* with which it is open */
    uint64_t lookups;
    struct node *hidden_in; /* holds one reference; NULL: it is not hidden */
    char hidden_name[NODE_NAME_BYTES];
};

/* Guards all state of this file. System calls under it concern single names, and are short. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t closed = PTHREAD_COND_INITIALIZER;
static struct node *buckets[BUCKETS];
static const char *hidden_prefix;
static unsigned hidden_count;

static struct node **bucket(dev_t device, ino_t inode)
{
    return &buckets[(inode * 31 + device) % BUCKETS];
}

static bool is_node(const struct node *node, const struct stat *status)
{
    return node->inode == status->st_ino && node->device == status->st_dev && node->type == (status->st_mode & S_IFMT);
}

static struct node *known(const struct stat *status)
{
    struct node *node = *bucket(status->st_dev, status->st_ino);
    while (node && !is_node(node, status))
        node = node->next;
    return node;
}

/* Creates a node that has not been looked up yet. It takes over the descriptor, which may be -1. */
static struct node *add(const struct stat *status, int directory)
{
    struct node *node = calloc(1, sizeof *node);
    if (!node)
        return NULL;
    struct node **first = bucket(status->st_dev, status->st_ino);
    *node = (struct node){
        .next = *first,
        .device = status->st_dev,
        .inode = status->st_ino,
        .type = status->st_mode & S_IFMT,
        .directory = directory,
    };
    *first = node;
    return node;
}

static void forget(struct node *node, uint64_t lookups)
{
    while (node) {
        node->lookups -= lookups;
        if (node->lookups > 0 || node->handles)
            return;
        struct node **link = bucket(node->device, node->inode);
        while (*link != node)
            link = &(*link)->next;
        *link = node->next;
        if (node->directory >= 0)
            close(node->directory);
        struct node *parent = node->parent;
        free(node);
        node = parent;
        lookups = 1;
    }
}

static void set_name(struct node *node, struct node *parent, const char *name)
{
    snprintf(node->name, sizeof node->name, "%s", name);
    parent->lookups++;
    if (node->parent)
        forget(node->parent, 1);
    node->parent = parent;
}

struct node *nodes_start(int directory)
{
    struct stat status;
    struct node *root = fstat(directory, &status) < 0 ? NULL : add(&status, directory);
    if (root)
        root->lookups = 1;
    return root;
}

void nodes_hide(const char *prefix)
{
    hidden_prefix = prefix;
}

static int find(struct node *parent, const char *name, struct node **found, struct stat *status)
{
    if (fstatat(parent->directory, name, status, AT_SYMLINK_NOFOLLOW) < 0)
        return -errno;
    struct node *node = known(status);
    if (!node) {
        int directory = -1;
        if (S_ISDIR(status->st_mode)) {
            directory = openat(parent->directory, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (directory < 0 || fstat(directory, status) < 0)
                return -errno;
        }
        node = add(status, directory);
        if (!node)
            return -ENOMEM;
    }
    if (node->parent || node->lookups == 0) /* all but the root */
        set_name(node, parent, name);
    node->lookups++;
    *found = node;
    return 0;
}

int node_find(struct node *parent, const char *name, struct node **found, struct stat *status)
{
    pthread_mutex_lock(&lock);
    int error = find(parent, name, found, status);
    pthread_mutex_unlock(&lock);
    return error;
}

void node_forget(struct node *node, uint64_t lookups)
{
    pthread_mutex_lock(&lock);
    forget(node, lookups);
    pthread_mutex_unlock(&lock);
}

void node_name(struct node *node, char name[static NODE_NAME_BYTES])
{
    pthread_mutex_lock(&lock);
    memcpy(name, node->name, NODE_NAME_BYTES);
    pthread_mutex_unlock(&lock);
}

static int descriptor(struct node *node)
{
    int fd = node->directory >= 0 ? node->directory : node->handles ? node->handles->fd : -1;
    if (fd >= 0) {
        int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
        return copy < 0 ? -errno : copy;
    }
    fd = openat(node->parent->directory, node->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    struct stat status;
    if (fstat(fd, &status) < 0 || !is_node(node, &status)) {
        close(fd);
        return -ESTALE;
    }
    return fd;
}

int node_descriptor(struct node *node)
{
    pthread_mutex_lock(&lock);
    int fd = descriptor(node);
    pthread_mutex_unlock(&lock);
    return fd;
}

int node_directory(const struct node *node)
{
    return node->directory;
}

static int adopt(struct node *node, int fd, struct handle **handle)
{
    struct handle *made = malloc(sizeof *made);
    if (!made)
        return -ENOMEM;
    *made = (struct handle){.node = node, .next = node->handles, .fd = fd};
    node->handles = made;
    *handle = made;
    return 0;
}

int node_open(struct node *node, int flags, struct handle **handle)
{
    pthread_mutex_lock(&lock);
    int path = descriptor(node);
    int result = path;
    if (path >= 0) {
        char name[32];
        snprintf(name, sizeof name, "/proc/self/fd/%d", path);
        int fd = open(name, (flags & ~O_NOFOLLOW) | O_CLOEXEC);
        result = fd < 0 ? -errno : adopt(node, fd, handle);
        if (fd >= 0 && result < 0)
            close(fd);
        close(path);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int node_adopt(struct node *node, int fd, struct handle **handle)
{
    pthread_mutex_lock(&lock);
    int error = adopt(node, fd, handle);
    pthread_mutex_unlock(&lock);
    return error;
}

void handle_flushed(struct handle *handle)
{
    pthread_mutex_lock(&lock);
    handle->flushed = true;
    pthread_mutex_unlock(&lock);
}

void handle_close(struct handle *handle)
{
    pthread_mutex_lock(&lock);
    struct node *node = handle->node;
    struct handle **link = &node->handles;
    while (*link != handle)
        link = &(*link)->next;
    *link = handle->next;
    close(handle->fd);
    free(handle);
    if (!node->handles && node->hidden_in) {
        unlinkat(node->hidden_in->directory, node->hidden_name, 0);
        forget(node->hidden_in, 1);
        node->hidden_in = NULL;
    }
    forget(node, 0);
    pthread_cond_broadcast(&closed);
    pthread_mutex_unlock(&lock);
}

/*
 * Whether a file is open. The kernel reports a close some time after close(2) has returned. If that is the only thing
 * missing, waits for it, so that a closed file is not taken for an open one.
 */
static bool is_open(const struct stat *status)
{
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += CLOSING_MS / 1000;
    for (;;) {
        struct node *node = known(status);
        if (!node || !node->handles)
            return false;
        for (const struct handle *handle = node->handles; handle; handle = handle->next) {
            if (!handle->flushed)
                return true;
        }
        if (pthread_cond_timedwait(&closed, &lock, &end) == ETIMEDOUT)
            return true;
    }
}

/* Hides an entry if it is open. 1: it is hidden now; 0: it is not open, or files are not hidden. */
static int hide(struct node *parent, const char *name)
{
    struct stat status;
    if (!hidden_prefix || fstatat(parent->directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0 || !is_open(&status))
        return 0;
    struct node *node = known(&status);
    if (node->hidden_in)
        return -EBUSY;
    snprintf(node->hidden_name, sizeof node->hidden_name, "%s%08lx%08x", hidden_prefix, (unsigned long)node->inode,
             ++hidden_count);
    if (renameat2(parent->directory, name, parent->directory, node->hidden_name, RENAME_NOREPLACE) < 0)
        return -errno;
    printf("%s was open, and is %s now\n", name, node->hidden_name);
    fflush(stdout);
    node->hidden_in = parent;
    parent->lookups++;
    set_name(node, parent, node->hidden_name);
    return 1;
}

int node_unlink(struct node *parent, const char *name)
{
    pthread_mutex_lock(&lock);
    int result = hide(parent, name);
    if (result == 0 && unlinkat(parent->directory, name, 0) < 0)
        result = -errno;
    pthread_mutex_unlock(&lock);
    return result < 0 ? result : 0;
}

/* After a rename: the node of the entry that is there now gets this name. */
static void learn_name(struct node *parent, const char *name)
{
    struct stat status;
    struct node *node = fstatat(parent->directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0 ? NULL : known(&status);
    if (node)
        set_name(node, parent, name);
}

int node_rename(struct node *parent, const char *name, struct node *new_parent, const char *new_name, unsigned flags)
{
    pthread_mutex_lock(&lock);
    struct stat from, to;
    bool replaces = !(flags & (RENAME_NOREPLACE | RENAME_EXCHANGE))
            && fstatat(parent->directory, name, &from, AT_SYMLINK_NOFOLLOW) == 0
            && fstatat(new_parent->directory, new_name, &to, AT_SYMLINK_NOFOLLOW) == 0
            && (from.st_ino != to.st_ino || from.st_dev != to.st_dev);
    int result = replaces ? hide(new_parent, new_name) : 0;
    if (result >= 0) {
        result = renameat2(parent->directory, name, new_parent->directory, new_name, flags) < 0 ? -errno : 0;
        learn_name(new_parent, new_name);
        learn_name(parent, name);
    }
    pthread_mutex_unlock(&lock);
    return result;
}
