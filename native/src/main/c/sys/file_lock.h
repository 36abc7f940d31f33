#pragma once

/*
 * Locks a file that is open for writing, for the life of its open file description: until it is closed, or the process
 * ends. Other processes, also on other hosts where the file system's locks reach them, cannot lock it meanwhile. Any
 * thread may call.
 *
 * Returns 0, -EAGAIN if another process holds the lock, or another -errno: -ENOLCK, -EOPNOTSUPP and the like where
 * files cannot be locked.
 */
int pc_lock(int file);

/*
 * Whether another process has locked a file, which may be open for reading only; takes no lock.
 *
 * Returns 1 if so, 0 if not, or -errno where that is unknown.
 */
int pc_is_locked(int file);
