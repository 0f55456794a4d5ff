"""Questions as people type them: what a search must bear without being told.

The same changes, letter for letter, as the outside harness makes, so that figures can be compared.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

__all__ = ["TRANSFORMS"]

_SEED = 7
_SHARE = 0.15
_SHORTEST = 4


def _stripped(text: str) -> str:
    """Return a text without diacritics."""
    kept = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return kept.replace("đ", "d").replace("Đ", "D")


def _mistyped(text: str) -> str:
    """Return a text in whose longer words, about one in seven, two neighbours after the first letter have changed places."""
    chance = random.Random(_SEED + len(text))
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) >= _SHORTEST and chance.random() < _SHARE:
            place = chance.randrange(1, len(word) - 1)
            words[at] = f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"
    return " ".join(words)


TRANSFORMS: Mapping[str, Callable[[str], str]] = MappingProxyType({
    "none": lambda text: text,
    "nodiac": _stripped,
    "nodiac_lower": lambda text: _stripped(text).lower(),
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "upper": str.upper,
    "typo": _mistyped,
})  # fmt: skip
"""What may be done to a question before it is searched for, by name."""
