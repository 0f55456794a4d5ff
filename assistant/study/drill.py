"""A talking point or a press line drafted: its claims checked, and the agreed terms from which the draft departs.

The agreed term is the first name that the glossary gives. A further name of the same thing is a departure; its plural or another
hyphen is none. Where a draft stands in both languages, a term of one that the other does not have is named too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.study.checking import joined
from assistant.study.marking import Marked, Marker, Place
from assistant.verification.quantities import acts
from corpus.glossary import Glossary, Term
from corpus.normalise import clean, fold, has_diacritics, tokens

__all__ = ["Departure", "Drilled", "Part", "departures", "drill", "language_of"]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")  # the tokens of corpus.normalise, with their places
_WEIGHTY = 2
_NAMES = 0.4


@dataclass(frozen=True, slots=True)
class Departure:
    """Words of a draft that depart from an agreed term: `other` where another name is used, `missing` where the other language lacks it."""

    kind: str
    language: str
    written: str
    span: tuple[int, int]
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a draft in one language, as marked; spans are of the paragraph."""

    language: str
    text: str
    marked: Marked


@dataclass(frozen=True, slots=True)
class Drilled:
    """A draft checked: its paragraphs, and its departures from agreed terms."""

    parts: tuple[Part, ...]
    departures: tuple[Departure, ...]


Finder = Callable[[str], Sequence[Place]]
"""Gives the provisions that a claim may stand on, the likeliest first."""


def drill(draft: str, marker: Marker, find: Finder, glossary: Glossary) -> Drilled:
    """Check a draft, paragraph by paragraph, each in its language; every claim against what is found for it."""
    paragraphs = [(language_of(line), line) for line in clean(draft).split("\n") if line.strip()]
    parts = tuple(Part(language, text, marker.mark_each(text, language, find)) for language, text in paragraphs)
    return Drilled(parts, tuple(departures(paragraphs, glossary)))


def language_of(paragraph: str) -> str:
    """Return the language of a paragraph of a draft, which is written with its diacritics; a few names do not make it Vietnamese."""
    words = tokens(paragraph)
    return "vi" if sum(map(has_diacritics, words)) > _NAMES * len(words) else "en"


def departures(paragraphs: Sequence[tuple[str, str]], glossary: Glossary) -> Iterator[Departure]:
    """Yield the departures of paragraphs (language, text) from the glossary's agreed terms."""
    main = {language: {joined(term.names(language)[0]) for term in glossary.terms} for language in ("vi", "en")}
    whole = {language: " ".join(joined(text) for lang, text in paragraphs if lang == language) for language in ("vi", "en")}
    missing: set[str] = set()
    for language, text in paragraphs:
        words = list(_WORD.finditer(text))
        numbers = [(act.start, act.end) for act in acts(text)]
        other = "vi" if language == "en" else "en"
        found = glossary.find(text, language)
        meant = Counter((start, end) for _, start, end in found)
        for term, start, end in found:
            if meant[start, end] > 1 or not _weighty(term):
                continue  # a name of several things says nothing of which is meant, and verbs have many words for one thing
            span = (words[start].start(), words[end - 1].end())
            written = text[slice(*span)]
            if any(first < span[1] and span[0] < last for first, last in numbers):
                continue  # the letters of an act's number
            if not _agreed(written, term, language, main[language]):
                yield Departure("other", language, written, span, term.vi, term.en)
            elif (
                joined(written) in main[language]
                and whole[other]
                and term.vi not in missing
                and not any(joined(name) in whole[other] for name in term.names(other))
            ):
                missing.add(term.vi)
                yield Departure("missing", language, written, span, term.vi, term.en)


def _agreed(written: str, term: Term, language: str, main: Collection[str]) -> bool:
    """Tell whether words are an agreed term, a form or a part of it, a phrase that begins with one, or its abbreviation the world over (GDP)."""
    mine = joined(written)
    if mine in main or mine in joined(term.names(language)[0]) or _inflected(written, term.names(language)[0]):
        return True
    begins = any(mine.startswith(name) for name in main if len(name.split()) > 1)
    return begins or (written.isupper() and written == "".join(word[0] for word in term.en.split()).upper())


def _weighty(term: Term) -> bool:
    """Tell whether a term is one that is agreed on: of several words in both languages."""
    return len(term.vi.split()) >= _WEIGHTY and len(term.en.split()) >= _WEIGHTY


def _inflected(written: str, agreed: str) -> bool:
    """Tell whether two names differ only by an ending or a hyphen."""
    mine, other = (re.sub(r"(?:ies|es|e|y|s)$", "", re.sub(r"\W+", "", fold(name))) for name in (written, agreed))
    return mine == other
