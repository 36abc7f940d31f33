"""Two results to be compared, from files of either kind."""

import json

from . import jmh, reruns


class CannotRead(Exception):
    """The message says in one line which file, and why."""


def changes(old_path, new_path):
    """What both have, and how many figures only one has."""
    (kind, old), (other_kind, new) = _read(old_path), _read(new_path)
    if kind is not other_kind:
        raise CannotRead(f"{old_path} and {new_path} are not of one kind")
    both, in_one = kind.changes(old, new)
    if not any(change.can_be_judged for change in both):
        why = "the ones they have were measured too seldom, or on machines that differ" if both else "they have none"
        raise CannotRead(f"{old_path} and {new_path} have no figures in common that can be compared: {why}")
    return both, in_one


def _read(path):
    content = _parsed(path)
    for kind in (reruns, jmh):
        if kind.is_such(content):
            try:
                return kind, kind.read(content)
            except (KeyError, TypeError, ValueError, AttributeError) as e:
                raise CannotRead(f"{path}: damaged: {type(e).__name__}: {e}") from e
    raise CannotRead(f"{path}: a result neither of benchmarks/compare nor of JMH")


def _parsed(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except OSError as e:
        raise CannotRead(f"{path}: {e.strerror}") from e
    except ValueError as e:
        raise CannotRead(f"{path}: not JSON, or damaged: {e}") from e
