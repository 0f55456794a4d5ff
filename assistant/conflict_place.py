"""Sentences in their place: what the heading, the title and the years around two sentences say on whether they speak of one matter.

The same words under the titles of two fields, under headings of two things, for two classes of persons or for two years are no
disagreement. Where headings or titles say nothing the words stand alone.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from assistant.conflict_matter import Matter, matter_between, statement
from assistant.conflict_words import CLASSES, ITSELF, TITLE_WORDS
from corpus.document import Document, Provision
from corpus.normalise import tokens, tone_style
from index.analysis import stem

__all__ = ["Placed", "matter_of"]

_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_AIMED = re.compile(r"(?:đến|giai đoạn|tới|by|to|until|period)\s+(?:năm\s+)?((?:19|20)\d\d)(?:\s?[-–]\s?((?:19|20)\d\d))?", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_ENDED = re.compile(r"[.!?…][”\"’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence of a provision of a document, in one language."""

    text: str
    language: str
    document: Document
    provision: Provision

    @property
    def heading(self) -> str:
        """The heading above the sentence."""
        return self.provision.heading.get(self.language)

    @property
    def title(self) -> str:
        """The title of the act."""
        return self.document.title.get(self.language)

    @property
    def whole(self) -> bool:
        """Whether the sentence has its beginning and its end: a line without them in the midst of others is a piece of something."""
        begins = _LETTER.search(self.text)
        ended = bool(_ENDED.search(self.text)) or self.provision.text.only(self.language).strip() == self.text
        return ended and begins is not None and not begins.group().islower()


def matter_of(one: Placed, other: Placed) -> Matter | None:
    """Return in what two sentences disagree, each read in its place; None when they do not or are not on one matter."""
    if not (one.whole and other.whole) or ITSELF.search(one.heading) or ITSELF.search(other.heading) or _classes(one) != _classes(other):
        return None
    said = [statement(p.text, p.language, p.document.number) for p in (one, other)]
    matter = matter_between(said[0], said[1], (_around(one), _around(other)))
    if matter is None:
        return None
    years = [_years(placed, words.years) for placed, words in zip((one, other), said, strict=True)]
    if years[0] != years[1] and (matter.is_figure or (years[0] and years[1])):
        return None
    run = said[0].run | said[1].run
    pairs = (one.title, other.title), (one.heading, other.heading)
    return None if any(_apart(pair, one.language, run) for pair in pairs) else matter


def _apart(pair: tuple[str, str], language: str, run: frozenset[str]) -> bool:
    """Tell whether two titles, or two headings, name things that have to do neither with each other nor with what is said."""
    named = [_field(text, language) for text in pair]
    return all(named) and not (named[0] & named[1] or named[0] & run or named[1] & run)


def _around(placed: Placed) -> frozenset[str]:
    """Return the words of heading and title, as `Statement.words` has them."""
    return frozenset(_words(f"{placed.heading} {placed.title}", placed.language))


def _words(text: str, language: str) -> list[str]:
    """Return words for comparing: stems in English, with their diacritics in Vietnamese."""
    return [stem(word) if language == "en" else tone_style(word) for word in tokens(text)]


def _classes(placed: Placed) -> frozenset[str]:
    """Return for whom a sentence is, as far as it or its heading says."""
    return frozenset(m.group().lower() for m in CLASSES.finditer(f"{placed.heading} {placed.text}"))


def _years(placed: Placed, said: frozenset[str]) -> frozenset[str]:
    """Return the years of a sentence, else of its heading and address, else those that its act aims at."""
    near = said or frozenset(_YEAR.findall(f"{placed.heading} {placed.provision.locator}"))
    return near or frozenset(year for found in _AIMED.findall(placed.title) for year in found if year)


def _field(text: str, language: str) -> frozenset[str]:
    """Return what a title or a heading names: English words, pairs of Vietnamese syllables."""
    row = [word for word in _words(text, language) if not word[0].isdigit()]
    if language == "en":
        return frozenset(word for word in row if word not in TITLE_WORDS)
    return frozenset(f"{a} {b}" for a, b in itertools.pairwise(row) if not (a in TITLE_WORDS and b in TITLE_WORDS))
