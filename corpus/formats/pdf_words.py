"""What stands on a page of a PDF, as values: words with their boxes, ruled lines, pictures. No library is known here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from corpus.normalise import nfc
from corpus.source import Box

__all__ = ["PageContent", "Rule", "Word", "compose"]

_FEW_LETTERS = 200
# Tone marks and vowel signs that some programs print as letters of their own, and what they mean on a letter.
_SPACING = {
    "´": "\u0301", "`": "\u0300", "ˋ": "\u0300", "ˊ": "\u0301", "˜": "\u0303", "ˆ": "\u0302", "˘": "\u0306", "̉": "\u0309",
}  # fmt: skip


@dataclass(slots=True)
class Word:
    """Letters that stand together. `breaks` tells that the PDF library sees a new line after it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    bold: bool = False
    breaks: bool = False

    @property
    def height(self) -> float:
        """The height of its box in points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line: at `place` from `start` to `end`, across the page or down it."""

    upright: bool
    place: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """One page: its size in points, what stands on it in the order of the file, and how much was left out as hidden."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)
    unmapped: int = 0

    @property
    def characters(self) -> int:
        """The number of letters on the page."""
        return sum(len(word.text) for word in self.words)

    @property
    def picture_share(self) -> float:
        """How much of the page its pictures cover, from 0 to 1; overlaps count twice."""
        area = sum(max(0.0, right - left) * max(0.0, bottom - top) for left, top, right, bottom in self.pictures)
        return min(1.0, area / (self.width * self.height)) if self.width * self.height else 0.0

    @property
    def is_picture(self) -> bool:
        """Whether its letters must be recognised: it shows a picture and hardly any text, or text in no known letters.

        Hardly any, for a signed scan bears the signature's own printed words.
        """
        letters = self.characters
        if letters >= 20 and self.unmapped > letters * 0.3:
            return True
        return (not letters and self.picture_share > 0.02) or (letters < _FEW_LETTERS and self.picture_share > 0.6)


def compose(words: list[Word]) -> list[Word]:
    """Bring marks that were printed by themselves back onto their letters; returns the words in NFC.

    A mark belongs to the word over which it stands: a program may have written it before the letter or after, with a gap
    that looked like a space.
    """
    result: list[Word] = []
    waiting: Word | None = None
    for word in words:
        if waiting is not None:
            # a mark that came first goes onto the letter that it stands over
            word.text = word.text[:1] + _marks(waiting.text) + word.text[1:] if _over(waiting, word) else waiting.text + word.text
            word.left, waiting = min(word.left, waiting.left), None
        mark = _marks(word.text)
        if mark and result and not result[-1].breaks and _over(word, result[-1]):
            result[-1].text = nfc(result[-1].text + mark)
            result[-1].breaks = word.breaks
        elif mark and not word.breaks:
            waiting = word
        else:
            if result and not result[-1].breaks and _continues(word, result[-1]):
                result[-1].text = nfc(result[-1].text + word.text)
                result[-1].right, result[-1].breaks = word.right, word.breaks
                continue
            word.text = nfc(word.text)
            result.append(word)
    return result if waiting is None else [*result, waiting]


def _marks(text: str) -> str:
    """Return the combining marks that a word of nothing but marks stands for, empty for other words."""
    found = [_SPACING.get(c, c) for c in text]
    return "".join(found) if found and all(unicodedata.combining(c) for c in found) else ""


def _over(mark: Word, word: Word) -> bool:
    """Tell whether a mark stands over (or under) the letters of a word."""
    middle = (mark.left + mark.right) / 2
    return word.left - 1 <= middle <= word.right + 1 and mark.top < word.bottom and word.top < mark.bottom


def _continues(word: Word, before: Word) -> bool:
    """Tell whether a word begins where a word with a mark at its end leaves off, with no room for a space."""
    gap = word.left - before.right
    return bool(_ends_marked(before)) and abs(gap) < before.height * 0.08 and abs(word.bottom - before.bottom) < before.height * 0.3


def _ends_marked(word: Word) -> bool:
    """Tell whether the last letter of a word carries a mark."""
    return unicodedata.normalize("NFD", word.text[-1:]) != word.text[-1:]
