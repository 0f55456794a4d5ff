"""A search measured on a retrieval set: figures of merit with intervals, time a question, and where it does worst.

Time is that of the search alone, one question after the other, after one that is not counted.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.dataset import RetrievalSet
from evals.metrics import MEASURES, Score, judge, summarise
from evals.product import Search
from evals.progress import Progress
from evals.timing import Timing
from evals.transform import TRANSFORMS

__all__ = ["Miss", "Report", "measure"]


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that went badly: its nDCG@10, what was relevant and the first ids that came instead."""

    id: str
    query: str
    ndcg: float
    relevant: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a search reached on a set; `run` holds the ids it gave for each question."""

    name: str
    transform: str
    k: int
    documents: int
    unreachable: int
    scores: Mapping[str, Score]
    timing: Timing
    worst: tuple[Miss, ...]
    run: Mapping[str, tuple[str, ...]]

    @property
    def n(self) -> int:
        """The number of questions."""
        return self.timing.n

    def to_json(self) -> dict[str, Any]:
        """Return the report as the command line prints it; its names are those of the outside harness where it has one."""
        ends = {name: [score.low, score.high] for name, score in self.scores.items() if score.low != score.high}
        return {
            "data": self.name,
            "transform": self.transform,
            "k": self.k,
            "n": self.n,
            "documents": self.documents,
            "unreachable": self.unreachable,
            **{name: self.scores[name].mean for name in MEASURES},
            "ci95": ends,
            "ms_per_query": self.timing.mean,
            "ms_p50": self.timing.p50,
            "ms_p95": self.timing.p95,
            "worst": [
                {"id": m.id, "query": m.query, "ndcg@10": m.ndcg, "relevant": list(m.relevant), "found": list(m.found)} for m in self.worst
            ],
        }  # fmt: skip


def measure(search: Search, data: RetrievalSet, *, k: int = 10, transform: str = "none", worst: int = 0, progress: Progress | None = None) -> Report:
    """Ask every question of a set and score the answers; `transform` is a name of TRANSFORMS."""
    change = TRANSFORMS[transform]
    asked = {name: change(text) for name, text in data.queries.items()}
    search(next(iter(asked.values())), k)
    run: dict[str, tuple[str, ...]] = {}
    spent: list[float] = []
    for name, query in asked.items():
        started = time.perf_counter()
        run[name] = tuple(search(query, k))
        spent.append((time.perf_counter() - started) * 1000)
        if progress:
            progress("questions", len(run), len(asked))
    # in the order of the judgements, which is that of the harness's resamples
    figures = {name: judge(run[name], relevant) for name, relevant in data.relevant.items()}
    return Report(
        name=data.name,
        transform=transform,
        k=k,
        documents=data.documents,
        unreachable=data.unreachable,
        scores=summarise(list(figures.values())),
        timing=Timing.of(spent),
        worst=tuple(_misses(data, asked, run, figures, worst)),
        run=run,
    )  # fmt: skip


def _misses(
    data: RetrievalSet, asked: Mapping[str, str], run: Mapping[str, tuple[str, ...]], figures: Mapping[str, Mapping[str, float]], most: int
) -> Sequence[Miss]:
    """Return the questions with the lowest nDCG@10, the lowest first; those that went perfectly are none."""
    order = sorted((row["ndcg@10"], place, name) for place, (name, row) in enumerate(figures.items()) if row["ndcg@10"] < 1.0)
    return [Miss(name, asked[name], ndcg, tuple(sorted(data.relevant[name])), run[name][:3]) for ndcg, _, name in order[:most]]
