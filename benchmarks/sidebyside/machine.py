"""What figures depend on besides the programs: the machine, and the versions of everything."""

import os
import shutil
import subprocess

from . import tools


def describe():
    return {
        "processor": _value("/proc/cpuinfo", "model name") or os.uname().machine,
        "cpus": len(os.sched_getaffinity(0)),
        "memoryBytes": int(_value("/proc/meminfo", "MemTotal").split()[0]) * 1024,
        "system": f"Linux {os.uname().release}",
        "loadAtStart": load(),
    }


def load():
    """Processes that ran or wanted to: means over 1, 5 and 15 minutes."""
    return [round(mean, 2) for mean in os.getloadavg()]


def versions():
    """Program -> what it says of itself, for those that are installed; "unknown" if it does not."""
    ours = _says(tools.FCP, check=True)
    found = {"fcp": ours[0], "java": next((line for line in ours if line.startswith("Java")), "no Java")}
    for program in ("mpirun", "cp", "rsync", "find", "xxhsum", "sha1sum", "openssl"):
        if shutil.which(program):
            found[program] = _says(program, check=False)[0]
    return found


def _says(program, check):
    command = [program, "version" if program == "openssl" else "--version"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=check)
    return done.stdout.strip().splitlines() if done.returncode == 0 and done.stdout.strip() else ["unknown"]


def _value(path, key):
    with open(path) as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), None)
