/*
 * The kernel's view of the tree: a node for each inode that it has looked up and not forgotten. A directory has a
 * descriptor. Any other entry is opened where it was last looked up, so that the number of descriptors is bounded by
 * that of directories and open files.
 */
#ifndef NODES_H
#define NODES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

enum { NODE_NAME_BYTES = 256 };

struct node;

/* An open file. It belongs to the kernel's file, and is closed by handle_close. */
struct handle {
    struct node *node;
    struct handle *next; /* of the same node */
    int fd;
    bool flushed; /* a descriptor of it was closed, most likely the only one */
};

/* Creates the root of the tree, which is never forgotten. It takes over the descriptor. */
struct node *nodes_start(int directory);

/*
 * The prefix of the names under which files stay that are unlinked while they are open: in the same directory, until
 * they are closed. Each is reported on standard output. NULL: without a name, as on a local file system.
 */
void nodes_hide(const char *prefix);

/* Looks up an entry of a directory, and adds a reference to its node, which node_forget drops. */
int node_find(struct node *parent, const char *name, struct node **found, struct stat *status);

void node_forget(struct node *node, uint64_t lookups);

/* The name under which it was last looked up. */
void node_name(struct node *node, char name[static NODE_NAME_BYTES]);

/* A descriptor that the caller closes: O_PATH, or a duplicate of an open one. */
int node_descriptor(struct node *node);

/* The descriptor of a directory, which lasts as long as its node. */
int node_directory(const struct node *node);

/* Opens a file that has been found. flags: as of open(2) */
int node_open(struct node *node, int flags, struct handle **handle);

/* Takes over a descriptor of a file that has been found. */
int node_adopt(struct node *node, int fd, struct handle **handle);

void handle_flushed(struct handle *handle);

/* Closes it; with the last one of a file that was hidden its name goes. */
void handle_close(struct handle *handle);

/* Unlinks an entry that is no directory, or hides it while it is open. */
int node_unlink(struct node *parent, const char *name);

/* Renames as renameat2(2); what is in the way and open is hidden. */
int node_rename(struct node *parent, const char *name, struct node *new_parent, const char *new_name, unsigned flags);

#endif
