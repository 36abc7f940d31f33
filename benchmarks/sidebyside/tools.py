"""What copies trees here: command lines, for those that are installed."""

import contextlib
import os
import shutil
import subprocess
import tempfile

BIN = os.path.normpath(os.path.join(os.path.dirname(__file__), "..", "..", "bin"))
FCP = f"{BIN}/fcp"
FSUM = f"{BIN}/fsum"
MPIRUN = ["mpirun", "--oversubscribe", "-np", "2"]

# Declared here: libopenmpi-dev has the header, and nothing else needs it.
HELLO = """
int MPI_Init(int *, char ***);
int MPI_Finalize(void);
int main(int count, char **words) { return MPI_Init(&count, &words) || MPI_Finalize(); }
"""


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
        if shutil.which("mpirun"):
            commands["mpirun -np 2 fcp --threads 1"] = [*MPIRUN, FCP, "-q", "--threads=1", source, target]
        if shutil.which("rsync"):
            commands["rsync -a"] = ["rsync", "-a", f"{source}/", target]
        if shutil.which("dcp"):
            commands["mpirun -np 2 dcp -p"] = [*MPIRUN, "dcp", "-q", "-p", source, target]
        if shutil.which("fpsync"):
            commands["fpsync -n 2"] = ["fpsync", "-n", "2", "-t", self.folder, f"{source}/", f"{target}/"]
        if self.limit:
            for method in limit_methods:
                commands[f"limit 2 {method}"] = [self.limit, "copy", source, target, "2", method]
        return self._wanted(commands)

    def assuring(self, source, target):
        """Name -> command line that copies with more or less assurance."""
        options = (["--io=buffered"], ["--fsync"], ["-c"], ["-c", "--fsync"])
        return self._wanted({" ".join(["fcp", *words]): [FCP, "-q", *words, source, target] for words in options})

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
        for program, line in others.items():
            if shutil.which(program):
                commands[line] = ["sh", "-c", f"find {source} -type f -print0 | xargs -0 {line} >{self.folder}/digests"]
        if self.limit:
            commands["limit 2 read"] = [self.limit, "read", source, "2"]
        return self._wanted(commands)

    def _wanted(self, commands):
        return {
            name: line
            for name, line in commands.items()
            if shutil.which(line[0]) and any(word in name for word in self.words)
        }

    def _compile(self, name, arguments, check=True):
        program = f"{self.folder}/{name}"
        complaints = None if check else subprocess.DEVNULL
        done = subprocess.run(["cc", "-O2", "-o", program, *arguments], check=check, stderr=complaints)
        return program if done.returncode == 0 else None
