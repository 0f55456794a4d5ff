"""How well words cover a question: the share of its subject, weighted by rarity, that stands in a text.

A word of the question counts as said when it stands in the text itself (stemmed, without diacritics), or when a glossary
name of the concept it belongs to does. Pairs of neighbouring words count on top, so that “kinh tế số” is more than three
syllables. Weights are inverse document frequencies of the passages (Spärck Jones 1972).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.question import focus_words
from assistant.understand import Understanding
from corpus.normalise import fold, tokens
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
        typed = {fold(word): word for word in tokens(understanding.text)}
        self._written = {stem(word): typed.get(word, word) for word in understanding.subject}
        row = [stem(fold(word)) for word in words(understanding.text)]
        mine = set(self._words)
        pairs = [f"{a}_{b}" for a, b in itertools.pairwise(row) if a in mine and b in mine]

        self._frequency, self._size = frequency, size
        self.weights = {term: self.rarity(term) for term in self._words}
        self.weights |= {pair: _PAIR * self.rarity(pair) for pair in pairs if frequency(pair)}
        near = {stem(word) for word in focus_words(understanding.text)}
        self._focus = {term: weight for term, weight in self.weights.items() if term in near}
        self._unknown = {term for term in self._words if not frequency(term)}
        self._concepts = [tuple(tuple(stem(w) for w in name) for name in names) for names in understanding.concepts]
        self._total = sum(self.weights.values()) or 1.0
        # of each concept: its names as they stand in joined words, and what of the subject any of them says
        self._named = [
            (
                tuple("_" + "_".join(name) + "_" for name in names if name),
                frozenset(t for t in self.weights if all(part in {w for name in names for w in name} for part in t.split("_"))),
            )
            for names in self._concepts
        ]

    @property
    def words(self) -> Sequence[str]:
        """The stemmed words of the subject."""
        return self._words

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a term without diacritics."""
        return math.log(1 + (self._size + 1) / (self._frequency(term) + 0.5))

    @property
    def unknown_share(self) -> float:
        """The weight of the words that no passage holds, as a share of the subject."""
        return sum(self.weights[t] for t in self._unknown) / self._total

    def alien(self, name: str) -> bool:
        """Tell whether no passage holds a name (the pair of its first two words, or the word)."""
        parts = [stem(fold(w)) for w in words(name)][:2]
        return bool(parts) and not self._frequency("_".join(parts))

    def known_share(self, coverage: Coverage) -> float:
        """Return the covered share of those terms that any passage holds."""
        known = {t: w for t, w in self.weights.items() if t not in self._unknown}
        return sum(known[t] for t in coverage.covered if t in known) / (sum(known.values()) or 1.0)

    def concepts_share(self, text: str) -> float:
        """Return the share of the question's terms of art (glossary names of two words and more) that `text` names; one without any."""
        _, joined = _said(text)
        terms = [names for names in self._concepts if any(len(name) > 1 for name in names)]
        said = sum(any("_" + "_".join(name) + "_" in joined for name in names if name) for names in terms)
        return said / len(terms) if terms else 1.0

    def focus_share(self, coverage: Coverage) -> float:
        """Return the covered share of the words next to the question word; one when there are none."""
        return sum(self._focus[t] for t in coverage.covered if t in self._focus) / sum(self._focus.values()) if self._focus else 1.0

    def gap(self, coverage: Coverage) -> float:
        """Return the weight of the rarest word not said, as a share of the greatest weight there can be."""
        return max((self.weights[w] for w in self._words if w not in coverage.covered), default=0.0) / self.rarity("\0")

    def pair_share(self, coverage: Coverage) -> float:
        """Return the covered share of the pairs of neighbouring words."""
        pairs = {t: w for t, w in self.weights.items() if "_" in t}
        return sum(pairs[t] for t in coverage.covered if t in pairs) / (sum(pairs.values()) or 1.0)

    def cover(self, text: str, *, given: frozenset[str] = frozenset()) -> Coverage:
        """Return how much of the subject stands in `text`; `given` terms count as said already."""
        terms, joined = _said(text)
        covered = {term for term in self.weights if term in terms} | (given & self.weights.keys())
        for names, meant in self._named:
            if any(name in joined for name in names):
                covered |= meant
        share = sum(self.weights[t] for t in covered) / self._total
        missing = tuple(self._written[w] for w in self._words if w not in covered)
        return Coverage(share, frozenset(covered), missing)

    def gain(self, coverage: Coverage, given: frozenset[str]) -> float:
        """Return the share of the subject that `coverage` adds to `given` terms."""
        return sum(self.weights[t] for t in coverage.covered - given) / self._total


@lru_cache(maxsize=8192)
def _said(text: str) -> tuple[frozenset[str], str]:
    """Return the terms of a text and its words joined for finding phrases; remembered, since the same sentences recur."""
    return frozenset(plain_terms(text)), "_" + "_".join(stem(fold(w)) for w in words(text)) + "_"
