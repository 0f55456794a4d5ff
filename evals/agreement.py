"""How far two judges agree beyond chance: Cohen's kappa for two, Krippendorff's alpha (nominal) for any number with gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import permutations

__all__ = ["cohen_kappa", "krippendorff_alpha", "observed"]


def observed(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Return the share of items, at least one, that both judge alike."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def cohen_kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Return Cohen's kappa (1960, “A Coefficient of Agreement for Nominal Scales”) of at least one item.

    One is perfect agreement, nought that of chance. Where both give one and the same grade to everything, chance agreement is
    perfect too and kappa is undefined; then one is returned.
    """
    n, seen = len(one), observed(one, other)
    mine, theirs = Counter(one), Counter(other)
    chance = sum(mine[grade] * theirs[grade] for grade in mine) / (n * n)
    return 1.0 if chance == 1.0 else (seen - chance) / (1 - chance)


def krippendorff_alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Return Krippendorff's alpha for nominal grades (2011, “Computing Krippendorff's Alpha-Reliability”).

    A unit holds the grades of one item; units with fewer than two say nothing. None when nothing can be paired, one when all
    grades are the same.
    """
    pairs: Counter[tuple[Hashable, Hashable]] = Counter()
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for grades in (unit for unit in units if len(unit) > 1):
        pairs = Counter(permutations(grades, 2))
        for pair, times in pairs.items():
            weights[pair] = weights.get(pair, 0.0) + times / (len(grades) - 1)
    total = sum(weights.values())
    if not total:
        return None
    margin: Counter[Hashable] = Counter()
    for (grade, _), weight in weights.items():
        margin[grade] += weight  # type: ignore[assignment]  # typeshed counts in whole numbers only; here they are weights
    apart = sum(weight for (a, b), weight in weights.items() if a != b)
    expected = (total * total - sum(m * m for m in margin.values())) / (total - 1) if total > 1 else 0.0
    return 1.0 if not expected else 1 - apart / expected
