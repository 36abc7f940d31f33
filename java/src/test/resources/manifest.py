#!/usr/bin/env python3
"""What is to be seen of a tree through system calls: a line for each entry, sorted, with its type, mode, owner, time, size,
device number, the text of a link, where its data is and where holes are, a digest of its data, its extended attributes
(ACLs and capabilities among them), and which other name in the tree is the same file.

    manifest.py [--without-attributes] DIRECTORY

It walks through descriptors, so that paths may be of any length. Names are shown as Python writes bytes.
"""
import errno
import hashlib
import os
import stat
import subprocess
import sys

PIECE_BYTES = 1 << 20
SHOWN_BYTES_MAX = 64


def digest(pieces):
    hasher = hashlib.blake2b(digest_size=16)
    for piece in pieces:
        hasher.update(piece)
    return hasher.hexdigest()


def data_extents(file, length):
    """Where SEEK_DATA and SEEK_HOLE find data, as pairs of offsets."""
    position = 0
    while position < length:
        try:
            start = os.lseek(file, position, os.SEEK_DATA)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            return  # nothing but a hole up to the end
        position = os.lseek(file, start, os.SEEK_HOLE)
        yield start, position


def content(name, length):
    file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        extents = list(data_extents(file, length))
        pieces = (os.pread(file, end - at, at) for start, stop in extents for at, end in cut(start, stop))
        return f'data {" ".join(f"{start}-{stop}" for start, stop in extents)}  digest {digest(pieces)}'
    finally:
        os.close(file)


def cut(start, stop):
    return ((at, min(stop, at + PIECE_BYTES)) for at in range(start, stop, PIECE_BYTES))


def attributes(name):
    """Text for each; but not what xfs shows once more under a name of its own, ACLs."""
    values = {key: os.getxattr(name, key, follow_symlinks=False) for key in os.listxattr(name, follow_symlinks=False)}
    for key in sorted(values):
        if not (is_xfs() and key.startswith('trusted.SGI_ACL_')):
            value = values[key]
            shown = value.hex() if len(value) <= SHOWN_BYTES_MAX else f'{len(value)} bytes {digest([value])}'
            yield f'{os.fsencode(key)!r}={shown}'


def is_xfs():
    return FILE_SYSTEM == 'xfs'


def describe(name, status):
    mode = status.st_mode
    words = [f'{stat.filemode(mode)[0]} {stat.S_IMODE(mode):04o}', f'owner {status.st_uid}:{status.st_gid}', f'modified {status.st_mtime_ns}']
    if stat.S_ISREG(mode):
        words += [f'size {status.st_size}', content(name, status.st_size)]
    if stat.S_ISLNK(mode):
        words.append(f'-> {os.readlink(name)!r}')
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        words.append(f'device {os.major(status.st_rdev)}:{os.minor(status.st_rdev)}')
    if WITH_ATTRIBUTES:
        words += attributes(name)
    return '  '.join(words)


def walk(path, found):
    """Adds (path, description, identity) of all that is below the current directory."""
    for name in sorted(os.listdir(b'.')):
        status = os.lstat(name)
        is_directory = stat.S_ISDIR(status.st_mode)
        identity = None if is_directory or status.st_nlink == 1 else (status.st_dev, status.st_ino)
        found.append((path + name, describe(name, status), identity))
        if is_directory:
            above = os.open('.', os.O_RDONLY)
            os.chdir(name)
            walk(path + name + b'/', found)
            os.fchdir(above)
            os.close(above)


WITH_ATTRIBUTES = sys.argv[1] != '--without-attributes'
os.chdir(sys.argv[-1])
FILE_SYSTEM = subprocess.run(['stat', '--file-system', '--format=%T', '.'], check=True, capture_output=True, text=True).stdout.strip()
subprocess.run(['sync', '--file-system', '.'], check=True)  # some file systems settle only then what is a hole

entries = [(b'.', describe(b'.', os.lstat('.')), None)]
walk(b'', entries)
names = {}
for path, _, identity in entries:
    names.setdefault(identity, []).append(path)
for path, description, identity in sorted(entries, key=lambda entry: entry[0]):
    same = '' if identity is None or len(names[identity]) == 1 else f'  same as {min(names[identity])!r}'
    print(f'{path!r}  {description}{same}')
