"""Two pieces of a line of print put together, a hyphen at the break undone where it only marks the break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from corpus.regular.syllables import is_syllable

__all__ = ["Hyphens"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_GOES_ON = re.compile(r"[^\W\d_]+")


class Hyphens:
    """Joins lines by what the text itself shows of its words: “co-operation” elsewhere keeps its hyphen."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = Counter(word.lower() for text in texts for word in _WORD.findall(text))

    def joined(self, first: str, second: str) -> str:
        """Return both lines as one, parted by a space unless a word was broken between them."""
        if first.endswith("\xad"):
            return first[:-1] + second
        broken, rest = _BROKEN.search(first), _GOES_ON.match(second)
        if not broken or not rest:
            return f"{first} {second}"
        if rest[0][0].islower() and self._one_word(broken[1].lower(), rest[0].lower()):
            return first[:-1] + second
        return first + second

    def _one_word(self, start: str, rest: str) -> bool:
        """Tell whether `start` and `rest` are one word without a hyphen."""
        if self._words[start + rest] or self._words[f"{start}-{rest}"]:
            return self._words[start + rest] >= self._words[f"{start}-{rest}"]
        if not (start + rest).isascii() or (is_syllable(start) and is_syllable(rest)):
            return False  # Vietnamese breaks no words: a hyphen is part of the name
        # the pieces themselves were counted where they stand at the break
        return self._words[start] < 2 or self._words[rest] < 2
