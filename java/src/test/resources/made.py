"""Makes each entry of a tree in another place as open(2), mkdir(2) and mknod(2) do when they are asked for its permissions.

usage: made.py SOURCE TARGET
"""

import os
import stat
import sys


def make(source, target):
    status = os.lstat(source)
    mode = status.st_mode & 0o777
    if stat.S_ISDIR(status.st_mode):
        os.mkdir(target, mode | status.st_mode & stat.S_ISVTX)
        for name in os.listdir(source):
            make(os.path.join(source, name), os.path.join(target, name))
    elif stat.S_ISREG(status.st_mode):
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    elif stat.S_ISLNK(status.st_mode):
        os.symlink(os.readlink(source), target)
    else:
        os.mknod(target, stat.S_IFMT(status.st_mode) | mode, status.st_rdev)


make(sys.argv[1], sys.argv[2])
