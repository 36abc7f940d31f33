#pragma once

/*
 * Locks a file that is open for writing for as long as its open file description lives: until it is closed, or the process
 * is gone. Other processes, on other hosts too where the file system's locks reach there, cannot lock it meanwhile.
 *
 * Returns 0, -EAGAIN if somebody else has it, or another -errno: -ENOLCK, -EOPNOTSUPP and their like where files cannot be
 * locked.
 */
int pc_lock(int file);

/*
 * Whether somebody else has locked a file, which may be open for reading only; takes no lock.
 *
 * Returns 1 if so, 0 if not, or -errno where that cannot be told.
 */
int pc_is_locked(int file);
