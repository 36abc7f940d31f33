#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "record/context.h"
#include "record/entry.h"

/* Creating, reading and comparing files. All functions end the case if they fail. */

enum { MIB = 1 << 20, IO_BYTES = 256 << 10 };

/* Creates a directory and opens it. */
int make_directory(int dir, const char *name);

/* Creates a file of pseudo-random bytes, of which no 512 in a row are zero; mode 0644. */
void make_file(int dir, const char *name, size_t bytes);

/* Creates a file with this text. */
void make_text(int dir, const char *name, const char *text);

/* Creates a file of data with holes where the map has a '.', 64 KiB for each of its letters, and `tail` bytes more. */
void make_sparse(int dir, const char *name, const char *map, size_t tail);

void set_mtime(int dir, const char *name, int64_t s, long ns);

/* As lstat. */
struct stat status_of(int dir, const char *name);
bool is_there(int dir, const char *name);

/* Which 64 KiB of a file are data (x) and which hole (.): memory of the case. */
const char *map_of(int dir, const char *name);

bool is_same_data(int dir_a, const char *name_a, int dir_b, const char *name_b);
bool is_same_time(struct timespec a, struct timespec b);

/* How many entries a directory has, without the dots. */
int count_entries(int dir);

/* How many descriptors the process has open. */
int count_descriptors(void);

/* The record of an entry: memory of the case, with no byte to spare. */
struct pc_entry *record_of(int dir, const char *name);

/* A context that copies by this method, and preserves only mode and times. */
struct pc_context context_for(enum pc_method method);
