"""Soft alignment: does a sentence say each phrase of a question in some words?

Every phrase of the question looks for its nearest phrase in the sentence by cosine of their vectors; the mean of these
maxima, weighted by rarity, is the score (the greedy matching of BERTScore, Zhang et al. 2020, on static vectors). It sees
“hết hiệu lực” in “bị bãi bỏ” where exact words see nothing. Phrases are pairs of neighbours in Vietnamese, whose words mostly
have two syllables, and single words in English.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from assistant.phrase_vectors import PhraseVectors
from assistant.question import content_words
from corpus.normalise import fold, tokens
from index.embedding import Encoder

__all__ = ["Alignment"]


class Alignment:
    """Aligns questions with sentences by one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._vectors = PhraseVectors(encoder)

    def scores(self, question: str, sentences: Sequence[str], language: str, rarity: Callable[[str], float]) -> list[tuple[float, float]]:
        """Return for each sentence how well it says the question's phrases on the whole, and its weakest rare phrase.

        Both lie between nought and one; `rarity` gives the weight of a folded word.
        """
        wanted = _phrases(question, language, frozenset(content_words(question)))
        if not wanted:
            return [(0.0, 0.0)] * len(sentences)
        weights = np.array([sum(rarity(fold(w)) for w in phrase.split()) for phrase in wanted], dtype=np.float32)
        rows = [_phrases(sentence, language, None) for sentence in sentences]
        every = list(dict.fromkeys([*wanted, *(phrase for row in rows for phrase in row)]))
        vectors = self._vectors.of(every)
        place = {phrase: i for i, phrase in enumerate(every)}
        near = np.clip(vectors[[place[p] for p in wanted]] @ vectors.T, 0.0, 1.0)
        total = float(weights.sum()) or 1.0
        rare = weights >= np.median(weights)
        found = []
        for row in rows:
            best = near[:, [place[p] for p in row]].max(axis=1) if row else np.zeros(len(wanted), dtype=np.float32)
            found.append((float(best @ weights) / total, float(best[rare].min())))
        return found


def _phrases(text: str, language: str, content: frozenset[str] | None) -> list[str]:
    """Return the distinct phrases of a text; with `content` only those that hold content words alone."""
    words = [w for w in tokens(text) if not w[0].isdigit()]
    if language == "en":
        return list(dict.fromkeys(w for w in words if content is None or fold(w) in content))
    pairs = [(a, b) for a, b in itertools.pairwise(words) if content is None or (fold(a) in content and fold(b) in content)]
    if content is not None and not pairs:
        return list(dict.fromkeys(w for w in words if fold(w) in content))
    return list(dict.fromkeys(f"{a} {b}" for a, b in pairs))
