"""The sentences of an answer, each against the words that its marks name: the same when a receipt is made and when it is checked.

A sentence without a mark is either one of the assistant's own, which state nothing of a document, or it stands on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import EXTRACTIVE, Citation
from assistant.modelled import Judge
from assistant.phrases import PHRASES, phrase
from assistant.verification.claims import split_claims
from assistant.verification.values import Fault, Reason, Source
from corpus.normalise import fold

__all__ = ["Answered", "Sentence", "judged"]

_GAP = re.compile(r"\{\w+\}")
_WORDS = re.compile(r"“([^”]*)”")
_FILLED = ("missing", "nearest", "conflict", "unverified")
"""Phrases with gaps that an answer's text may hold; all others are notes."""


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
    """Return every sentence of an answer with its verdict; `sources` are the quoted words by mark."""
    return tuple(_one(claim.text, claim.marks, answered, sources, judge) for claim in split_claims(answered.text))


def _one(text: str, marks: tuple[int, ...], answered: Answered, sources: Mapping[int, Source], judge: Judge) -> Sentence:
    """Return one sentence with its verdict."""
    if not marks:
        name = _phrase_of(text, answered)
        if name is None:
            return Sentence(text, marks, False, reasons=(Reason(Fault.NO_MARK, "", "no mark"),))
        return Sentence(text, marks, name != "unverified", own=name != "unverified", labelled=name == "unverified")
    unknown = [mark for mark in marks if mark not in sources]
    if unknown:
        return Sentence(text, marks, False, reasons=tuple(Reason(Fault.UNKNOWN_MARK, str(m), f"mark [{m}] names nothing") for m in unknown))
    cited = [sources[mark] for mark in dict.fromkeys(marks)]
    # who quotes says it in the language of the source, whatever the language of the question
    language = cited[0].language if answered.generator == EXTRACTIVE else answered.language
    verdict = judge.check(text, cited, language=language)
    return Sentence(text, marks, verdict.verified, reasons=verdict.reasons)


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
