"""BM25 over syllables and pairs of neighbouring syllables, in plain Python: the floor that a search must beat.

Nothing of the product is in it, neither its index nor its analysis, so that the two can be compared. Scores are those of
Robertson and Zaragoza (2009) with the inverse document frequency ln(1 + (N − n + ½) / (n + ½)), which is never negative.
"""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

__all__ = ["Bm25", "folded_terms", "terms"]

_WORD = re.compile(r"\w+")


def terms(text: str) -> list[str]:
    """Return the lower-cased words of a text, in Vietnamese its syllables, and every two neighbours as one term."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def folded_terms(text: str) -> list[str]:
    """Return the terms of a text without its diacritics."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))
    return terms(bare.replace("đ", "d"))


class Bm25:
    """An index in memory over texts with ids."""

    def __init__(self, ids: Sequence[str], texts: Sequence[str], analyse: Callable[[str], list[str]] = terms, *, k1: float, b: float) -> None:
        self._ids, self._analyse, self._k1 = ids, analyse, k1
        counts = [Counter(analyse(text)) for text in texts]
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / (len(lengths) or 1) or 1.0
        self._norms = [k1 * (1 - b + b * length / mean) for length in lengths]
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, count in enumerate(counts):
            for term, times in count.items():
                self._postings[term].append((place, times))

    def scores(self, query: str) -> dict[int, float]:
        """Return the score of every text that shares a term with the query, by its place."""
        scores: dict[int, float] = defaultdict(float)
        for term, asked in Counter(self._analyse(query)).items():
            found = self._postings.get(term, ())
            rarity = math.log(1 + (len(self._ids) - len(found) + 0.5) / (len(found) + 0.5))
            for place, times in found:
                scores[place] += asked * rarity * times * (self._k1 + 1) / (times + self._norms[place])
        return dict(scores)

    def search(self, query: str, k: int) -> list[str]:
        """Return up to `k` ids of texts that share a term with the query, best first, of equals the earlier ones."""
        best = heapq.nsmallest(k, self.scores(query).items(), key=lambda pair: (-pair[1], pair[0]))
        return [self._ids[place] for place, _ in best]
