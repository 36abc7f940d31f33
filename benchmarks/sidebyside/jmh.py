"""What JMH writes with -rf json."""

import math

from .changes import Change, Figure


def is_such(content):
    return isinstance(content, list) and all(isinstance(run, dict) and "primaryMetric" in run for run in content)


def read(content):
    """Name -> whether more of it is better, and the figure."""
    return {_name(run): (run["mode"] == "thrpt", _figure(run)) for run in content}


def changes(old, new):
    """Each benchmark with each of its parameters, as far as both have it; and how many only one has."""
    both = [
        Change(name, figure, new[name][1], more_is_better) for name, (more_is_better, figure) in old.items() if name in new
    ]
    return both, len(old.keys() ^ new.keys())


def _name(run):
    """All that makes a figure another one, its mode and unit too."""
    parameters = "".join(f" {name}={value}" for name, value in run.get("params", {}).items())
    return f"{run['benchmark']}{parameters}, {run['mode']} {run['primaryMetric']['scoreUnit']}"


def _figure(run):
    """JMH writes "NaN" for an interval that a single iteration does not give."""
    metric = run["primaryMetric"]
    low, high = (float(bound) for bound in metric["scoreConfidence"])
    score = float(metric["score"])
    return Figure(score) if math.isnan(low + high) else Figure(score, low, high)
