"""Wrong options of the same kind, from neighbouring provisions, none of which is right as well.

A candidate is refused when its value stands in the same provision, when it names the same thing or part of it, and when the
statement with it in place of the right words stands on the provision or on another one that says much of the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from random import Random

from assistant.study.checking import Checker, joined
from assistant.study.ground import Ground
from assistant.study.item import Kind
from assistant.study.slot import Slot, date_like
from assistant.study.statement import Statement
from assistant.verification.reading import Reading, read
from corpus.glossary import Term
from corpus.normalise import nfc

__all__ = ["Distractors", "filled"]

_NEAREST = 8
_WANTED = 3
_FEWEST = 2
_TRIED = 24
_BESIDE = 14
_RANKED = re.compile(r"(?:nhóm|top|thuộc|among|trong số|tốp)(?: the)?(?: top)? $", re.I)
_AMONG = re.compile(r" (?:nước|quốc gia|leading|top|countries|nền kinh tế|doanh nghiệp|economies)", re.I)


def filled(statement: Statement, slot: Slot, words: str) -> str:
    """Return a statement with other words in a slot."""
    return statement.text[: slot.start] + words + statement.text[slot.end :]


class Distractors:
    """Chooses wrong options on one ground, vetted by one checker."""

    def __init__(self, ground: Ground, checker: Checker) -> None:
        self._ground, self._checker = ground, checker
        self._terms = {term.vi: term for term in ground.glossary.terms}

    def choose(self, statement: Statement, slot: Slot, chance: Random, wanted: int = _WANTED) -> tuple[str, ...]:
        """Return up to `wanted` wrong options, none where fewer than two (or than `wanted`) can be found."""
        near = list(itertools.islice(self._candidates(statement, slot), _TRIED))
        first, rest = near[:_NEAREST], near[_NEAREST:]
        chance.shuffle(first)
        found: list[str] = []
        for words in (*first, *rest):
            if len(found) == wanted:
                break
            if words not in found and not any(_holds(words, other) for other in found) and self._wrong(statement, slot, words):
                found.append(words)
        return tuple(found) if len(found) >= min(_FEWEST, wanted) else ()

    def _candidates(self, statement: Statement, slot: Slot) -> Iterator[str]:
        """Yield the words of neighbours that are of another value than all that stands in the provision."""
        whole = read(nfc(statement.provision.text.only(statement.language)), statement.language)
        for other in self._ground.neighbours(statement, slot):
            words = date_like(other.value, slot.words, statement.language) if slot.kind is Kind.DATE else other.words
            if _plausible(slot, other) and not _implied(statement, slot, other) and not self._there(slot, other, whole):
                yield _as_written(words, slot)

    def _there(self, slot: Slot, other: Slot, whole: Reading) -> bool:
        """Tell whether a candidate's value stands in the provision already."""
        if slot.kind is Kind.FIGURE:
            known = {q.value for q in whole.quantities} | {iso[:4] for iso, _, _ in whole.dates}
            return other.value in known or re.search(rf"(?<!\d){re.escape(other.words)}(?!\d)", whole.text) is not None
        if slot.kind is Kind.DATE:
            return any(iso.startswith(other.value) or other.value.startswith(iso) for iso, _, _ in (*whole.dates, (slot.value, 0, 0)))
        text = joined(whole.text)
        return any(joined(name) in text for name in self._all_names(other)) or self._same(slot, other)

    def _same(self, slot: Slot, other: Slot) -> bool:
        """Tell whether two names name the same, or one of them is part of the other."""
        mine, theirs = self._all_names(slot), self._all_names(other)
        return any(_holds(a, b) for a in mine for b in theirs)

    def _all_names(self, slot: Slot) -> Sequence[str]:
        """Return the names of what a slot names, in both languages."""
        term: Term | None = self._terms.get(slot.value)
        return (slot.words, *term.names("vi"), *term.names("en")) if term else (slot.words,)

    def _wrong(self, statement: Statement, slot: Slot, words: str) -> bool:
        """Tell whether a statement with these words stands neither here nor where much of the same is said.

        One term for another changes too few words for the judge; there the term must not be named at all.
        """
        places = (statement, *self._ground.kin(statement))
        if slot.kind is Kind.TERM:
            return not any(self._checker.named(words, place.provision) for place in places)
        claim = filled(statement, slot, words)
        return not any(self._checker.stands(claim, [place.source], statement.language) for place in places)


def _plausible(slot: Slot, other: Slot) -> bool:
    """Tell whether a candidate could stand there: a share up to a hundred, a figure of about the size, a year not far away."""
    if slot.kind is Kind.FIGURE:
        a, b = float(slot.value), float(other.value)
        if "percent" in slot.group and a <= 100:
            return b <= 100
        if "." not in slot.value and "." in other.value:
            return False
        return abs(a - b) <= 15 if slot.group == "year" else max(a, b) <= 12 * max(1.0, min(a, b))
    if slot.kind is Kind.DATE:
        return abs(int(slot.value[:4]) - int(other.value[:4])) <= 12
    return True


def _implied(statement: Statement, slot: Slot, other: Slot) -> bool:
    """Tell whether what is said implies the same with another figure: who is to reach at least 70 % reaches at least 55 %."""
    if slot.kind is not Kind.FIGURE or slot.group == "year":
        return False
    near = [cue for cue in statement.reading.bounds if -1 <= slot.start - cue.end <= _BESIDE or 0 <= cue.start - slot.end <= _BESIDE]
    kinds = {cue.kind for cue in near}
    before, after = statement.text[: slot.start], statement.text[slot.end :]
    if _RANKED.search(before[-24:]) and _AMONG.match(after):
        kinds.add("most")
    less = float(other.value) < float(slot.value)
    return ("least" in kinds and less) or ("most" in kinds and not less)


def _as_written(words: str, slot: Slot) -> str:
    """Return words with the capital or the leading nought that the slot's own have or lack."""
    if slot.kind is Kind.FIGURE and words.isdigit() and slot.words.isdigit():
        plain = words.lstrip("0")
        return f"0{plain}" if slot.words.startswith("0") and len(plain) == 1 else plain
    if slot.kind is Kind.TERM:
        return words[0].lower() + words[1:] if slot.words[0].islower() and words[1:2].islower() else words
    return words


def _holds(a: str, b: str) -> bool:
    """Tell whether one name is the other or holds it."""
    x, y = joined(a), joined(b)
    return x in y or y in x
