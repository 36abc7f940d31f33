"""Where trees are copied: file systems in RAM, as a disk's moods would drown what is measured, or a given directory."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile

MKFS = {
    "ext4": ["mkfs.ext4", "-q", "-F", "-i", "4096"],
    "xfs": ["mkfs.xfs", "-q", "-f"],
    "xfs without reflink": ["mkfs.xfs", "-q", "-f", "-m", "reflink=0"],
}
# Without this a kernel thread fills the inode tables of a new ext4 while others are timed.
MOUNT_OPTIONS = {"ext4": "loop,noatime,noinit_itable"}
IMAGE_BYTES_MIN = 1 << 30
IN_NAMESPACE = "PCIRCLE_COMPARE_IN_NAMESPACE"


class CannotMount(Exception):
    """This place cannot be had here; the message says why."""


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
        self.kinds = kinds if directory is None else [f"{directory}"]
        self.directory = directory
        self.may_mount = IN_NAMESPACE in os.environ

    def __enter__(self):
        super().__enter__()
        base = self.directory or (None if self.may_mount else "/dev/shm")
        self.home = tempfile.mkdtemp(prefix="pcircle-compare-", dir=base)
        self.callback(shutil.rmtree, self.home, ignore_errors=True)
        if self.may_mount and self.directory is None:
            self._mount(["-t", "tmpfs", "-o", "size=90%", "tmpfs"], self.home, self)
        return self

    @contextlib.contextmanager
    def place(self, kind, data_bytes):
        """An empty directory on a file system of the kind with room for twice so much data, as long as the block lasts."""
        with contextlib.ExitStack() as stack:
            if self.directory is None:
                self._insist_on_memory(2 * data_bytes)
            path = tempfile.mkdtemp(dir=self.home)
            stack.callback(shutil.rmtree, path, ignore_errors=True)
            if self.directory is None and kind != "tmpfs":
                self._mount_image(kind, 3 * data_bytes + IMAGE_BYTES_MIN, path, stack)
            yield path

    def _mount_image(self, kind, image_bytes, path, stack):
        if kind not in MKFS:
            raise CannotMount(f"{kind}: not one of tmpfs, {', '.join(MKFS)}")
        if not self.may_mount:
            raise CannotMount(f"{kind}: only root can mount it, and not in every container")
        environment = {**os.environ, "PATH": os.environ["PATH"] + ":/sbin:/usr/sbin"}
        if not shutil.which(MKFS[kind][0], path=environment["PATH"]):
            raise CannotMount(f"{kind}: {MKFS[kind][0]} is not installed")
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
            raise CannotMount(f"{needed_gib:.1f} GiB of memory are needed and {free_gib:.1f} available; try --scale")
