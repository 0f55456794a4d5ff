"""Floors under the scores: `gates.toml` names a measure, where it holds and how low (or high) it may be.

    [[floor]]
    measure = "right"              # a measure of a case, or parity_gap, consistency, failed, p95_ms
    where = {language = "en"}      # dimensions of evals.case; several narrow it down; without it, all cases
    least = 0.70                   # or most = …

A floor whose slice has no case in a run is passed over, so that one file serves small runs and large ones.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import BadGates
from evals.report import DIMENSIONS, MEASURES, consistency, parity_gap
from evals.row import Row
from evals.timing import Timing

__all__ = ["Floor", "Missed", "missed", "read_gates"]

_WHOLE = ("parity_gap", "consistency", "failed", "p95_ms")


@dataclass(frozen=True, slots=True)
class Floor:
    """A bound of a measure on a slice; one of `least` and `most` is set."""

    measure: str
    where: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None

    @property
    def place(self) -> str:
        """The slice in words."""
        return ", ".join(f"{dimension} {value}" for dimension, value in self.where) or "all cases"


@dataclass(frozen=True, slots=True)
class Missed:
    """A floor that a run did not hold, with the value and the number of cases."""

    floor: Floor
    value: float
    n: int

    def __str__(self) -> str:
        """Return one line for a person."""
        bound = f"at least {self.floor.least:g}" if self.floor.least is not None else f"at most {self.floor.most:g}"
        return f"{self.floor.measure} on {self.floor.place}: {self.value:.3f}, wanted {bound} (n {self.n})"


def read_gates(path: Path) -> tuple[Floor, ...]:
    """Read a file of floors; raises BadGates with the number of the table and the reason."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadGates(f"{path.name} cannot be read: {error}") from error
    tables = data.get("floor")
    if set(data) - {"floor"} or not isinstance(tables, list) or not tables:
        raise BadGates(f"{path.name} holds no [[floor]] tables, or something else beside them.")
    return tuple(_floor(table, f"{path.name}, floor {place}") for place, table in enumerate(tables, 1))


def _floor(table: Mapping[str, Any], place: str) -> Floor:
    """Return one floor; raises BadGates."""
    strange = set(table) - {"measure", "where", "least", "most"}
    measure, where = table.get("measure"), table.get("where", {})
    bounds = [table.get(name) for name in ("least", "most")]
    if strange:
        raise BadGates(f"{place}: {', '.join(sorted(strange))} means nothing.")
    if measure not in (*MEASURES, *_WHOLE):
        raise BadGates(f"{place}: “{measure}” is no measure; known are {', '.join((*MEASURES, *_WHOLE))}.")
    if not isinstance(where, dict) or set(where) - set(DIMENSIONS) or not all(isinstance(value, str) for value in where.values()):
        raise BadGates(f"{place}: where takes {', '.join(DIMENSIONS)}, each with a text.")
    if [isinstance(b, int | float) and not isinstance(b, bool) for b in bounds].count(True) != 1 or bounds.count(None) != 1:
        raise BadGates(f"{place}: give a number for either least or most.")
    return Floor(str(measure), tuple(where.items()), *bounds)


def missed(floors: Sequence[Floor], rows: Sequence[Row]) -> tuple[Missed, ...]:
    """Return the floors that these rows do not hold."""
    found = []
    for floor in floors:
        inside = [row for row in rows if set(floor.where) <= set(row.case.slices())]
        value, n = _value(floor.measure, inside)
        if n and ((floor.least is not None and value < floor.least) or (floor.most is not None and value > floor.most)):
            found.append(Missed(floor, value, n))
    return tuple(found)


def _value(measure: str, rows: Sequence[Row]) -> tuple[float, int]:
    """Return a measure over rows and over how many; nought of them where it means nothing."""
    if measure in ("parity_gap", "consistency"):
        whole = (parity_gap if measure == "parity_gap" else consistency)(rows)
        return (whole.mean, whole.n) if whole else (0.0, 0)
    if measure == "failed":
        return float(sum(bool(row.error) for row in rows)), len(rows)
    if measure == "p95_ms":
        return (Timing.of([row.seconds * 1000 for row in rows]).p95, len(rows)) if rows else (0.0, 0)
    values = [row.measures[measure] for row in rows if measure in row.measures]
    return (sum(values) / len(values), len(values)) if values else (0.0, 0)
