"""The sentences of an answer, each against the words that its marks name: the same when a receipt is made and when it is checked.

A sentence without a mark is either one of the assistant's own, which state nothing of a document, or it stands on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import EXTRACTIVE, Citation
from assistant.phrases import PHRASES, phrase
from assistant.verification.claims import marks, split_claims, without_marks
from assistant.verification.values import Fault, Judge, Reason, Source
from assistant.writing import day_in_words
from corpus.document import LANGUAGES
from corpus.normalise import fold, nfc, tokens

__all__ = ["Answered", "Sentence", "judged"]

_GAP = re.compile(r"\{\w+\}")
_WORDS = re.compile(r"“([^”]*)”")
_MARKS = re.compile(r"(?:\s*\[\d{1,4}\])+[.!?:;]?")
_ITEM = re.compile(r"^\s*-\s+")
_ROW = re.compile(r"\s*\|([^|\n]*)\|\s*")
_CLOSING = " \n\t.;:,!?…”\"'"
_FILLED = ("missing", "nearest", "conflict", "unverified", "outside_limits")
"""Phrases with gaps that an answer's text may hold; all others are notes."""
_LABELLED = ("issued_by", "issued", "issued_on")
"""Phrases of which labels of rows are made."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is judged: the text with its citations, who wrote it, and the questions and places that its own sentences may name."""

    text: str
    language: str
    generator: str
    citations: tuple[Citation, ...]
    questions: tuple[str, ...]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its marks: whether it stands, and why not.

    `own` tells that it is the assistant's own, `labelled` that the answer itself calls it not verified.
    """

    text: str
    marks: tuple[int, ...]
    stands: bool
    own: bool = False
    labelled: bool = False
    reasons: tuple[Reason, ...] = ()


def judged(answered: Answered, sources: Mapping[int, Source], judge: Judge) -> tuple[Sentence, ...]:
    """Return every sentence of an answer with its verdict; `sources` are the quoted words by mark.

    Words that a quote holds as they stand are one entry, however many sentences they are: a clause quoted whole has one mark. An
    answer that was quoted, not worded, has no other words than its quotes'.
    """
    found: list[Sentence] = []
    for piece in _pieces(answered):
        if isinstance(piece, Sentence):
            found.append(piece)
            continue
        said = " – ".join(part for part in (piece.label, piece.words) if part)
        if _copied(piece, sources, answered, judge):
            found.append(Sentence(said, piece.marks, True))
            continue
        rows = [_one(claim.text, claim.marks, answered, sources, judge) for claim in split_claims(piece.written)]
        if answered.generator == EXTRACTIVE and piece.marks and all(row.stands for row in rows):
            rows = [Sentence(said, piece.marks, False, reasons=(Reason(Fault.WORDS, said, "these are not the words that are cited"),))]
        found += rows
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands before some marks: as it is written, its words alone, and in a row of a table the label of the row."""

    written: str
    words: str
    label: str
    marks: tuple[int, ...]


def _pieces(answered: Answered) -> Iterator[_Piece | Sentence]:
    """Yield the text in pieces that each end with their marks, and the assistant's own lines between them."""
    at = 0
    for match in _MARKS.finditer(answered.text):
        written, at = answered.text[at : match.end()], match.end()
        while "\n" in written:
            line, _, rest = written.partition("\n")
            line = line.strip()
            name = _phrase_of(line, answered)
            if name in (None, "unverified") and line.strip(" |-"):
                break
            if name:
                yield Sentence(line, (), True, own=True)
            written = rest
        row = _ROW.match(written)
        words = without_marks(written[row.end() :] if row else _ITEM.sub("", written)).strip(" |\n")
        yield _Piece(written, words, row.group(1).strip() if row else "", marks(written))
    yield from (_Piece(answered.text[at:], "", "", ()),) if at < len(answered.text) else ()


def _copied(piece: _Piece, sources: Mapping[int, Source], answered: Answered, judge: Judge) -> bool:
    """Tell whether a piece is the very words of what it cites, under a label that names nothing else."""
    cited = [sources[mark] for mark in piece.marks if mark in sources]
    if len(cited) < len(piece.marks) or not cited:
        return False
    bare = _even(piece.words).strip(_CLOSING)
    whole = re.compile(rf"{re.escape(bare)}(?! ?\w)")  # what is cut off before its end may say the contrary
    if not any(whole.search(_even(source.text)) for source in cited) or not judge.check(piece.words, cited, language=cited[0].language).verified:
        return False
    known = {token for source in cited for token in tokens(_known(source))} | {token for place in answered.questions for token in tokens(place)}
    return all(token in known for token in tokens(piece.label))


def _even(text: str) -> str:
    """Return a text on one line, its bars broken as they are in the rows of a table."""
    return " ".join(nfc(text).replace("|", "¦").split())


def _known(source: Source) -> str:
    """Return what the label of a row may say of a source."""
    days = [day_in_words(source.issued, language) for language in LANGUAGES] if source.issued else []
    ours = [_GAP.sub(" ", words) for name in _LABELLED for words in PHRASES[name]]
    return " ".join((source.text, source.document, source.locator, source.about, source.issuer, *days, *ours))


def _one(text: str, named: tuple[int, ...], answered: Answered, sources: Mapping[int, Source], judge: Judge) -> Sentence:
    """Return one sentence with its verdict."""
    if not named:
        name = _phrase_of(text, answered)
        if name is None:
            return Sentence(text, named, False, reasons=(Reason(Fault.NO_MARK, "", "no mark"),))
        return Sentence(text, named, name != "unverified", own=name != "unverified", labelled=name == "unverified")
    unknown = [mark for mark in named if mark not in sources]
    if unknown:
        return Sentence(text, named, False, reasons=tuple(Reason(Fault.UNKNOWN_MARK, str(m), f"mark [{m}] names nothing") for m in unknown))
    cited = [sources[mark] for mark in dict.fromkeys(named)]
    # who quotes says it in the language of the source, whatever the language of the question
    language = cited[0].language if answered.generator == EXTRACTIVE else answered.language
    verdict = judge.check(text, cited, language=language)
    return Sentence(text, named, verdict.verified, reasons=verdict.reasons)


def _phrase_of(text: str, answered: Answered) -> str | None:
    """Return the name of the assistant's own phrase that a sentence is (part of), None when it is none."""
    for name, pattern in _own(answered.language):
        found = pattern.fullmatch(text)
        if found and all(_may_fill(name, gap, answered) for gap in found.groups()):
            return name
    return None


def _may_fill(name: str, gap: str, answered: Answered) -> bool:
    """Tell whether a gap of an own phrase holds what it is for, so that nothing is smuggled in: words asked for, places looked at."""
    if name == "missing":
        asked = fold(" ".join(answered.questions))
        return all(fold(word) in asked for word in _WORDS.findall(gap)) and not _WORDS.sub("", gap).strip(" ,")
    if name == "nearest":
        return all(place in answered.places for place in gap.split("; "))
    if name == "outside_limits":
        return all(re.fullmatch(r"\S{1,40}", number) for number in gap.split(", "))
    if name == "conflict":
        return any(gap == phrase(other, answered.language) for other in PHRASES if other.startswith("matter_"))
    return True


@lru_cache(maxsize=2)
def _own(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return a pattern for each sentence of each own phrase that an answer's text may hold, and for the heads of tables."""
    found = []
    for name in PHRASES:
        template = PHRASES[name][language == "en"]
        if not _GAP.search(template) or name in _FILLED:
            found += [(name, _pattern(claim.text)) for claim in split_claims(template)]
    for head in ("subject", "period"):
        found += [(head, _pattern(f"| {phrase(head, language)} | {phrase('content', language)} |"))]
    return tuple(found)


def _pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of a template, with a group for each gap."""
    return re.compile("(.+)".join(re.escape(part) for part in _GAP.split(template)), re.S)
