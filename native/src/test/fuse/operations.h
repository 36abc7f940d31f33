/* The file system's replies to the kernel. Each operation checks the table of faults first. */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#define FUSE_USE_VERSION 32

#include <fuse3/fuse_lowlevel.h>
#include <stdbool.h>

struct node;

extern const struct fuse_lowlevel_ops operations;

/* Sets the directory to mirror, before the first request. */
void operations_start(struct node *root);

/* The node with this inode number of the kernel. */
struct node *operations_node(fuse_ino_t number);

/*
 * Files whose name matches this pattern, as of fnmatch(3), have a status with so many bytes; 0 as in procfs. NULL: none
 */
void operations_sized(int64_t bytes, const char *pattern);

#endif
