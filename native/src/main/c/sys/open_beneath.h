#pragma once

/*
 * Opening directories by paths of any length, with and without trust in what lies on the way.
 *
 * Both functions return a descriptor (O_RDONLY|O_DIRECTORY|O_CLOEXEC) that the caller closes, or -errno. They may be
 * called from any thread.
 */

/*
 * Opens a directory below `root`. A symbolic link anywhere in the path is rejected with -ELOOP, an absolute path or one
 * with a `..` with -EXDEV. An empty path or `.` opens `root` itself again.
 */
int pc_open_beneath(int root, const char *path);

/* Opens a directory by a path as a user typed it: relative to the working directory, symbolic links are followed. */
int pc_open_directory(const char *path);
