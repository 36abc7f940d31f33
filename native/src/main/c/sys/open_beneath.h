#pragma once

/*
 * Opening directories by paths of any length, with and without trust in what lies on the way.
 *
 * Both functions return a descriptor (O_RDONLY|O_DIRECTORY|O_CLOEXEC) that the caller closes, or -errno. They may be
 * called from any thread.
 */

/*
 * Opens a directory below `root`. Nothing on the way may be a symbolic link (-ELOOP), and nothing may lead up or out:
 * an absolute path or one with a `..` is refused with -EXDEV. Empty or `.` opens `root` itself anew.
 */
int pc_open_beneath(int root, const char *path);

/* Opens a directory by a path as a user typed it: relative to the working directory, symbolic links are followed. */
int pc_open_directory(const char *path);
