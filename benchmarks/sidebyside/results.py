"""
What a run of benchmarks/compare found, kept while it goes on, and as JSON:

    {"format": "pcircle-compare", "version": 1, "command": [WORD...], "date": "2026-11-28T01:31:22Z",
     "machine": {"processor", "cpus", "memoryBytes", "system", "loadAtStart"[, "loadAtEnd"]}, "versions": {PROGRAM: TEXT},
     "rounds": N, "scale": X, "tables": [
       {"case", "title", "yardsticks": [TOOL...], "remarks": [TEXT...], "rows": [
         {"place", "tool", "ours": whether it is of pcircle, "wallSeconds": [a number for each round], "cpuSeconds": [...],
          "peakBytes": [...], "figures": {NAME: [...]}[, "startUp": {"wallSeconds": [...], "cpuSeconds": [...]}]}]}]}

The medians of "startUp", an empty run, are to be taken off. Without "loadAtEnd" the run did not come to its end.
"""

import json
from dataclasses import dataclass, field

from .race import Times

FORMAT = "pcircle-compare"
VERSION = 1
LIMIT = "limit"


@dataclass
class Row:
    """One tool at one place."""

    place: str
    tool: str
    ours: bool
    measured: Times
    start: Times | None = None

    @property
    def times(self):
        """What counts."""
        return self.measured.without(self.start) if self.start else self.measured


@dataclass
class Table:
    """What is compared with each other: tools that did the same at the same places."""

    case: str
    title: str
    yardsticks: list
    """Tools by whose times others are divided, the best first; "limit" is the quickest of those whose names begin so."""
    rows: list = field(default_factory=list)
    remarks: list = field(default_factory=list)

    def add(self, place, times, starts=None):
        """Takes in the times of all tools at one place; returns their rows."""
        rows = [
            Row(place, tool, any(word in tool.split() for word in ("fcp", "fsum")), measured, starts and starts[tool])
            for tool, measured in times.items()
        ]
        self.rows += rows
        return rows

    def yardstick(self, place, name):
        """The row of a yardstick at a place; None if it was not run there."""
        found = [
            row for row in self.rows
            if row.place == place and (row.tool == name or name == LIMIT and row.tool.startswith(f"{LIMIT} "))
        ]
        return min(found, key=lambda row: row.times.median, default=None)


@dataclass
class Results:
    """All of a run."""

    command: list
    date: str
    machine: dict
    versions: dict
    rounds: int
    scale: float
    tables: list = field(default_factory=list)

    def same_machine(self, other):
        """Whether seconds of both mean the same."""
        return all(self.machine[key] == other.machine[key] for key in ("processor", "cpus", "system"))

    def write(self, path):
        tables = [
            {
                "case": table.case,
                "title": table.title,
                "yardsticks": table.yardsticks,
                "remarks": table.remarks,
                "rows": [_row_as_json(row) for row in table.rows],
            }
            for table in self.tables
        ]
        with open(path, "w") as file:
            json.dump({"format": FORMAT, "version": VERSION, **vars(self), "tables": tables}, file, indent=1)
            file.write("\n")


def is_such(content):
    return isinstance(content, dict) and content.get("format") == FORMAT


def from_json(content):
    """The mirror of `write`, of what a file holds; raises KeyError, TypeError, ValueError or AttributeError if that is damaged."""
    if content["version"] != VERSION:
        raise ValueError(f"version {content['version']}, not {VERSION}")
    rounds = content["rounds"]
    tables = [
        Table(
            table["case"],
            table["title"],
            list(table["yardsticks"]),
            [_row_from_json(row, rounds) for row in table["rows"]],
            list(table["remarks"]),
        )
        for table in content["tables"]
    ]
    machine = {key: content["machine"][key] for key in ("processor", "cpus", "memoryBytes", "system")}
    return Results(
        content["command"], content["date"], machine, content["versions"], rounds, content["scale"], tables
    )


def _row_as_json(row):
    return {
        "place": row.place,
        "tool": row.tool,
        "ours": row.ours,
        **_seconds_as_json(row.measured),
        "peakBytes": row.measured.peak_bytes,
        "figures": row.measured.figures,
        **({"startUp": _seconds_as_json(row.start)} if row.start else {}),
    }


def _seconds_as_json(times):
    return {
        "wallSeconds": [round(seconds, 6) for seconds in times.wall],
        "cpuSeconds": [round(seconds, 6) for seconds in times.cpu],
    }


def _row_from_json(row, rounds):
    measured = _times_from_json(row, rounds)
    measured.peak_bytes = _numbers(row["peakBytes"], rounds)
    measured.figures = dict(row["figures"])
    start = _times_from_json(row["startUp"], rounds) if "startUp" in row else None
    return Row(row["place"], row["tool"], row["ours"], measured, start)


def _times_from_json(times, rounds):
    return Times(_numbers(times["wallSeconds"], rounds), _numbers(times["cpuSeconds"], rounds))


def _numbers(values, rounds):
    if len(values) != rounds:
        raise ValueError(f"{len(values)} times of {rounds} rounds")
    return [float(value) for value in values]
