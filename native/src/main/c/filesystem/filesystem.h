#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * What is known of file systems by their names: one table, a row for each. What they can do is mostly found out by trying; here
 * stands what cannot be tried, or costs too much. A file system without a row promises nothing.
 *
 * To teach fcp and fsum a file system's ways, add its row, or a column that a decision asks for.
 */
struct pc_filesystem {
    uint32_t magic;       /* statfs.f_type; 0: a file system that is not in the table */
    const char *name;     /* as in /proc/self/mountinfo */
    bool local;           /* keeps its data in the page cache of this machine */
    bool server_copies;   /* its server may copy a file by itself, when copy_file_range is called */
    bool remote;          /* a server keeps the data, so a late error shows only when it is flushed */
    bool in_memory;       /* has nothing but the page cache, so what is read back proves nothing */
    bool lasting_offsets; /* an offset in a directory means the same to another descriptor, whatever changes meanwhile */
    bool lustre_layouts;  /* files have Lustre's layouts */
};

/*
 * The row of the file system that an open file or directory is on. One system call. The table is constant, and any thread may ask.
 * Returns NULL with errno set if the kernel does not tell.
 */
const struct pc_filesystem *pc_filesystem_of(int fd);

/* The row with this magic number; that of an unknown file system, where nothing is true, if there is none. */
const struct pc_filesystem *pc_filesystem_by_magic(uint32_t magic);

/* Whether an open file is kept by a server, so that its data may be lost here without an error until it is flushed. */
bool pc_is_remote(int fd);

/* Whether an open file is on a file system that has nothing but the page cache, so that to read it back proves nothing. */
bool pc_is_in_memory(int fd);

/* Whether an open file or directory is on Lustre. */
bool pc_is_lustre(int fd);
