"""Runs tools in turn and keeps their times."""

import os
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
    """What was measured of one tool's runs, one after the other."""

    wall: list = field(default_factory=list)
    """Seconds by the clock."""
    cpu: list = field(default_factory=list)
    """Seconds of all CPUs, where the neighbours' noise tells less."""
    peak_bytes: list = field(default_factory=list)
    """Resident memory of the largest of a run's processes; no less than this program itself has, which starts them."""
    figures: dict = field(default_factory=dict)
    """Name -> numbers that the tool itself tells of each run."""

    @property
    def median(self):
        return statistics.median(self.wall)

    @property
    def cpu_median(self):
        return statistics.median(self.cpu)

    def without(self, other):
        """These, with the medians of others' seconds taken off."""
        return Times(
            [max(0.0, seconds - other.median) for seconds in self.wall],
            [max(0.0, seconds - other.cpu_median) for seconds in self.cpu],
            self.peak_bytes,
            self.figures,
        )


def race(commands, rounds, target, check=None, figures=None):
    """
    Each tool once a round, another one first each round. Before each run the target goes, and what is still on its way
    to the file system's device is waited for. Caches are left alone: the first round, which does not count, warms them.
    Tools run in the target's directory, so that what they write by the way is there, too.

    `check` is called after each tool's first run, with its name; `figures` after each that counts, and returns what the
    tool tells of it: name -> number.
    """
    times = {name: Times() for name in commands}
    names = list(commands)
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            _clear(target)
            wall, cpu, peak_bytes = _timed(name, commands[name], os.path.dirname(target))
            if number > 0:
                times[name].wall.append(wall)
                times[name].cpu.append(cpu)
                times[name].peak_bytes.append(peak_bytes)
                for figure, value in figures(name).items() if figures else ():
                    times[name].figures.setdefault(figure, []).append(value)
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


def _timed(name, command, directory):
    begin = time.monotonic()
    process = subprocess.Popen(
        command, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        complaints = process.stderr.read()
        # Not by Popen, which does not tell what the process and its children used.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:
        _end(process)
        raise
    finally:
        process.stderr.close()
    wall = time.monotonic() - begin
    if process.returncode != 0:
        raise CannotCompare(f"{name}: exit code {process.returncode}\n{complaints.decode(errors='replace')}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


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
