"""A picture of each table, by gnuplot: a bar up to the median of each tool, and a dot for each of its runs."""

import os
import shutil
import subprocess

from . import report

GNUPLOT = "gnuplot"
WIDTH = 960
ROW_HEIGHT = 22
FRAME_HEIGHT = 100
"""Title, axis and margins."""
OURS, OTHERS = 0x2A78B5, 0xA8A8A8


def can_draw():
    return shutil.which(GNUPLOT) is not None


def draw(tables, directory):
    """Writes a picture of each table that has rows: CASE.svg, or CASE-1.svg and so on where a case has several."""
    tables = [table for table in tables if table.rows]
    cases = [table.case for table in tables]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    for i, table in enumerate(tables):
        number = f"-{cases[:i].count(table.case) + 1}" if cases.count(table.case) > 1 else ""
        with open(f"{directory}/{table.case}{number}.svg", "w") as file:
            subprocess.run([GNUPLOT], input=_script(table), stdout=file, encoding="utf-8", env=environment, check=True)


def _script(table):
    """A line for each place, and below it one for each tool there."""
    heads, names, bars, runs, labels = [], [], [], [], []
    line = 0
    yardstick = _best_yardstick(table)
    for place in dict.fromkeys(row.place for row in table.rows):
        heads.append(f"set label {_quoted(place)} at screen 0.01, first {line} noenhanced")
        for row in (row for row in table.rows if row.place == place):
            line += 1
            times = row.times
            names.append(f"{_quoted(row.tool)} {line}")
            bars.append(f"0 {line} 0 {times.median} {line - 0.32} {line + 0.32} {OURS if row.ours else OTHERS}")
            runs += [f"{seconds} {line}" for seconds in times.wall]
            labels.append(f"{max(times.wall)} {line} \"{_label(table, row, yardstick)}\"")
        line += 1
    explained = "seconds: medians, and each run" + (f"; × as long as {yardstick}" if yardstick else "")
    longest = max(len(row.tool) for row in table.rows)
    most = max(max(row.times.wall) for row in table.rows)
    return "\n".join([
        "set encoding utf8",
        f"set terminal svg size {WIDTH},{FRAME_HEIGHT + ROW_HEIGHT * line} font 'sans-serif,12' background 'white'",
        f"set title {_quoted(table.title)} noenhanced font ',14'",
        f"set lmargin {longest + 3}",
        "set rmargin 3",
        f"set xrange [0:{1.25 * most or 1}]",
        f"set yrange [{line - 0.4}:-0.6]",
        f"set ytics ({', '.join(names)}) noenhanced nomirror scale 0",
        "set xtics nomirror out",
        f"set xlabel {_quoted(explained)} noenhanced",
        "set border 1",
        "set grid xtics linecolor '#e0e0e0' linetype 1",
        "set style fill solid noborder",
        "unset key",
        *heads,
        *_block("bars", bars),
        *_block("runs", runs),
        *_block("labels", labels),
        "plot $bars using 1:2:3:4:5:6:7 with boxxyerror linecolor rgb variable, "
        "$runs using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#202020', "
        "$labels using 1:2:3 with labels left offset 1,0 noenhanced",
    ])


def _best_yardstick(table):
    return next((name for name in table.yardsticks if any(table.yardstick(row.place, name) for row in table.rows)), None)


def _label(table, row, yardstick):
    base = table.yardstick(row.place, yardstick)
    times_as_long = f", {report.ratio(row.times.median, base.times.median)}×" if base else ""
    return f"{report.seconds(row.times.median)} s{times_as_long}"


def _block(name, lines):
    return [f"${name} << END", *lines, "END"]


def _quoted(text):
    return "'" + text.replace("'", "''").replace("\n", " ") + "'"
