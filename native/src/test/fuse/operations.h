/* The file system's answers to the kernel, each of which first looks into the table of faults. */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#define FUSE_USE_VERSION 32

#include <fuse3/fuse_lowlevel.h>
#include <stdbool.h>

struct node;

extern const struct fuse_lowlevel_ops operations;

/* Says what to show, before the first request. */
void operations_start(struct node *root);

/* The node that the kernel calls by this number. */
struct node *operations_node(fuse_ino_t number);

/* Files of this name, a pattern as of fnmatch(3), say that they have so many bytes; 0 as those of procfs do. NULL: none */
void operations_sized(int64_t bytes, const char *pattern);

#endif
