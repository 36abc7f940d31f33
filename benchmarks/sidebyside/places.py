"""Where trees are copied: file systems in RAM, as a disk's moods would drown what is measured, or a given directory."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile

# Images are small, and mkfs gives small file systems small logs, for which writers of metadata then wait. These have what it
# gives one of 1 TiB; the number of xfs's allocation groups is that of 1 TiB anyway, 4.
LOG_BYTES = {"ext4": 1 << 30, "xfs": 1 << 29, "xfs without reflink": 1 << 29}
LOGS = "the logs of ext4 and xfs, 1 GiB and 512 MiB, are those of file systems of 1 TiB"
MKFS = {
    "ext4": ["mkfs.ext4", "-q", "-F", "-i", "4096", "-J", f"size={LOG_BYTES['ext4'] >> 20}"],
    "xfs": ["mkfs.xfs", "-q", "-f", "-l", f"size={LOG_BYTES['xfs']}"],
    "xfs without reflink": ["mkfs.xfs", "-q", "-f", "-l", f"size={LOG_BYTES['xfs']}", "-m", "reflink=0"],
}
# Without this a kernel thread fills the inode tables of a new ext4 while others are timed.
MOUNT_OPTIONS = {"ext4": "loop,noatime,noinit_itable"}
# With holes. The log of xfs must fit into a quarter of it.
IMAGE_BYTES_MIN = 4 << 30
IN_NAMESPACE = "PCIRCLE_COMPARE_IN_NAMESPACE"


class NotHere(Exception):
    """This place, or any tool for it, cannot be had here; the message says why. Others may be."""


def enter_namespace_of_mounts():
    """As root: goes on in a mount namespace of its own, so that mounts and images end with it, even when it is killed."""
    unshare = ["unshare", "--mount", "--propagation", "private"]
    if os.geteuid() == 0 and IN_NAMESPACE not in os.environ:
        if subprocess.run([*unshare, "true"], stderr=subprocess.DEVNULL).returncode == 0:
            os.environ[IN_NAMESPACE] = "1"
            os.execvp("unshare", [*unshare, sys.executable, *sys.argv])


class Places(contextlib.ExitStack):
    """Makes places, and takes them away."""

    def __init__(self, directory, kinds):
        super().__init__()
        self.kinds = kinds if directory is None else [directory]
        self.directory = directory and os.path.abspath(directory)
        self.may_mount = IN_NAMESPACE in os.environ

    @property
    def description(self):
        if self.directory:
            return f"In {self.directory}."
        return f"File systems in RAM; {LOGS}." if self.may_mount else "In RAM."

    def __enter__(self):
        super().__enter__()
        base = self.directory or (None if self.may_mount else "/dev/shm")
        self.home = tempfile.mkdtemp(prefix="pcircle-compare-", dir=base)
        self.callback(shutil.rmtree, self.home, ignore_errors=True)
        if self.may_mount and self.directory is None:
            self._mount(["-t", "tmpfs", "-o", "size=90%,nr_inodes=0", "tmpfs"], self.home, self)
        return self

    @contextlib.contextmanager
    def place(self, kind, data_bytes):
        """An empty directory on a file system of the kind with room for twice so much data, as long as the block lasts."""
        with contextlib.ExitStack() as stack:
            if self.directory is None:
                self._insist_on_memory(2 * data_bytes + LOG_BYTES.get(kind, 0))
            path = tempfile.mkdtemp(dir=self.home)
            stack.callback(shutil.rmtree, path, ignore_errors=True)
            if self.directory is None and kind != "tmpfs":
                self._mount_image(kind, 3 * data_bytes + IMAGE_BYTES_MIN, path, stack)
            yield path

    def _mount_image(self, kind, image_bytes, path, stack):
        if not self.may_mount:
            raise NotHere(f"{kind}: only root can mount it, and not in every container")
        environment = {**os.environ, "PATH": os.environ["PATH"] + ":/sbin:/usr/sbin"}
        if not shutil.which(MKFS[kind][0], path=environment["PATH"]):
            raise NotHere(f"{kind}: {MKFS[kind][0]} is not installed")
        image = path + ".image"
        with open(image, "wb") as file:
            file.truncate(image_bytes)
        stack.callback(os.unlink, image)
        subprocess.run([*MKFS[kind], image], check=True, env=environment)
        self._mount(["-o", MOUNT_OPTIONS.get(kind, "loop,noatime"), image], path, stack)

    @staticmethod
    def _mount(what, path, stack):
        subprocess.run(["mount", *what, path], check=True)
        stack.callback(subprocess.run, ["umount", "--lazy", path], check=True)

    @staticmethod
    def _insist_on_memory(needed_bytes):
        with open("/proc/meminfo") as lines:
            free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))
        if needed_bytes > 0.8 * free:
            needed_gib, free_gib = needed_bytes / 2**30, free / 2**30
            raise NotHere(f"{needed_gib:.1f} GiB of memory are needed and {free_gib:.1f} available; try --scale")
