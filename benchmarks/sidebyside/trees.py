"""What is copied."""

import os

BLOCK_BYTES = 16 << 20


def small_files(top, files, file_bytes, files_per_directory=100):
    """So many files of random bytes, in directories below one top."""
    data = os.urandom(file_bytes)
    os.mkdir(top)
    for first in range(0, files, files_per_directory):
        directory = f"{top}/{first // files_per_directory:06}"
        os.mkdir(directory)
        for i in range(first, min(first + files_per_directory, files)):
            with open(f"{directory}/{i:08}", "wb", buffering=0) as file:
                file.write(data)


def one_file(top, file_bytes):
    """A directory with one file of random blocks."""
    block = os.urandom(BLOCK_BYTES)
    os.mkdir(top)
    with open(f"{top}/file", "wb", buffering=0) as file:
        for _ in range(file_bytes // BLOCK_BYTES):
            file.write(block)


def census(top):
    """Directories, files and bytes: enough to see that a copy is one."""
    directories = files = data_bytes = 0
    pending = [top]
    while pending:
        directories += 1
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    files += 1
                    data_bytes += entry.stat(follow_symlinks=False).st_size
    return directories, files, data_bytes


def last_change_ns(top):
    """When anything but a directory was last changed, by the kernel's clock."""
    return max(os.lstat(f"{path}/{name}").st_ctime_ns for path, _, names in os.walk(top) for name in names)
