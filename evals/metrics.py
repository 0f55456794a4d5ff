"""Figures of merit of a ranking, and how far a mean of them can be trusted.

Relevance is yes or no. A document that stands twice in a ranking counts once, at its first place. Definitions and bootstrap
(400 samples from one seeded generator) are those of the outside harness, so that the same ranking gives the same figures.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["CUTS", "MEASURES", "Score", "judge", "summarise"]

CUTS = (1, 5, 10)
"""At which lengths of the list recall and hit are taken."""
DEPTH = 10
MEASURES = ("ndcg@10", "recall@1", "recall@5", "recall@10", "hit@1", "hit@5", "hit@10", "mrr@10", "f2@1")
"""The names of all figures of `judge`, the one that counts first."""
_SAMPLES, _LOW, _HIGH = 400, 10, 389
# The harness draws for these three in this order from one generator; whatever is drawn for more comes after them.
_DRAWN = ("recall@1", "recall@10", "ndcg@10", "recall@5", "hit@10", "mrr@10")


@dataclass(frozen=True, slots=True)
class Score:
    """A mean over `n` cases and the interval that holds it in 95 of 100 resamples; both ends are the mean where none was drawn."""

    mean: float
    n: int
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float], chance: random.Random | None = None) -> Score:
        """Return the score of at least one value; without `chance` no interval is drawn."""
        n = len(values)
        mean = sum(values) / n
        if chance is None:
            return cls(mean, n, mean, mean)
        draw = chance.randrange
        means = sorted(sum([values[draw(n)] for _ in range(n)]) / n for _ in range(_SAMPLES))
        return cls(mean, n, means[_LOW], means[_HIGH])


def judge(ranked: Sequence[str], relevant: Collection[str]) -> dict[str, float]:
    """Return every figure of MEASURES, nought to one, for a ranking (best first) and at least one relevant id."""
    places = [place for place, name in enumerate(dict.fromkeys(ranked)) if name in relevant]
    wanted = len(relevant)
    figures: dict[str, float] = {}
    for cut in CUTS:
        found = sum(place < cut for place in places)
        figures[f"recall@{cut}"] = found / wanted
        figures[f"hit@{cut}"] = float(found > 0)
    figures["mrr@10"] = 1 / (places[0] + 1) if places and places[0] < DEPTH else 0.0
    gained = sum(1 / math.log2(place + 2) for place in places if place < DEPTH)
    figures["ndcg@10"] = gained / sum(1 / math.log2(place + 2) for place in range(min(DEPTH, wanted)))
    # precision and recall of answering with the first document alone, recall weighing twice (the measure of legal contests)
    precision, recall = figures["hit@1"], figures["recall@1"]
    figures["f2@1"] = 5 * precision * recall / (4 * precision + recall) if precision else 0.0
    return figures


def summarise(figures: Sequence[Mapping[str, float]]) -> dict[str, Score]:
    """Return the score of each of MEASURES over the figures of at least one question, with intervals for most."""
    chance = random.Random(0)
    drawn = {name: Score.of([row[name] for row in figures], chance) for name in _DRAWN}
    return {name: drawn.get(name) or Score.of([row[name] for row in figures]) for name in MEASURES}
