"""How much of what a sentence says do its sources say, in whatever words and language?

Every phrase of the sentence looks for itself in the source: the same word, another name of the same thing in the glossary, or
the phrase nearest in meaning (greedy matching, Zhang et al. 2020). The mean over the phrases is the likeness. It chooses
which sentences of the source support the claim, and tells a sentence about something else; it does not see what turns a
sense round, which is the other checks' part.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.phrase_vectors import PhraseVectors
from assistant.verification.reading import LITTLE, Reading, Word, read
from corpus.glossary import Glossary
from corpus.sentences import Span

__all__ = ["Likeness", "Support", "key_of"]

_SUPPORTS = 4
_ADDS = 0.04
_FLOOR = 0.25
_TIE = 0.05
_ALONE = 0.7
Shares = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences of the sources that support a claim, the best first, as (place of the source, span), and how well."""

    sentences: tuple[tuple[int, Span], ...]
    likeness: float


class Likeness:
    """Compares sentences by one encoder and one glossary; either may be missing, then words alone are compared."""

    def __init__(self, vectors: PhraseVectors | None, glossary: Glossary | None) -> None:
        self._vectors, self._glossary = vectors, glossary

    def support(self, claim: Reading, sources: Sequence[Reading], about: Collection[str]) -> Support:
        """Return the few sentences of the sources that together say most of the claim; `about` are keys of words given already."""
        apart = [(start, end) for _, start, end in claim.dates] + [(act.start, act.end) for act in claim.acts]
        words = [
            w for w in claim.words
            if w.lower not in LITTLE and not w.written[0].isdigit() and not any(start <= w.start < end for start, end in apart)
        ]  # fmt: skip
        every = [(place, span) for place, source in enumerate(sources) for span in source.sentences]
        if not every:
            return Support((), 0.0)
        if not words:
            return Support((every[0],), 1.0)
        rows = np.concatenate([self._said(claim, words, source) for source in sources if source.sentences])
        figures = {w.key for w in claim.words if w.written[0].isdigit()}
        ties = [figures & {w.key for w in _inside(sources[place].words, span)} for place, span in every]
        chosen = _choose(rows, ties)
        given = np.array([w.key in about for w in words], dtype=np.float32)
        return Support(tuple(every[i] for i in chosen), float(np.maximum(rows[chosen].max(axis=0), given).mean()))

    def _said(self, claim: Reading, words: Sequence[Word], source: Reading) -> Shares:
        """Return how well each sentence of a source (a row) says each word of the claim (a column), between nought and one."""
        rows = []
        terms = self._terms(claim, words) if claim.language != source.language else ()
        for span in source.sentences:
            there = _inside(source.words, span)
            keys = {w.key for w in there}
            said = np.array([1.0 if w.key in keys else 0.0 for w in words], dtype=np.float32)
            if claim.language == source.language:
                said *= _beside(words, there)
            elif terms:
                joined = f" {' '.join(w.key for w in there)} "
                for names, places in terms:
                    if any(name in joined for name in names[source.language]):
                        said[places] = 1.0
            rows.append(said)
        exact = np.stack(rows)
        open_words = np.flatnonzero(exact.max(axis=0) < 1.0)
        if self._vectors and len(open_words):
            exact[:, open_words] = np.maximum(exact[:, open_words], self._near(claim.language, words, open_words, source, self._vectors))
        return exact

    def _terms(self, claim: Reading, words: Sequence[Word]) -> Sequence[tuple[Mapping[str, Sequence[str]], list[int]]]:
        """Return the glossary's terms in the claim: their names by language as they are compared, and the places of their words."""
        if self._glossary is None:
            return ()
        place = {id(w): i for i, w in enumerate(words)}
        found = []
        for term, start, end in self._glossary.find(claim.text, claim.language):
            names = {language: [f" {key} " for name in term.names(language) if (key := key_of(name))] for language in ("vi", "en")}
            found.append((names, [place[id(w)] for w in claim.words[start:end] if id(w) in place]))
        return found

    def _near(self, language: str, words: Sequence[Word], places: Shares, source: Reading, vectors: PhraseVectors) -> Shares:
        """Return for some words of the claim the nearness of the nearest phrase of each sentence to the phrases they stand in."""
        mine = [_phrases_at(words, int(i), language) for i in places]
        flat = list(dict.fromkeys(itertools.chain.from_iterable(mine)))
        at = {phrase: i for i, phrase in enumerate(flat)}
        theirs = [_phrases(_inside(source.words, span), source.language) for span in source.sentences]
        every = list(dict.fromkeys(itertools.chain.from_iterable(theirs)))
        if not every:
            return np.zeros((len(theirs), len(mine)), dtype=np.float32)
        column = {phrase: i for i, phrase in enumerate(every)}
        nearness = np.clip(vectors.of(flat) @ vectors.of(every).T, 0.0, 1.0)
        nearness = np.stack([nearness[[at[p] for p in row]].max(axis=0) for row in mine])
        found = np.zeros((len(theirs), len(mine)), dtype=np.float32)
        for i, phrases in enumerate(theirs):
            if phrases:
                found[i] = nearness[:, [column[p] for p in phrases]].max(axis=1)
        return np.where(found < _FLOOR, 0.0, found).astype(np.float32)


def _choose(rows: Shares, ties: Sequence[Collection[str]]) -> list[int]:
    """Return the places of the sentences that say most together, the best first; figures in common speak for a sentence."""
    order = rows.mean(axis=1) + _TIE * np.array([len(tie) for tie in ties])
    chosen = [int(order.argmax())]
    reached, tied = rows[chosen[0]], set(ties[chosen[0]])
    while len(chosen) < min(_SUPPORTS, len(rows)):
        gains = np.maximum(rows, reached).mean(axis=1) - reached.mean() + _TIE * np.array([len(set(tie) - tied) for tie in ties])
        gains[chosen] = -1.0
        best = int(gains.argmax())
        if gains[best] < _ADDS:
            break
        chosen.append(best)
        reached, tied = np.maximum(reached, rows[best]), tied | set(ties[best])
    return chosen


def _beside(words: Sequence[Word], there: Sequence[Word]) -> Shares:
    """Return one for a word that stands in the source beside a neighbour of the claim's, less for one beside other words only."""
    pairs = {(a.key, b.key) for a, b in itertools.pairwise(there)}
    shares = np.ones(len(words), dtype=np.float32)
    for i, word in enumerate(words):
        beside = [(words[i - 1].key, word.key)] if i else []
        beside += [(word.key, words[i + 1].key)] if i + 1 < len(words) else []
        if beside and not any(pair in pairs for pair in beside):
            shares[i] = _ALONE
    return shares


def _inside(words: Sequence[Word], span: Span) -> list[Word]:
    """Return the words within a span."""
    return [w for w in words if span.start <= w.start < span.end]


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """Return a name as it is compared: the keys of its words, parted by spaces."""
    return " ".join(w.key for w in read(name, "vi").words)


def _phrases(words: Sequence[Word], language: str) -> list[str]:
    """Return the phrases of a source: pairs of neighbours, and in English single words too."""
    plain = [w for w in words if not w.written[0].isdigit()]
    pairs = [f"{a.lower} {b.lower}" for a, b in itertools.pairwise(plain)]
    return pairs + [w.lower for w in plain if w.lower not in LITTLE] if language == "en" else pairs or [w.lower for w in plain]


def _phrases_at(words: Sequence[Word], at: int, language: str) -> list[str]:
    """Return the phrases that a word of the claim stands in: with the word before it and behind it, and alone in English."""
    found = [words[at].lower] if language == "en" else []
    if at and words[at - 1].end + 2 > words[at].start:
        found.append(f"{words[at - 1].lower} {words[at].lower}")
    if at + 1 < len(words) and words[at].end + 2 > words[at + 1].start:
        found.append(f"{words[at].lower} {words[at + 1].lower}")
    return found or [words[at].lower]
