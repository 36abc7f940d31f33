"""Runs tools in turn and keeps their times."""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field


class CannotCompare(Exception):
    """A tool failed, or did not do what was asked."""


@dataclass
class Times:
    """Seconds of one tool's runs: by the clock, and of all CPUs, where the neighbours' noise tells less."""

    wall: list = field(default_factory=list)
    cpu: list = field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.wall)

    @property
    def cpu_median(self):
        return statistics.median(self.cpu)

    def without(self, other):
        """These, with the medians of others taken off."""
        return Times(
            [max(0.0, seconds - other.median) for seconds in self.wall],
            [max(0.0, seconds - other.cpu_median) for seconds in self.cpu],
        )


def race(commands, rounds, target, check=None):
    """
    Each tool once a round, another one first each round. Before each run the target goes, and what is still on its way
    to the file system's device is waited for. Caches are left alone: the first round, which does not count, warms them.

    `check` is called after each tool's first run, with its name.
    """
    times = {name: Times() for name in commands}
    names = list(commands)
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            _clear(target)
            wall, cpu = _timed(name, commands[name])
            if number > 0:
                times[name].wall.append(wall)
                times[name].cpu.append(cpu)
            elif check:
                check(name)
        _say(f"{number} of {rounds} rounds")
    _say("")
    _clear(target)
    return times


def _clear(target):
    shutil.rmtree(target, ignore_errors=True)
    if os.path.lexists(target):
        raise CannotCompare(f"{target} cannot be removed")
    subprocess.run(["sync", "--file-system", os.path.dirname(target)], check=True)


def _timed(name, command):
    begin, begin_cpu = time.monotonic(), _children_cpu()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _, complaints = process.communicate()
    except BaseException:
        _end(process)
        raise
    wall, cpu = time.monotonic() - begin, _children_cpu() - begin_cpu
    if process.returncode != 0:
        raise CannotCompare(f"{name}: exit code {process.returncode}\n{complaints.decode(errors='replace')}")
    return wall, cpu


def _children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _end(process):
    """mpirun wants to be asked first: it takes its ranks with it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _say(text):
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()
