"""The figures as Markdown, so that they can be pasted."""

import os
import shlex
import subprocess
import sys
import time

from . import tools


def heading(chosen, box):
    kernel = os.uname().release
    java = next((line for line in _output([tools.FCP, "--version"]) if line.startswith("Java")), "no Java")
    words = shlex.join(["benchmarks/compare", *sys.argv[1:]])
    print(f"    {words}\n")
    print(f"{time.strftime('%Y-%m-%d')}, {len(os.sched_getaffinity(0))} CPUs, Linux {kernel}, {java}; "
          f"medians of {chosen.rounds}; {_load()} at the start.")
    sys.stdout.flush()


def ending():
    print(f"\nAt the end: {_load()}.")


def title(text):
    print(f"\n### {text}\n")


def remark(text):
    print(f"\n{text}")
    sys.stdout.flush()


def columns(*names):
    row(*names)
    print("|" + "---|" * len(names))


def row(*cells):
    print("| " + " | ".join(cells) + " |")
    sys.stdout.flush()


def seconds(value):
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"


def ratio(value, base):
    return f"{value / base:.2f}" if base and base > 0 else "–"


def _load():
    return "load " + " ".join(f"{load:.1f}" for load in os.getloadavg())


def _output(command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
