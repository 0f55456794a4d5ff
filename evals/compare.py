"""A run against an earlier one: better, worse or the same, measure by measure, and the questions that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.bootstrap import Difference, difference
from evals.errors import BadRun
from evals.report import MEASURES
from evals.row import Row

__all__ = ["Change", "Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Change:
    """A question that went otherwise than before: `gained` when it is right now, and the parts of `right` that turned."""

    key: str
    question: str
    gained: bool
    turned: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the cases that both have; `n` tells how many."""

    n: int
    differences: Mapping[str, Difference]
    changes: tuple[Change, ...]

    @property
    def verdict(self) -> str:
        """The word for `right`: better, worse or same."""
        return self.differences["right"].verdict

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure."""
        found = self.differences.items()
        return {
            "n": self.n, "verdict": self.verdict,
            "differences": {name: {"mean": d.mean, "n": d.n, "low": d.low, "high": d.high, "verdict": d.verdict} for name, d in found},
            "changes": [{"case": c.key, "question": c.question, "gained": c.gained, "turned": list(c.turned), "before": c.before, "after": c.after}
                        for c in self.changes],
        }  # fmt: skip


def compare(after: Sequence[Row], before: Sequence[Row]) -> Comparison:
    """Compare the rows of a run with those of a baseline; raises BadRun when they have no case in common.

    A case is common when its id and set, its question and what is expected are the same.
    """
    known = {row.case.key: row for row in before}
    pairs = [(row, known[row.case.key]) for row in after if row.case.key in known and known[row.case.key].case == row.case]
    if not pairs:
        raise BadRun("The two runs have no case in common.", advice="Compare runs over the same case files.")
    differences = {}
    for name in MEASURES:
        both = [(new.measures[name], old.measures[name]) for new, old in pairs if name in new.measures and name in old.measures]
        if both:
            differences[name] = difference([new for new, _ in both], [old for _, old in both])
    changes = tuple(_change(new, old) for new, old in pairs if new.right != old.right)
    return Comparison(len(pairs), differences, changes)


def _change(new: Row, old: Row) -> Change:
    """Return what changed for a case."""
    turned = tuple(name for name, value in new.measures.items() if name != "right" and value in (0.0, 1.0) and old.measures.get(name) == 1.0 - value)
    return Change(new.case.key, new.case.question, new.right, turned, _shown(old), _shown(new))


def _shown(row: Row) -> str:
    """Return the text of an answer, or why there is none."""
    return str(row.answer.get("text", "")) or row.error or row.outcome
