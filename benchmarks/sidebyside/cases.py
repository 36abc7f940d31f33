"""What is compared."""

import os
from dataclasses import dataclass

from . import report, trees
from .places import CannotMount, Places
from .race import CannotCompare, race
from .tools import FCP, MPIRUN, Tools

GIB = 1 << 30


@dataclass(frozen=True)
class Setting:
    """Where, with what and how much."""

    places: Places
    tools: Tools
    rounds: int
    scale: float

    def scaled(self, number):
        return max(1, round(number * self.scale))


def small(setting):
    """Many small files: what a file costs."""
    files = setting.scaled(200_000)
    title = f"{files:,} files of 4 KiB in {-(-files // 100):,} directories".replace(",", " ")
    _copies(title, setting, setting.places.kinds, files * 8192, lambda top: trees.small_files(top, files, 4096), ["rw"])


def walk(setting):
    """Everything looked at and nothing copied: a dry run, which tells of every entry."""
    files = setting.scaled(1_000_000)
    report.title(f"A walk of {files:,} files in {-(-files // 1000):,} directories".replace(",", " "))
    kind = setting.places.kinds[0]
    with setting.places.place(kind, files * 1024) as place:
        source, target = f"{place}/source", f"{place}/target"
        trees.small_files(source, files, 0, 1000)
        times = race(setting.tools.walking(source, target), setting.rounds, target)
    limit = times["limit 2 walk"].median if "limit 2 walk" in times else None
    report.columns("", "", "seconds", "from–to", "CPU seconds", "÷ limit")
    for name, tool_times in times.items():
        report.row(kind, name, *_figures(tool_times), report.ratio(tool_times.median, limit))


def large(setting):
    """One large file whose blocks cannot be shared: what a byte costs. An empty run is taken off as start-up."""
    file_bytes = setting.scaled(4 * GIB // trees.BLOCK_BYTES) * trees.BLOCK_BYTES
    title = f"One file of {file_bytes / GIB:.2f} GiB, start-up taken off"
    kinds = ["xfs without reflink" if kind == "xfs" else kind for kind in setting.places.kinds if kind != "ext4"]
    _copies(title, setting, kinds, file_bytes, lambda top: trees.one_file(top, file_bytes), ["rw", "cfr", "splice"], True)


def reflink(setting):
    """One large file whose blocks can be shared."""
    file_bytes = setting.scaled(4 * GIB // trees.BLOCK_BYTES) * trees.BLOCK_BYTES
    title = f"One file of {file_bytes / GIB:.2f} GiB, its blocks shared"
    kinds = [kind for kind in setting.places.kinds if kind not in ("tmpfs", "ext4")]
    _copies(title, setting, kinds, file_bytes, lambda top: trees.one_file(top, file_bytes), ["cfr"])


def digest(setting):
    """Reading everything and digesting it: one large file, and many small ones."""
    file_bytes = setting.scaled(4 * GIB // trees.BLOCK_BYTES) * trees.BLOCK_BYTES
    _digests(f"Digests of one file of {file_bytes / GIB:.2f} GiB", setting, file_bytes, trees.one_file, file_bytes)
    files = setting.scaled(200_000)
    title = f"Digests of {files:,} files of 4 KiB".replace(",", " ")
    _digests(title, setting, files * 8192, trees.small_files, files, 4096)


def _digests(title, setting, data_bytes, build, *sizes):
    report.title(title)
    columns = ["limit 2 read", "xxhsum -q -H64", "sha1sum", "openssl dgst -sha256"]
    report.columns("", "", "seconds", "from–to", "CPU seconds", *(f"÷ {name}" for name in columns))
    for kind in setting.places.kinds:
        with setting.places.place(kind, data_bytes) as place:
            source = f"{place}/source"
            build(source, *sizes)
            times = race(setting.tools.digesting(source), setting.rounds, f"{place}/none")
            for name, tool_times in times.items():
                ratios = [
                    report.ratio(tool_times.median, times[other].median if other in times else None)
                    for other in columns
                ]
                report.row(kind, name, *_figures(tool_times), *ratios)


def verify(setting):
    """What it costs to read everything back, and to flush it: many small files, and one large file on disks without reflink."""
    files = setting.scaled(20_000)
    title = f"{files:,} files of 4 KiB in {-(-files // 100):,} directories".replace(",", " ")
    _assured(f"{title}, verified and flushed", setting, setting.places.kinds, files * 8192, lambda top: trees.small_files(top, files, 4096))
    file_bytes = setting.scaled(4 * GIB // trees.BLOCK_BYTES) * trees.BLOCK_BYTES
    title = f"One file of {file_bytes / GIB:.2f} GiB, verified and flushed"
    kinds = ["xfs without reflink" if kind == "xfs" else kind for kind in setting.places.kinds]
    _assured(title, setting, kinds, file_bytes, lambda top: trees.one_file(top, file_bytes))


def start(setting):
    """An empty directory: what a run costs before it does anything."""
    report.title("An empty directory: start-up")
    with setting.places.place(setting.places.kinds[0], 0) as place:
        source, target = f"{place}/source", f"{place}/target"
        os.mkdir(source)
        commands = {"fcp": [FCP, "-q", source, target], "cp -a": ["cp", "-a", source, target]}
        hello = "mpirun -np 2 hello (C)"
        if setting.tools.hello:
            # With the settings that the launcher of fcp makes.
            commands[hello] = [*MPIRUN, "--mca", "pml", "ob1", setting.tools.hello]
            commands["mpirun -np 2 fcp"] = [*MPIRUN, FCP, "-q", source, target]
        times = race(commands, setting.rounds, target)
    base = times[hello].median if hello in times else None
    report.columns("", "seconds", "CPU seconds", "over hello")
    for name, tool_times in times.items():
        over = report.seconds(tool_times.median - base) if base and name == "mpirun -np 2 fcp" else ""
        report.row(name, report.seconds(tool_times.median), report.seconds(tool_times.cpu_median), over)


ALL = {case.__name__: case for case in (small, walk, large, reflink, digest, verify, start)}


def _copies(title, setting, kinds, data_bytes, build, limit_methods, without_start=False):
    if not kinds:
        return
    report.title(title)
    remarks = []
    report.columns("", "", "seconds", "from–to", "CPU seconds", "÷ cp -a", "÷ limit")
    for kind in kinds:
        try:
            with setting.places.place(kind, data_bytes) as place:
                for row in _rows(kind, _times(setting, place, build, limit_methods, without_start)):
                    report.row(*row)
        except CannotMount as e:
            remarks.append(f"Not measured: {e}.")
    for remark in remarks:
        report.remark(remark)


def _assured(title, setting, kinds, data_bytes, build):
    report.title(title)
    remarks = []
    report.columns("", "", "seconds", "from–to", "CPU seconds", "÷ buffered")
    for kind in kinds:
        try:
            with setting.places.place(kind, data_bytes) as place:
                source, target = f"{place}/source", f"{place}/target"
                build(source)
                times = race(setting.tools.assuring(source, target), setting.rounds, target)
        except CannotMount as e:
            remarks.append(f"Not measured: {e}.")
            continue
        base = times["fcp --io=buffered"].median if "fcp --io=buffered" in times else None
        for name, tool_times in times.items():
            report.row(kind, name, *_figures(tool_times), report.ratio(tool_times.median, base))
    for remark in remarks:
        report.remark(remark)


def _times(setting, place, build, limit_methods, without_start):
    source, target = f"{place}/source", f"{place}/target"
    build(source)
    wanted = trees.census(source)

    def check(name):
        if trees.census(target) != wanted:
            raise CannotCompare(f"{name}: of {wanted} directories, files and bytes the copy has {trees.census(target)}")

    times = race(setting.tools.copying(source, target, limit_methods), setting.rounds, target, check)
    if without_start:
        empty = f"{place}/empty"
        os.mkdir(empty)
        starts = race(setting.tools.copying(empty, target, limit_methods), setting.rounds, target)
        times = {name: tool_times.without(starts[name]) for name, tool_times in times.items()}
    return times


def _rows(kind, times):
    cp = times["cp -a"].median if "cp -a" in times else None
    limits = [tool_times.median for name, tool_times in times.items() if name.startswith("limit")]
    best = min(limits) if limits else None
    return [
        [
            kind,
            name,
            *_figures(tool_times),
            report.ratio(tool_times.median, cp),
            report.ratio(tool_times.median, best),
        ]
        for name, tool_times in times.items()
    ]


def _figures(tool_times):
    return [
        report.seconds(tool_times.median),
        f"{report.seconds(min(tool_times.wall))}–{report.seconds(max(tool_times.wall))}",
        report.seconds(tool_times.cpu_median),
    ]
