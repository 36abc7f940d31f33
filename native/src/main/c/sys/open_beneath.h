#pragma once

/*
 * Opening directories by paths of any length: below a root without following symbolic links, or as typed by the user.
 *
 * Both functions return a descriptor (O_RDONLY|O_DIRECTORY|O_CLOEXEC) that the caller closes, or -errno. Any thread may
 * call.
 */

/*
 * Opens a directory below `root`. A symbolic link anywhere in the path is rejected with -ELOOP, an absolute path or one
 * with a `..` with -EXDEV. An empty path or `.` opens `root` itself again.
 */
int pc_open_beneath(int root, const char *path);

/* Opens a directory by a path as a user typed it: relative to the working directory, symbolic links are followed. */
int pc_open_directory(const char *path);
