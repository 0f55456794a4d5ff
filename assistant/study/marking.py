"""A trainee's own words marked: each claim is supported, contradicted or not found, with the provision; and is all of it there?

The judge is the verifier that checks our own answers. A claim that does not stand is contradicted when the provision speaks of
the same thing and one of its figures, dates, names or denials is against it, and not found when it speaks of something else.
"""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.study.item import Cited
from assistant.study.statement import label
from assistant.verification.claims import split_claims
from assistant.verification.judge import Verifier
from assistant.verification.values import Fault, Quoted, Reason, Source, Verdict
from corpus.document import Document, Provision
from corpus.normalise import clean, nfc
from corpus.sentences import items, sentences

__all__ = ["Finding", "Mark", "Marked", "MarkedClaim", "Marker", "Place", "Point", "points_of"]

# A trainee invents more than a composer that was given the words: what is said of a claim elsewhere must be most of it.
_SUPPORTED = 0.7
_SAME_MATTER = 0.6
_SAME_SENTENCE = 0.8
"""A name that is not there speaks against a claim only where nearly all the rest of it is."""
_COVERED = 0.6
_SHORTEST = 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CLAUSE = re.compile(r";\s+|,\s+(?=(?:và|còn|nhưng|đồng thời|trong khi|and|while|but|which|with)\s)|\.\s+")
_FIGURES = frozenset({Fault.FIGURE, Fault.DATE, Fault.UNIT, Fault.ORDER, Fault.NUMBER})
_SENSE = frozenset({Fault.NEGATION, Fault.MODALITY, Fault.QUALIFIER})


class Finding(enum.StrEnum):
    """What the documents say to one claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"


class Mark(enum.StrEnum):
    """What a whole answer comes to."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG_FIGURE = "wrong_figure"
    NEGATED = "negated"
    WRONG = "wrong"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class Place:
    """A provision that an answer is held against, its document, and the name under which the document is held."""

    document: Document
    provision: Provision
    held_as: str = ""


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """A claim of the answer (its words and where they stand), what the documents say to it, where, and why."""

    text: str
    span: tuple[int, int]
    finding: Finding
    cited: Cited | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A thing that the provision lists, where it stands in the provision's text, and whether the answer says it."""

    text: str
    span: tuple[int, int]
    said: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer marked: its claims in order, and the points of the provision that was asked about, if one was."""

    claims: tuple[MarkedClaim, ...]
    points: tuple[Point, ...] = ()

    @property
    def mark(self) -> Mark:
        """What the answer comes to: right where all claims are supported, partly where some are."""
        found = [claim.finding for claim in self.claims]
        if found and all(f is Finding.SUPPORTED for f in found):
            return Mark.RIGHT
        if Finding.SUPPORTED in found:
            return Mark.PARTLY
        against = {reason.fault for claim in self.claims if claim.finding is Finding.CONTRADICTED for reason in claim.reasons}
        if not against:
            return Mark.OFF_TOPIC
        return Mark.WRONG_FIGURE if against & _FIGURES else Mark.NEGATED if against & _SENSE else Mark.WRONG

    @property
    def complete(self) -> tuple[int, int]:
        """How many points of the provision the answer says, and how many there are."""
        return sum(point.said for point in self.points), len(self.points)


class Marker:
    """Marks answers by one verifier."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier

    def mark(self, answer: str, language: str, places: Sequence[Place], asked: Place | None = None) -> Marked:
        """Mark an answer against provisions, the likeliest first; `asked` is the one whose points are to be said."""
        text = clean(answer)
        claims = tuple(found for claim in split_claims(text) for found in self._claim(claim.text, claim.span, language, places))
        points = points_of(asked, language) if asked else ()
        said = _cited_alone(claims, points, asked, language) if asked else frozenset()
        return Marked(claims, tuple(replace(one, said=one in said or self._said(one, text, language, asked)) for one in points if asked))

    def mark_each(self, text: str, language: str, find: Callable[[str], Sequence[Place]]) -> Marked:
        """Mark a text of which nobody says what it is about: each claim against what is found for it."""
        said = clean(text)
        return Marked(tuple(found for claim in split_claims(said) for found in self._claim(claim.text, claim.span, language, find(claim.text))))

    def _claim(self, text: str, span: tuple[int, int], language: str, places: Sequence[Place]) -> Iterator[MarkedClaim]:
        """Yield a claim as marked; one that does not stand whole is marked clause by clause where that says more."""
        whole = self._judged(text, span, language, places)
        parts = list(_clauses(text, span[0])) if whole.finding is not Finding.SUPPORTED else []
        marked = [self._judged(part, place, language, places) for part, place in parts]
        supported = sum(m.finding is Finding.SUPPORTED for m in marked)
        # clauses that stand each alone may still be put together wrongly: an order against the source is of the whole
        mixed = any(reason.fault is Fault.ORDER for reason in whole.reasons)
        if supported and not (mixed and supported == len(marked)):
            yield from marked
        else:
            yield whole

    def _judged(self, text: str, span: tuple[int, int], language: str, places: Sequence[Place]) -> MarkedClaim:
        """Return one claim as the best fitting provision has it."""
        best: tuple[tuple[bool, float], Verdict, Place] | None = None
        for place in places:
            verdict = self._verifier.check(text, [_source(place, language)], language=language)
            rank = (verdict.verified, verdict.likeness)
            if best is None or rank > best[0]:
                best = (rank, verdict, place)
        if best is None:
            return MarkedClaim(text, span, Finding.NOT_FOUND)
        _, verdict, place = best
        cited = _cited(place, _source(place, language), verdict.quote)
        if verdict.verified and verdict.likeness >= _SUPPORTED:
            return MarkedClaim(text, span, Finding.SUPPORTED, cited)
        hard = tuple(reason for reason in verdict.reasons if reason.fault in _FIGURES | _SENSE | {Fault.NAME})
        names = all(reason.fault is Fault.NAME for reason in hard)
        if hard and verdict.likeness >= (_SAME_SENTENCE if names else _SAME_MATTER):
            return MarkedClaim(text, span, Finding.CONTRADICTED, cited, hard)
        return MarkedClaim(text, span, Finding.NOT_FOUND, None, verdict.reasons)

    def _said(self, point: Point, answer: str, language: str, asked: Place) -> bool:
        """Tell whether an answer says a point: held against the answer's words, the point stands or says much the same.

        What was asked about needs not be said again: the document's name, and figures of the provision's own name (a year of targets).
        """
        verdict = self._verifier.check(_unnamed(point.text, asked.document, language), [Source(answer, language=language)], language=language)
        figures = any(reason.fault in (Fault.FIGURE, Fault.DATE) and reason.words not in _context(asked, language) for reason in verdict.reasons)
        return verdict.verified or (verdict.likeness >= _COVERED and not figures)


def _cited_alone(claims: Sequence[MarkedClaim], points: Sequence[Point], asked: Place, language: str) -> frozenset[Point]:
    """Return the points that a supported claim rests on, where its quote is of no other point and it has all figures of this one."""
    found: set[Point] = set()
    for claim in claims:
        cited = claim.cited
        if claim.finding is not Finding.SUPPORTED or cited is None or (cited.document, cited.locator) != _name(asked):
            continue
        met = [point for point in points if point.span[0] < cited.span[1] and cited.span[0] < point.span[1]]
        known = _context(asked, language) | set(_NUMBER.findall(claim.text))
        if len(met) == 1 and known.issuperset(_NUMBER.findall(_unnamed(met[0].text, asked.document, language))):
            found.add(met[0])
    return frozenset(found)


def _context(place: Place, language: str) -> frozenset[str]:
    """Return the figures that a provision's own name has."""
    return frozenset(_NUMBER.findall(f"{place.provision.locator} {place.provision.heading.get(language)}"))


def _name(place: Place) -> tuple[str, str]:
    """Return the document's number and the locator of a place, as citations have them."""
    return place.document.number, str(place.provision.locator)


def _unnamed(text: str, document: Document, language: str) -> str:
    """Return a sentence without the name of its own document."""
    for name in (label(document, language), document.number):
        text = re.sub(rf"(?:\b(?:của|theo|under|of|in)\s+)?{re.escape(name)},?\s*", "", text, flags=re.IGNORECASE)
    return text


def points_of(place: Place, language: str) -> tuple[Point, ...]:
    """Return what a provision lists: the items of its enumerations, and its other sentences."""
    text = nfc(place.provision.text.get(language))
    found: list[Point] = []
    for sentence in sentences(text):
        _, listed = items(sentence.text)
        if listed:
            found.extend(Point(item.text, (sentence.start + item.start, sentence.start + item.end)) for item in listed)
        else:
            found.append(Point(sentence.text, (sentence.start, sentence.end)))
    return tuple(found)


def _clauses(text: str, offset: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the clauses of a claim with their places, none where it is one."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    rows = [(text[a:b].rstrip(" ,;"), a, b) for a, b in itertools.pairwise(cuts)]
    if len(rows) > 1 and all(len(words.split()) >= _SHORTEST for words, _, _ in rows):
        for words, start, end in rows:
            yield words, (offset + start, offset + end)


def _source(place: Place, language: str) -> Source:
    """Return a provision as what a claim is checked against, in the claim's language where it has words in it."""
    there = language if place.provision.text.only(language) else ("en" if language == "vi" else "vi")
    return Source.of(place.document, str(place.provision.locator), there)


def _cited(place: Place, source: Source, quote: Quoted | None) -> Cited | None:
    """Return the citation of the words that a verdict rests on."""
    if quote is None:
        return None
    held_as = "" if place.held_as in ("", place.document.number) else place.held_as
    return Cited(
        place.document.number, label(place.document, source.language), source.locator, quote.text, (quote.start, quote.end), source.language, held_as
    )
