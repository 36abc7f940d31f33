"""
What two results of benchmarks/compare say of pcircle. Machines differ, and so does the same one from day to day: where a
yardstick ran beside a tool in both, what is compared are the ratios to it, round by round; seconds are only where there is none,
and the machine is the same.
"""

import statistics

from .changes import Change, Figure
from .results import from_json as read
from .results import is_such

ROUNDS_MIN = 5
"""With fewer, ranges that do not overlap say little: five runs and five that are alike look so once in 126 times, seven 1 716."""
YARDSTICK_SECONDS_MIN = 0.05
"""What takes less is no yardstick, but noise of the kernel's."""


def changes(old, new):
    """Times and memory of each tool of pcircle that both have; and how many rows only one has."""
    same_machine = old.same_machine(new)
    old_rows, new_rows = _rows(old), _rows(new)
    both = []
    for key, (old_table, old_row) in old_rows.items():
        if key in new_rows:
            name = f"{': '.join(key[:2])}, {key[2]}: {key[3]}"
            both += _of_time(name, old_table, old_row, *new_rows[key], same_machine)
            peaks = (_figure(row.measured.peak_bytes, 2**20) for row in (old_row, new_rows[key][1]))
            both.append(Change(f"{name}, MiB in RAM", *peaks, words=("larger", "smaller")))
    return both, len(old_rows.keys() ^ new_rows.keys())


def _rows(found):
    return {
        (table.case, table.title, row.place, row.tool): (table, row)
        for table in found.tables
        for row in table.rows
        if row.ours
    }


def _of_time(name, old_table, old_row, new_table, new_row, same_machine):
    for yardstick in old_table.yardsticks:
        bases = [table.yardstick(old_row.place, yardstick) for table in (old_table, new_table)]
        if old_row.tool != yardstick and all(base and _is_usable(base) for base in bases):
            ratios = (_ratios(row, base) for row, base in zip((old_row, new_row), bases))
            return [Change(f"{name} ÷ {yardstick}", *map(_figure, ratios))]
    if same_machine:
        return [Change(f"{name}, seconds", *(_figure(row.times.wall) for row in (old_row, new_row)))]
    return [Change(f"{name}, seconds on other machines", *(Figure(row.times.median) for row in (old_row, new_row)))]


def _is_usable(base):
    return base.times.median >= YARDSTICK_SECONDS_MIN and min(base.times.wall) > 0


def _ratios(row, base):
    return [seconds / base_seconds for seconds, base_seconds in zip(row.times.wall, base.times.wall, strict=True)]


def _figure(numbers, unit=1):
    middle = statistics.median(numbers) / unit
    return Figure(middle, min(numbers) / unit, max(numbers) / unit) if len(numbers) >= ROUNDS_MIN else Figure(middle)
