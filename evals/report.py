"""A run summed up: scores with intervals overall and by slice, the gap between the languages, outcomes, risk and coverage.

Scores are means over the cases in which a measure means something; n tells how many. The parity gap is the mean of
`right` on Vietnamese questions less that on English ones, with a bootstrap over both: it compares two sets of questions,
not translations, unless the case files pair them. Consistency is the share of pairs of cases that ask the same in other
words (one `group`, or the same gold places and expected answer) whose answers agree: both abstain, or both cite one place.
The risk–coverage curve (El-Yaniv and Wiener 2010, “On the Foundations of Noise-free Selective Classification”) lowers the
bar of abstention step by step: coverage is the share of questions answered, risk the share of wrong ones among those; the
area under it is that of Geifman and El-Yaniv 2017. A question that cannot be answered is wrong when answered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from evals.bootstrap import score
from evals.metrics import Score
from evals.provenance import Provenance
from evals.row import Row
from evals.timing import Timing

__all__ = ["DIMENSIONS", "MEASURES", "Curve", "Report", "consistency", "parity_gap", "risk_coverage", "scores", "summarise"]

MEASURES = (
    "right", "outcome", "figures", "says", "cited", "brief", "language", "citation_recall", "citation_precision", "figures_supported", "quoted",
    "document_hit", "document_recall", "document_precision", "contains", "f1", "exact", "recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10",
    "abstention_precision", "abstention_recall", "as_of",
)  # fmt: skip
"""The measures of a case in the order of the reports."""
DIMENSIONS = ("set", "language", "type", "diacritics", "document")
_LEAST_DOCUMENT = 5
"""Documents with fewer cases are no slice of their own: their intervals would tell nothing."""


@dataclass(frozen=True, slots=True)
class Curve:
    """(coverage, risk) from the surest question to the least sure; the point at which the product stands; the area."""

    points: tuple[tuple[float, float], ...]
    operating: tuple[float, float]
    area: float


@dataclass(frozen=True, slots=True)
class Report:
    """A run summed up; `slices` maps a dimension to its values to their scores."""

    source: Provenance
    rows: tuple[Row, ...]
    overall: Mapping[str, Score]
    slices: Mapping[str, Mapping[str, Mapping[str, Score]]]
    gap: Score | None
    agreement: Score | None
    outcomes: Mapping[tuple[bool, str], int]
    curve: Curve | None
    timing: Timing

    @property
    def failed(self) -> int:
        """How many cases could not be asked."""
        return sum(bool(row.error) for row in self.rows)

    @property
    def cost(self) -> float | None:
        """What the tokens cost at the price of the run, None where none was told."""
        price = [float(part) for part in self.source.settings.get("price", "").split()]
        return sum(row.tokens_in * price[0] + row.tokens_out * price[1] for row in self.rows) / 1e6 if price else None

    def to_json(self) -> dict[str, Any]:
        """Return everything but the rows, for machines."""
        return {
            "source": self.source.to_json(), "n": len(self.rows), "failed": self.failed, "scores": _plain(self.overall),
            "slices": {dimension: {value: _plain(found) for value, found in values.items()} for dimension, values in self.slices.items()},
            "parity_gap": _one(self.gap), "consistency": _one(self.agreement),
            "outcomes": [{"answerable": a, "outcome": outcome, "n": n} for (a, outcome), n in self.outcomes.items()],
            "risk_coverage": {"operating": self.curve.operating, "area": self.curve.area, "points": self.curve.points} if self.curve else None,
            "milliseconds": {"mean": self.timing.mean, "p50": self.timing.p50, "p95": self.timing.p95},
            "tokens": {"in": sum(row.tokens_in for row in self.rows), "out": sum(row.tokens_out for row in self.rows), "cost": self.cost},
        }  # fmt: skip


def summarise(source: Provenance, rows: Sequence[Row]) -> Report:
    """Sum up at least one row."""
    slices: dict[str, dict[str, list[Row]]] = {dimension: defaultdict(list) for dimension in DIMENSIONS}
    for row in rows:
        for dimension, value in row.case.slices():
            slices[dimension][value].append(row)
    slices["document"] = {value: found for value, found in slices["document"].items() if len(found) >= _LEAST_DOCUMENT}
    return Report(
        source=source, rows=tuple(rows), overall=scores(rows),
        slices={dimension: {value: scores(found) for value, found in sorted(values.items())} for dimension, values in slices.items() if values},
        gap=parity_gap(rows), agreement=consistency(rows),
        outcomes=Counter((row.case.answerable, row.outcome) for row in rows),
        curve=risk_coverage(rows), timing=Timing.of([row.seconds * 1000 for row in rows]),
    )  # fmt: skip


def scores(rows: Sequence[Row]) -> dict[str, Score]:
    """Return the score of every measure that some row has."""
    found = {name: [row.measures[name] for row in rows if name in row.measures] for name in MEASURES}
    return {name: score(values) for name, values in found.items() if values}


def parity_gap(rows: Sequence[Row]) -> Score | None:
    """Return how much more of the Vietnamese questions than of the English ones go right, None where a language is missing."""
    mine, theirs = ([float(row.right) for row in rows if row.case.language == language] for language in ("vi", "en"))
    if not mine or not theirs:
        return None
    chance = np.random.default_rng(0)
    draws = [np.asarray(values)[chance.integers(0, len(values), (2000, len(values)))].mean(axis=1) for values in (mine, theirs)]
    low, high = np.percentile(draws[0] - draws[1], (2.5, 97.5))
    return Score(sum(mine) / len(mine) - sum(theirs) / len(theirs), len(mine) + len(theirs), float(low), float(high))


def consistency(rows: Sequence[Row]) -> Score | None:
    """Return the share of pairs of paraphrases whose answers agree, None where nothing is asked twice."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        case = row.case
        if case.group:
            groups[case.group].append(row)
        elif case.gold and case.expected and not case.history:
            groups[(case.gold, case.expected, case.language)].append(row)
    pairs = [float(_agree(one, other)) for found in groups.values() for one, other in combinations(found, 2)]
    return score(pairs) if pairs else None


def _agree(one: Row, other: Row) -> bool:
    """Tell whether two answers both abstain or have a place in common."""
    mine, theirs = ({(c["document"], c["locator"]) for c in row.answer.get("citations", ())} for row in (one, other))
    return bool(mine & theirs) or (not mine and not theirs and not one.error and not other.error)


def risk_coverage(rows: Sequence[Row]) -> Curve | None:
    """Return the curve over the rows whose chance is known, None where there are none."""
    judged = sorted(_believed(rows), reverse=True)
    if not judged:
        return None
    wrong, points = 0, []
    for place, (chance, _, good) in enumerate(judged, 1):
        wrong += not good
        if place == len(judged) or judged[place][0] != chance:  # of equal chances none is surer
            points.append((place / len(judged), wrong / place))
    said = [good for _, said, good in judged if said]
    operating = (len(said) / len(judged), sum(not good for good in said) / len(said)) if said else (0.0, 0.0)
    area = sum(risk * (coverage - before) for (coverage, risk), before in zip(points, (0.0, *(c for c, _ in points)), strict=False))
    return Curve(tuple(points), operating, area)


def _believed(rows: Sequence[Row]) -> Iterator[tuple[float, bool, bool]]:
    """Yield (chance, whether it was answered, whether the draft was right) of the rows that have them."""
    for row in rows:
        if row.chance is None:
            continue
        said = bool(row.answer.get("citations"))
        if said or row.bold_right is not None:
            yield row.chance, said, row.right if said else bool(row.bold_right)


def _plain(found: Mapping[str, Score]) -> dict[str, Any]:
    """Return scores as objects."""
    return {name: _one(value) for name, value in found.items()}


def _one(value: Score | None) -> dict[str, float] | None:
    """Return one score as an object."""
    return {"mean": value.mean, "n": value.n, "low": value.low, "high": value.high} if value else None
