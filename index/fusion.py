"""Weighted score fusion: lists of scored ids become one list.

The lists come on scales that mean the same for every question: words as a share of the best that the question allows
(`by_words`), meaning as distance from what is usual in the library (`by_meaning`). So a question whose words the library
hardly holds is decided by meaning, and one that is met word for word by its words. Bringing each list to nought and one by
its own best and least, as is usual, forgets this: on our sets it cost words 2 to 3 nDCG points. Score fusion rather than
reciprocal ranks: best of 740 published Vietnamese runs (ViRE); a rank alone forgets by how much the first one wins.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["Scored", "Spread", "by_meaning", "by_words", "fuse"]

Scored = Sequence[tuple[str, float]]
_FAR = 10.0
"""Standard deviations above the mean that count as one: hardly any passage is that near to a question."""


class Spread(NamedTuple):
    """Mean and standard deviation of a question's similarity to the passages of the library at large."""

    mean: float
    deviation: float


def by_words(scored: Scored) -> Scored:
    """Return lexical scores, which are shares of the best possible one, divided by the root of the best of them.

    The geometric mean of the share of the possible and the share of the best found: the first alone leaves the words too little
    where half of a long question is padding, the second alone too much where nothing but padding is met.
    """
    top = max((score for _, score in scored), default=0.0)
    return [(name, score / math.sqrt(top)) for name, score in scored] if top > 0 else []


def by_meaning(scored: Scored, spread: Spread) -> Scored:
    """Return similarities as their distance above the mean in tens of standard deviations, from nought to one."""
    if spread.deviation <= 0:
        return [(name, max(0.0, min(1.0, score))) for name, score in scored]
    return [(name, max(0.0, min(1.0, (score - spread.mean) / (_FAR * spread.deviation)))) for name, score in scored]


def fuse(lists: Mapping[str, tuple[Scored, float]]) -> list[tuple[str, float]]:
    """Fuse named lists, each scored ids from nought to one and a weight, into one, best first.

    The result's scores lie between nought and one. Equal scores keep the order of first appearance.
    """
    total = sum(weight for scored, weight in lists.values() if scored) or 1.0
    fused: dict[str, float] = {}
    for scored, weight in lists.values():
        for name, score in scored:
            fused[name] = fused.get(name, 0.0) + weight * score / total
    return sorted(fused.items(), key=lambda pair: -pair[1])
