"""Words and figures of an answer against an expected answer: pure functions, in Vietnamese and English.

Words are those of the SQuAD measures (Rajpurkar et al. 2016, “SQuAD: 100,000+ Questions for Machine Comprehension of Text”)
as the outside harness reads them: NFC, lower case, runs of letters and figures, in Vietnamese a syllable each; articles are
not removed, for Vietnamese has none. Figures are those of the outside scorer: 1.000, 1,000 and 1000 are one figure, a
percent sign may stand apart, a date counts by its parts.
"""

from __future__ import annotations

import re
from collections import Counter

from corpus.normalise import nfc

__all__ = ["bare", "contains", "exact", "figures_of", "says_half", "token_f1", "words"]

_WORD = re.compile(r"[0-9a-zà-ỹđ]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARK = re.compile(r"\[\d+\]")


def bare(text: str) -> str:
    """Return an answer's text without the marks of its citations."""
    return _MARK.sub("", text)


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(nfc(text).lower())


def exact(said: str, expected: str) -> float:
    """Return 1 when both texts are the same words in the same order, else 0 (SQuAD's exact match)."""
    return float(words(said) == words(expected))


def token_f1(said: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over the words of both texts, counted with repeats (SQuAD's F1)."""
    mine, theirs = words(said), words(expected)
    if not mine or not theirs:
        return float(mine == theirs)
    shared = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * shared / (len(mine) + len(theirs)) if shared else 0.0


def contains(said: str, expected: str) -> float:
    """Return 1 when the expected answer stands in the text, word for word and in one piece, else 0."""
    return float(" ".join(words(expected)) in " ".join(words(said)))


def figures_of(text: str) -> list[str]:
    """Return the figures of a text in one spelling, the parts of a dotted chain each."""
    found: list[str] = []
    for match in _NUMBER.findall(nfc(text)):
        plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", match).replace(",", ".")
        found.extend(part.lstrip("0") or "0" for part in ([plain] if plain.count(".") <= 1 else plain.split(".")))
    return found


def says_half(said: str, expected: str) -> float:
    """Return 1 when at least half of the expected answer's distinct words of two letters or more stand in the text, else 0."""
    wanted = {word for word in words(expected) if len(word) > 1}
    return float(2 * len(wanted & set(words(said))) >= len(wanted))
