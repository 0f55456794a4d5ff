"""How far a mean can be trusted: the percentile bootstrap (Efron 1979), and the paired one for two runs over the same cases.

Cases are drawn with replacement, 2,000 times from a seeded generator, so that the same values give the same interval. Two
runs are compared on the differences of the cases that both have (Koehn 2004, “Statistical Significance Tests for Machine
Translation Evaluation”): better or worse when 95 of 100 resamples agree on the sign at both ends, else the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.metrics import Score

__all__ = ["Difference", "difference", "score"]

_SAMPLES, _SEED = 2000, 0
_CHUNK = 4_000_000  # numbers drawn at once: memory stays small for large sets


def score(values: Sequence[float]) -> Score:
    """Return mean, n and 95 % interval of at least one value."""
    means = _means(np.asarray(values, dtype=np.float64))
    low, high = np.percentile(means, (2.5, 97.5))
    return Score(float(np.mean(values)), len(values), float(low), float(high))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a run gained on another one over the `n` cases of both: the mean difference, its interval, and the word for it."""

    mean: float
    n: int
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """`better`, `worse` or `same`."""
        return "better" if self.low > 0 else "worse" if self.high < 0 else "same"


def difference(after: Sequence[float], before: Sequence[float]) -> Difference:
    """Return the difference of two sequences of values of the same cases in the same order, at least one each."""
    gained = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    low, high = np.percentile(_means(gained), (2.5, 97.5))
    return Difference(float(gained.mean()), len(gained), float(low), float(high))


def _means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means of the resamples."""
    chance, n = np.random.default_rng(_SEED), len(values)
    step = max(1, _CHUNK // n)
    parts = [values[chance.integers(0, n, (min(step, _SAMPLES - at), n))].mean(axis=1) for at in range(0, _SAMPLES, step)]
    return np.concatenate(parts)
