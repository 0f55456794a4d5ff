"""Weighted score fusion: lists of scored ids become one list.

Each list is brought to the range from nought to one by its own best and a floor, then summed with weights. Score fusion
rather than reciprocal ranks: best of 740 published Vietnamese runs (ViRE); a rank alone forgets by how much the first one
wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["fuse", "normalise"]

Scored = Sequence[tuple[str, float]]


def normalise(scored: Scored, *, floor: float | None = None) -> dict[str, float]:
    """Return scores scaled so that the best is one and `floor` (by default the least score) is nought."""
    if not scored:
        return {}
    values = [score for _, score in scored]
    low = min(values) if floor is None else floor
    width = max(values) - low
    if width <= 0:
        return dict.fromkeys((name for name, _ in scored), 1.0)
    return {name: max(0.0, (score - low) / width) for name, score in scored}


def fuse(lists: Mapping[str, tuple[Scored, float, float | None]]) -> list[tuple[str, float]]:
    """Fuse named lists, each a triple of scored ids, weight and floor, into one, best first.

    The result's scores lie between nought and one. Equal scores keep the order of first appearance.
    """
    total = sum(weight for scored, weight, _ in lists.values() if scored) or 1.0
    fused: dict[str, float] = {}
    for scored, weight, floor in lists.values():
        for name, score in normalise(scored, floor=floor).items():
            fused[name] = fused.get(name, 0.0) + weight * score / total
    return sorted(fused.items(), key=lambda pair: -pair[1])
