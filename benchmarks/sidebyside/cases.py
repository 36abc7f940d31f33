"""What is compared."""

import json
import os
import subprocess
from dataclasses import dataclass

from . import report, trees
from .places import NotHere, Places
from .race import CannotCompare, race
from .results import LIMIT, Results, Table
from .tools import FSUM, HELLO_NAME, Tools

GIB = 1 << 30


@dataclass(frozen=True)
class Setting:
    """Where, with what and how much, and where what comes of it is kept."""

    case: str
    places: Places
    tools: Tools
    rounds: int
    scale: float
    results: Results

    def scaled(self, number):
        return max(1, round(number * self.scale))

    def measure(self, title, kinds, data_bytes, run, yardsticks, columns=None):
        """
        Makes a table of the times, tool -> Times, that `run` returns for a place of each kind with room for twice
        `data_bytes`; it may return those of an empty run beside them, to be taken off. `columns` are shown besides seconds.
        """
        if not kinds:
            return
        table = Table(self.case, title, yardsticks)
        self.results.tables.append(table)
        report.begin(table, columns or {})
        for kind in kinds:
            try:
                with self.places.place(kind, data_bytes) as place:
                    times, *starts = run(place)
            except NotHere as e:
                table.remarks.append(f"Not measured: {e}.")
                continue
            report.rows(table, table.add(kind, times, *starts), columns or {})
        report.end(table)


def small(setting):
    """Many small files: what a file costs."""
    files, title = _small_files(setting, 200_000)

    def run(place):
        return [_copies(setting, place, lambda top: trees.small_files(top, files, 4096), _plainly(setting, "rw"))]

    setting.measure(title, setting.places.kinds, files * 8192, run, ["cp -a", LIMIT])


def walk(setting):
    """Everything looked at and nothing copied: a dry run, which tells of every entry."""
    files, title = _empty_files(setting, 1_000_000)

    def run(place):
        source, target = f"{place}/source", f"{place}/target"
        trees.small_files(source, files, 0, 1000)
        return [race(setting.tools.walking(source, target), setting.rounds, target)]

    setting.measure(f"A walk of {title}", setting.places.kinds[:1], files * 1024, run, ["find -size", LIMIT])


def update(setting):
    """A copy that is there already: everything looked at on both sides."""
    files, title = _small_files(setting, 200_000)

    def run(place):
        source, target = f"{place}/source", f"{place}/target"
        trees.small_files(source, files, 4096)
        subprocess.run(["cp", "-a", source, target], check=True)
        changed_ns = trees.last_change_ns(target)

        def check(name):
            if trees.last_change_ns(target) != changed_ns:
                raise CannotCompare(f"{name}: has changed files that were up to date")

        return [race(setting.tools.updating(source, target), setting.rounds, f"{place}/none", check)]

    yardsticks = ["rsync -a", "fcp --dry-run of each"]
    setting.measure(f"An update that finds nothing to do: {title}", setting.places.kinds, files * 8192, run, yardsticks)


def large(setting):
    """One large file whose blocks cannot be shared: what a byte costs. An empty run is taken off as start-up."""
    file_bytes, title = _one_file(setting)
    commands = _plainly(setting, "rw", "cfr", "splice")

    def run(place):
        times = _copies(setting, place, lambda top: trees.one_file(top, file_bytes), commands)
        empty, target = f"{place}/empty", f"{place}/target"
        os.mkdir(empty)
        return times, race(commands(empty, target), setting.rounds, target)

    kinds = [kind for kind in _without_reflink(setting.places.kinds) if kind != "ext4"]
    setting.measure(f"{title}, start-up taken off", kinds, file_bytes, run, ["cp -a", LIMIT])


def reflink(setting):
    """One large file whose blocks can be shared."""
    file_bytes, title = _one_file(setting)

    def run(place):
        return [_copies(setting, place, lambda top: trees.one_file(top, file_bytes), _plainly(setting, "cfr"))]

    kinds = [kind for kind in setting.places.kinds if kind not in ("tmpfs", "ext4")]
    setting.measure(f"{title}, its blocks shared", kinds, file_bytes, run, ["cp -a", LIMIT])


def digest(setting):
    """Reading everything and digesting it: one large file, and many small ones."""
    file_bytes, title = _one_file(setting)
    _digests(setting, title, file_bytes, lambda top: trees.one_file(top, file_bytes))
    files, title = _small_files(setting, 200_000)
    _digests(setting, title, files * 8192, lambda top: trees.small_files(top, files, 4096))


def manifests(setting):
    """What a line for each entry costs, in time and memory, and to compare with such lines."""
    files, title = _empty_files(setting, 2_000_000)

    def run(place):
        source, manifest, older = f"{place}/source", f"{place}/manifest", f"{place}/older"
        trees.small_files(source, files, 0, 1000)
        _write_manifest(source, older)
        for i in range(101):
            os.symlink("nowhere", f"{source}/link{i}")
        _write_manifest(source, manifest)
        return [race(setting.tools.manifesting(source, manifest, older), setting.rounds, f"{place}/none")]

    columns = {"MiB in RAM": report.peak}
    setting.measure(f"Manifests: {title}", setting.places.kinds[:1], files * 1024, run, ["xxhsum -q -H64", "fsum"], columns)


def checkpoints(setting):
    """What it costs to be able to go on: copies with checkpoints never, seldom and often, alone and on four ranks."""
    files, title = _empty_files(setting, 2_000_000)

    def run(place):
        stats = f"{place}/stats"

        def commands(source, target):
            return setting.tools.checkpointing(source, target, stats)

        def figures(_):
            return _checkpoint_figures(stats)

        return [_copies(setting, place, lambda top: trees.small_files(top, files, 0, 1000), commands, figures)]

    columns = {name: report.figure(name) for name in ("checkpoints", "MiB of one", "ms of pause for one")}
    yardsticks = [f"{fcp} --checkpoint-interval=0" for fcp in ("fcp", "mpirun -np 4 fcp")]
    setting.measure(f"Checkpoints: {title}", setting.places.kinds[:1], files * 1024, run, yardsticks, columns)


def verify(setting):
    """What it costs to read everything back, and to flush it: many small files, and a large one whose blocks cannot be shared."""
    files, title = _small_files(setting, 20_000)
    _assured(setting, title, setting.places.kinds, files * 8192, lambda top: trees.small_files(top, files, 4096))
    file_bytes, title = _one_file(setting)
    kinds = _without_reflink(setting.places.kinds)
    _assured(setting, title, kinds, file_bytes, lambda top: trees.one_file(top, file_bytes))


def start(setting):
    """An empty directory: what a run costs before it does anything."""

    def run(place):
        source, target = f"{place}/source", f"{place}/target"
        os.mkdir(source)
        return [race(setting.tools.starting(source, target), setting.rounds, target)]

    setting.measure("An empty directory: start-up", setting.places.kinds[:1], 0, run, [HELLO_NAME, "cp -a"])


ALL = {
    case.__name__: case
    for case in (small, walk, update, large, reflink, digest, manifests, checkpoints, verify, start)
}


def _small_files(setting, number):
    """How many, and what to call them: a hundred in each directory."""
    files = setting.scaled(number)
    return files, f"{_count(files)} files of 4 KiB in {_count(-(-files // 100))} directories"


def _empty_files(setting, number):
    """Likewise: a thousand in each directory."""
    files = setting.scaled(number)
    return files, f"{_count(files)} empty files in {_count(-(-files // 1000))} directories"


def _one_file(setting):
    """Its length in bytes, and what to call it."""
    file_bytes = setting.scaled(4 * GIB // trees.BLOCK_BYTES) * trees.BLOCK_BYTES
    return file_bytes, f"One file of {file_bytes / GIB:.2f} GiB"


def _count(number):
    return f"{number:,}".replace(",", " ")


def _without_reflink(kinds):
    return ["xfs without reflink" if kind == "xfs" else kind for kind in kinds]


def _plainly(setting, *limit_methods):
    return lambda source, target: setting.tools.copying(source, target, limit_methods)


def _copies(setting, place, build, commands, figures=None):
    """Times of the commands that `commands` returns for a source and a target; all must leave a copy."""
    source, target = f"{place}/source", f"{place}/target"
    build(source)
    wanted = trees.census(source)

    def check(name):
        if trees.census(target) != wanted:
            raise CannotCompare(f"{name}: of {wanted} directories, files and bytes the copy has {trees.census(target)}")

    return race(commands(source, target), setting.rounds, target, check, figures)


def _digests(setting, title, data_bytes, build):
    def run(place):
        build(f"{place}/source")
        return [race(setting.tools.digesting(f"{place}/source"), setting.rounds, f"{place}/none")]

    yardsticks = ["xxhsum -q -H64", "sha1sum", "openssl dgst -sha256", LIMIT]
    setting.measure(f"{title}, digested", setting.places.kinds, data_bytes, run, yardsticks)


def _assured(setting, title, kinds, data_bytes, build):
    def run(place):
        return [_copies(setting, place, build, setting.tools.assuring)]

    setting.measure(f"{title}, verified and flushed", kinds, data_bytes, run, ["cp -a", "fcp --io=buffered"])


def _write_manifest(source, manifest):
    command = [FSUM, "-q", f"--manifest={manifest}", source]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=os.path.dirname(manifest))


def _checkpoint_figures(stats):
    """What a run's `--stats` tell of its checkpoints."""
    with open(stats) as file:
        told = json.load(file)
    number = told["checkpoints"]
    if number == 0:
        return {"checkpoints": 0}
    return {
        "checkpoints": number,
        "MiB of one": told["checkpointBytes"] / number / 2**20,
        "ms of pause for one": told["checkpointPauseNs"] / number / 1e6,
    }
