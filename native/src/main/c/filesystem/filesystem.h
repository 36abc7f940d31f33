#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Properties of file systems by their type: one table, a row per file system. Capabilities are mostly determined by
 * trying; the table holds those that cannot be tried, or at too high a cost. A file system without a row has none of
 * them.
 *
 * To support a file system, add its row, or a column for a new property.
 */
struct pc_filesystem {
    uint32_t magic;       /* statfs.f_type; 0: not in the table */
    const char *name;     /* as in /proc/self/mountinfo */
    bool local;           /* data is in the page cache of this machine */
    bool server_copies;   /* its server may copy a file by itself, on copy_file_range */
    bool remote;          /* data is on a server, so a late write error shows only on flush */
    bool in_memory;       /* data is only in the page cache, so reading back proves nothing */
    bool lasting_offsets; /* directory offsets are valid for other descriptors, and stay so */
    bool lustre_layouts;  /* files have Lustre layouts */
};

/*
 * The row of the file system of an open file or directory. One system call. The table is constant, and any thread may
 * call. Returns NULL with errno set if fstatfs fails.
 */
const struct pc_filesystem *pc_filesystem_of(int fd);

/* The row with this magic number; a row without properties if there is none. */
const struct pc_filesystem *pc_filesystem_by_magic(uint32_t magic);

/* Whether an open file is on a server, so that its data may get lost without an error until it is flushed. */
bool pc_is_remote(int fd);

/* Whether an open file is on a file system that is only in the page cache, so that reading back proves nothing. */
bool pc_is_in_memory(int fd);

/* Whether an open file or directory is on Lustre. */
bool pc_is_lustre(int fd);
