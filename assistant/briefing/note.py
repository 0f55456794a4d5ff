"""The values of a briefing note. It holds nothing but sentences that are verified, each with at least one footnote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.document import Bilingual

__all__ = ["Excerpt", "Footnote", "LeftOut", "Line", "Note", "Section", "SourceRow"]


@dataclass(frozen=True, slots=True)
class Footnote:
    """The exact words that a sentence rests on, and where they stand; numbered through the whole note, each used once."""

    number: int
    quote: str
    language: str
    document: str
    title: Bilingual
    locator: str
    status: str
    text_kind: str
    role: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or several that one quote bears, and its footnotes."""

    text: str
    footnotes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What is answered to one question."""

    question: str
    language: str
    as_of: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document that is quoted, with its status on a day."""

    document: str
    title: Bilingual
    issuer: Bilingual
    issued: str
    status: str
    as_of: date
    text_kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A provision that is quoted, whole, in the languages that it has."""

    document: str
    locator: str
    heading: Bilingual
    text: Bilingual
    quoted_in: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that is not in the note, and why: a key of `words.REASONS`."""

    question: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """A briefing note, made on a day; `left_out` is told to whoever made it and stands in no file."""

    title: str
    made: date
    sections: tuple[Section, ...]
    sources: tuple[SourceRow, ...]
    annex: tuple[Excerpt, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days that its answers are read as of, each once."""
        return tuple(dict.fromkeys(section.as_of for section in self.sections))

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """All footnotes in order."""
        return tuple(note for section in self.sections for line in section.lines for note in line.footnotes)
