#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * A stand-in for Lustre, for LD_PRELOAD or to be linked before the C library: beneath one directory files and
 * directories have layouts, and behave as they were seen to do on Lustre 2.17, or as its source says that older
 * releases do where these are worse. Several processes may share it. Layouts are kept in an extended attribute of the
 * real file, so the real file system must have these, and positions in directories that last, as Lustre's do: ext4, xfs
 * or btrfs.
 *
 *   PCIRCLE_LUSTRE=DIRECTORY        the root: absolute, without links in it. Without it nothing is changed
 *   PCIRCLE_LUSTRE_OSTS=NUMBER      how many OSTs there are, 4
 *   PCIRCLE_LUSTRE_TROUBLE=WORD     forbidden: nobody may choose a layout (EACCES)
 *                                   silent: an old client, that says 0 to every layout, and here gives none
 *                                   eager: an older client, that makes objects even when it is told to delay them
 *
 * What it does not play: components of a layout get their objects when the file is created or never.
 */
enum { PATH_BYTES = 64, VALUE_BYTES = 64 << 10 };

#define STANDIN __attribute__((visibility("default")))

/* The path in /proc of an open file; calls by that path follow it to that file and no further. */
void path_of(int fd, char path[PATH_BYTES]);

/* Whether an open file, also with O_PATH, is in the tree. Leaves errno alone. */
bool is_in_tree(int fd);

bool has_trouble(const char *word);
unsigned count_osts(void);

/* The function of this name that this library overrides. */
void *real(const char *name);

/* Opens a file without this library's effects. */
int open_really(int dir, const char *path, int flags);

/* The layout of an open file or directory: its bytes, or -1 and errno, ENODATA if it has none. */
ssize_t read_store(int fd, void *value, size_t bytes);

/* Stores a layout, whatever the file's mode is. Returns 0, or -1 and errno. */
int write_store(int fd, const void *value, size_t bytes);

/* Removes it. Returns 0, or -1 and errno, ENODATA if there was none. */
int remove_store(int fd);

/* The name of the attribute that stores layouts. */
extern const char store_name[];

/* Gives a new file or directory the default of its directory; a file at least the file system's default. */
void inherit(int fd, bool is_directory);
