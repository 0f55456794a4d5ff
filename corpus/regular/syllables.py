"""The syllables that Vietnamese is written with: what tells a right decoding, and a whole word, from a wrong one.

A list and no rule of phonology, since a rule admits “ều” and “ển”, the halves into which tools for PDF tear “điều” and
“chuyển”. It is a sample: a name or a rare word may be missing, so callers ask for shares and never for every word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from corpus.normalise import nfc

__all__ = ["is_syllable", "share", "syllables", "words"]

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """Return every syllable of the list in lower case and NFC, old and new tone placement."""
    text = (Path(__file__).parent / "syllables.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def words(text: str) -> list[str]:
    """Return the runs of letters of `text` in their order, in NFC and lower case."""
    return _WORD.findall(nfc(text).lower())


def is_syllable(word: str) -> bool:
    """Tell whether `word`, in any letter case, is a syllable of the list."""
    return word.lower() in syllables()


def share(found: list[str]) -> float:
    """Return the share of the words that are syllables, nought where there are none."""
    return sum(map(is_syllable, found)) / len(found) if found else 0.0
