"""A talking point or a press line drafted: its claims checked, and the agreed terms from which the draft departs.

The agreed term is the first name that the glossary gives. A further name of the same thing is a departure; its plural or another
hyphen is none. Where a draft stands in both languages, a term of one that the other does not have is named too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.language import detect
from assistant.study.checking import joined
from assistant.study.marking import Marked, Marker, Place
from corpus.glossary import Glossary, Term
from corpus.normalise import clean, fold

__all__ = ["Departure", "Drilled", "Part", "departures", "drill"]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")  # the tokens of corpus.normalise, with their places
_WEIGHTY = 2


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
    paragraphs = [(("en" if detect(line) == "en" else "vi"), line) for line in clean(draft).split("\n") if line.strip()]
    parts = tuple(Part(language, text, marker.mark_each(text, language, find)) for language, text in paragraphs)
    return Drilled(parts, tuple(departures(paragraphs, glossary)))


def departures(paragraphs: Sequence[tuple[str, str]], glossary: Glossary) -> Iterator[Departure]:
    """Yield the departures of paragraphs (language, text) from the glossary's agreed terms."""
    main = {language: {joined(term.names(language)[0]) for term in glossary.terms} for language in ("vi", "en")}
    whole = {language: " ".join(joined(text) for lang, text in paragraphs if lang == language) for language in ("vi", "en")}
    missing: set[str] = set()
    for language, text in paragraphs:
        words = list(_WORD.finditer(text))
        other = "vi" if language == "en" else "en"
        for term, start, end in glossary.find(text, language):
            span = (words[start].start(), words[end - 1].end())
            written = text[slice(*span)]
            if joined(written) not in main[language] and not _inflected(written, term.names(language)[0]):
                yield Departure("other", language, written, span, term.vi, term.en)
            elif whole[other] and term.vi not in missing and _weighty(term) and not any(joined(name) in whole[other] for name in term.names(other)):
                missing.add(term.vi)
                yield Departure("missing", language, written, span, term.vi, term.en)


def _weighty(term: Term) -> bool:
    """Tell whether a term is worth being looked for in the other language: of several words in both."""
    return len(term.vi.split()) >= _WEIGHTY and len(term.en.split()) >= _WEIGHTY


def _inflected(written: str, agreed: str) -> bool:
    """Tell whether two names differ only by an ending or a hyphen."""
    mine, other = (re.sub(r"(?:ies|y|es|s)\b", "", re.sub(r"\W+", "", fold(name)) + " ") for name in (written, agreed))
    return mine == other
