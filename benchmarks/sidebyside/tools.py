"""What copies, walks and digests trees here: command lines, for those that are installed."""

import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile

from .places import NotHere
from .race import CannotCompare

BIN = os.path.normpath(os.path.join(os.path.dirname(__file__), "..", "..", "bin"))
FCP = f"{BIN}/fcp"
FSUM = f"{BIN}/fsum"

HELLO_NAME = "mpirun -np 2 hello (C)"
# Declared here: libopenmpi-dev has the header, and nothing else needs it.
HELLO = """
int MPI_Init(int *, char ***);
int MPI_Finalize(void);
int main(int count, char **words) { return MPI_Init(&count, &words) || MPI_Finalize(); }
"""


def mpirun(ranks, *command):
    return ["mpirun", "--oversubscribe", "-np", str(ranks), *command]


class Tools(contextlib.ExitStack):
    """The tools at hand, and those that have to be compiled first."""

    def __init__(self, limit_source, words):
        super().__init__()
        self.limit_source = limit_source
        self.words = words.split(",") if words else [""]
        self.limit = self.hello = None

    def __enter__(self):
        super().__enter__()
        self.folder = self.enter_context(tempfile.TemporaryDirectory(prefix="pcircle-compare-"))
        if self.limit_source:
            self.limit = self._compile("limit", [self.limit_source, "-pthread"])
        if shutil.which("mpirun"):
            source = f"{self.folder}/hello.c"
            with open(source, "w") as file:
                file.write(HELLO)
            self.hello = self._compile("hello", [source, "-l:libmpi.so.40"], check=False)
        return self

    def copying(self, source, target, limit_methods):
        """Name -> command line that makes `target` a copy of the directory `source`."""
        commands = {"fcp": [FCP, "-q", source, target], "cp -a": ["cp", "-a", source, target]}
        commands["mpirun -np 2 fcp --threads 1"] = mpirun(2, FCP, "-q", "--threads=1", source, target)
        commands["rsync -a"] = ["rsync", "-a", f"{source}/", target]
        if shutil.which("dcp"):
            commands["mpirun -np 2 dcp -p"] = mpirun(2, "dcp", "-q", "-p", source, target)
        commands["fpsync -n 2"] = ["fpsync", "-n", "2", "-t", self.folder, f"{source}/", f"{target}/"]
        if self.limit:
            for method in limit_methods:
                commands[f"limit 2 {method}"] = [self.limit, "copy", source, target, "2", method]
        return self._wanted(commands)

    def assuring(self, source, target):
        """Name -> command line that copies with more or less assurance."""
        options = (["--io=buffered"], ["--fsync"], ["-c"], ["-c", "--fsync"])
        commands = {" ".join(["fcp", *words]): [FCP, "-q", *words, source, target] for words in options}
        return self._wanted({**commands, "cp -a": ["cp", "-a", source, target]})

    def updating(self, source, target):
        """Name -> command line that makes `target` what `source` is, if it is not yet, or looks at all of both."""
        looks = " && ".join(shlex.join([FCP, "-q", "--dry-run", top, f"{target}.none"]) for top in (source, target))
        return self._wanted({
            "fcp -u": [FCP, "-q", "-u", source, target],
            "mpirun -np 2 fcp -u --threads 1": mpirun(2, FCP, "-q", "-u", "--threads=1", source, target),
            "rsync -a": ["rsync", "-a", f"{source}/", target],
            "cp -au": ["cp", "-au", f"{source}/.", target],
            "fcp --dry-run of each": ["sh", "-c", looks],
        })

    def checkpointing(self, source, target, stats):
        """Name -> command line that copies with more or fewer checkpoints, and writes to `stats` what they took."""
        commands = {}
        for interval in ("0", "10", "0.5"):
            command = ["-q", f"--stats={stats}", f"--checkpoint-interval={interval}", source, target]
            commands[f"fcp --checkpoint-interval={interval}"] = [FCP, *command]
            commands[f"mpirun -np 4 fcp --checkpoint-interval={interval}"] = mpirun(4, FCP, "--threads=1", *command)
        return self._wanted(commands)

    def manifesting(self, source, manifest, older):
        """Name -> command line that digests `source`, writes `manifest`, or compares with that or with an older one."""
        return self._wanted({
            "fsum": [FSUM, "-q", source],
            "fsum --manifest": [FSUM, "-q", f"--manifest={manifest}", source],
            "fsum --check, nothing differs": [FSUM, "-q", f"--check={manifest}", source],
            "fsum --check, 101 entries differ": [
                "sh", "-c", '"$@"; [ $? = 3 ]', "sh", FSUM, "-q", f"--check={older}", source
            ],
            **self._digesting_each(source, {"xxhsum": "xxhsum -q -H64", "sha1sum": "sha1sum"}),
        })

    def walking(self, source, target):
        """Name -> command line that looks at every entry of `source`."""
        commands = {
            "fcp --dry-run": [FCP, "-q", "--dry-run", source, target],
            "rsync -an": ["rsync", "-an", f"{source}/", target],
            "find -size": ["find", source, "-size", "+1"],
        }
        if self.limit:
            commands["limit 2 walk"] = [self.limit, "walk", source, "2"]
        return self._wanted(commands)

    def digesting(self, source):
        """Name -> command line that reads all files of `source` and digests them."""
        commands = {
            "fsum": [FSUM, "-q", source],
            "fsum --digest=sha256": [FSUM, "-q", "--digest=sha256", source],
        }
        others = {"xxhsum": "xxhsum -q -H64", "sha1sum": "sha1sum", "openssl": "openssl dgst -sha256"}
        commands.update(self._digesting_each(source, others))
        if self.limit:
            commands["limit 2 read"] = [self.limit, "read", source, "2"]
        return self._wanted(commands)

    def starting(self, source, target):
        """Name -> command line that copies `source`, an empty directory, or does nothing in the way of those that do."""
        commands = {"fcp": [FCP, "-q", source, target], "cp -a": ["cp", "-a", source, target]}
        commands["mpirun -np 2 fcp"] = mpirun(2, FCP, "-q", source, target)
        if self.hello:
            # With the settings that the launcher of fcp makes.
            commands[HELLO_NAME] = mpirun(2, "--mca", "pml", "ob1", self.hello)
        return self._wanted(commands)

    def _digesting_each(self, source, lines):
        into = shlex.quote(f"{self.folder}/digests")
        return {
            line: ["sh", "-c", f"find {shlex.quote(source)} -type f -print0 | xargs -0 {line} >{into}"]
            for program, line in lines.items()
            if shutil.which(program)
        }

    def _wanted(self, commands):
        wanted = {
            name: line
            for name, line in commands.items()
            if shutil.which(line[0]) and any(word in name for word in self.words)
        }
        if not wanted:
            raise NotHere("there is none of " + ", ".join(commands) + ", or --tools wants none")
        return wanted

    def _compile(self, name, arguments, check=True):
        program = f"{self.folder}/{name}"
        done = subprocess.run(["cc", "-O2", "-o", program, *arguments], stderr=None if check else subprocess.DEVNULL)
        if check and done.returncode != 0:
            raise CannotCompare(f"{arguments[0]} cannot be compiled")
        return program if done.returncode == 0 else None
