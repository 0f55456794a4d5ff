"""How well words cover a question: the share of its subject, weighted by rarity, that stands in a text.

A word of the question counts as said when it stands in the text itself (stemmed, without diacritics), or when a glossary
name of the concept it belongs to does. Pairs of neighbouring words count on top, so that “kinh tế số” is more than three
syllables. Weights are inverse document frequencies of the passages (Spärck Jones 1972).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.understand import Understanding
from corpus.normalise import fold
from index.analysis import plain_terms, stem, words

__all__ = ["Coverage", "Subject"]

Frequency = Callable[[str], int]
_PAIR = 0.6


@dataclass(frozen=True, slots=True)
class Coverage:
    """The covered share of a subject (nought to one), the terms covered, and the subject's words not said."""

    share: float
    covered: frozenset[str]
    missing: tuple[str, ...]


class Subject:
    """The subject of one question with the weight of each of its terms."""

    def __init__(self, understanding: Understanding, frequency: Frequency, size: int) -> None:
        self._words = [stem(word) for word in understanding.subject]
        self._written = dict(zip(self._words, understanding.subject, strict=True))
        row = [stem(fold(word)) for word in words(understanding.text)]
        mine = set(self._words)
        pairs = [f"{a}_{b}" for a, b in zip(row, row[1:], strict=False) if a in mine and b in mine]

        def idf(term: str) -> float:
            return math.log(1 + (size + 1) / (frequency(term) + 0.5))

        self.weights = {term: idf(term) for term in self._words} | {pair: _PAIR * idf(pair) for pair in pairs if frequency(pair)}
        self._concepts = [tuple(tuple(stem(w) for w in name) for name in names) for names in understanding.concepts]
        self._total = sum(self.weights.values()) or 1.0

    @property
    def words(self) -> Sequence[str]:
        """The stemmed words of the subject."""
        return self._words

    def cover(self, text: str, *, given: frozenset[str] = frozenset()) -> Coverage:
        """Return how much of the subject stands in `text`; `given` terms count as said already."""
        terms = set(plain_terms(text))
        joined = "_" + "_".join(stem(fold(w)) for w in words(text)) + "_"
        covered = {term for term in self.weights if term in terms} | (given & self.weights.keys())
        for names in self._concepts:
            said = [name for name in names if name and "_" + "_".join(name) + "_" in joined]
            if said:
                mine = {w for name in names for w in name}
                covered |= {t for t in self.weights if all(part in mine for part in t.split("_"))}
        share = sum(self.weights[t] for t in covered) / self._total
        missing = tuple(self._written[w] for w in self._words if w not in covered)
        return Coverage(share, frozenset(covered), missing)

    def gain(self, coverage: Coverage, given: frozenset[str]) -> float:
        """Return the share of the subject that `coverage` adds to `given` terms."""
        return sum(self.weights[t] for t in coverage.covered - given) / self._total
