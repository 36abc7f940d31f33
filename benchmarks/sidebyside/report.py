"""The figures as Markdown, so that they can be pasted."""

import shlex
import statistics
import sys


def heading(results, here):
    """What was called where and when; `here` are the places, which say what they are."""
    machine = results.machine
    print(f"    {shlex.join(results.command)}\n")
    print(f"{results.date[:10]}, {machine['cpus']} CPUs, {machine['system']}, {results.versions['java']}; "
          f"medians of {results.rounds}; {_load(machine['loadAtStart'])} at the start. {here.description}")
    sys.stdout.flush()


def ending(results):
    print(f"\nAt the end: {_load(results.machine['loadAtEnd'])}.")


def begin(table, columns):
    """The head of a table; `columns` are what it has besides seconds: name -> what to show of a tool's times."""
    print(f"\n### {table.title}\n")
    names = ["", "", "seconds", "from–to", "CPU seconds", *columns, *(f"÷ {name}" for name in table.yardsticks)]
    _line(names)
    print("|" + "---|" * len(names))


def rows(table, rows_of_one_place, columns):
    for row in rows_of_one_place:
        times = row.times
        bases = [table.yardstick(row.place, name) for name in table.yardsticks]
        _line([
            row.place,
            row.tool,
            seconds(times.median),
            f"{seconds(min(times.wall))}–{seconds(max(times.wall))}",
            seconds(times.cpu_median),
            *(show(times) for show in columns.values()),
            *(ratio(times.median, base.times.median if base else None) for base in bases),
        ])


def end(table):
    for remark in table.remarks:
        print(f"\n{remark}")
    sys.stdout.flush()


def figure(name):
    """Shows the median of what a tool tells of its runs."""
    return lambda times: f"{statistics.median(times.figures[name]):.1f}" if name in times.figures else ""


def peak(times):
    return f"{statistics.median(times.peak_bytes) / 2**20:.0f}"


def seconds(value):
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"


def ratio(value, base):
    return f"{value / base:.2f}" if base else "–"


def _line(cells):
    print("| " + " | ".join(cells) + " |")
    sys.stdout.flush()


def _load(load):
    return "load " + " ".join(f"{part:.1f}" for part in load)
