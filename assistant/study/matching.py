"""Items of terms: the name of one thing in the other language, as one provision gives it in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from assistant.study.checking import joined
from assistant.study.ground import Ground
from assistant.study.item import Item, Kind
from assistant.study.statement import Statement
from assistant.study.wording import word
from corpus.glossary import Term
from corpus.normalise import fold

__all__ = ["Told", "match", "told"]

Told = tuple[Term, str, Statement, Statement]
"""A term, the group it can be exchanged in, and the statements of one provision that name it in Vietnamese and in English."""

_STEM = 6


def told(ground: Ground) -> tuple[Told, ...]:
    """Return the terms that some provision names by their main names in both languages, in the order of the glossary."""
    terms = {term.vi: term for term in ground.glossary.terms}
    named: dict[tuple[str, str, tuple[int, int]], dict[str, Statement]] = {}
    for statement in ground.statements:
        for slot in ground.slots(statement):
            term = terms.get(slot.value)
            if term is not None and slot.words == (term.en if statement.language == "en" else term.vi):
                named.setdefault((term.vi, slot.group, slot.place), {}).setdefault(statement.language, statement)
    found: dict[str, Told] = {}
    for (name, group, _), both in named.items():
        if len(both) == 2:
            found.setdefault(name, (terms[name], group, both["vi"], both["en"]))
    return tuple(found[term.vi] for term in ground.glossary.terms if term.vi in found)


def match(at: int, known: tuple[Told, ...], language: str, chance: Random) -> Iterator[Item]:
    """Yield an item that asks for one term's name in the other language among those of terms like it."""
    term, _, vi, en = known[at]
    asked, right = (term.vi, term.en) if language == "vi" else (term.en, term.vi)
    names = [other.en if language == "vi" else other.vi for other, *_ in _alike(known[at], known)]
    wrong = [name for name in dict.fromkeys(names) if fold(name) != fold(right)]
    first = wrong[:8]
    chance.shuffle(first)
    if len(first) < 3:
        return
    options = [right, *first[:3]]
    chance.shuffle(options)
    here, there = (vi, en) if language == "vi" else (en, vi)
    stem = word("match", language, term=asked)
    yield Item(Kind.MATCH, language, stem, tuple(options), options.index(right), (here.cited(), there.cited()))


def _alike(one: Told, known: tuple[Told, ...]) -> list[Told]:
    """Return the other terms of a term's group that share no name with it and are no near spelling of it.

    Those with most words in common come first, then those named nearest to it.
    """
    term, group, vi, _ = one
    mine = {fold(name) for name in (*term.names("vi"), *term.names("en"))}
    stems = _stems(term.en)
    words = set(term.vi.lower().split())
    others = [
        row for row in known
        if not mine & {fold(name) for name in (*row[0].names("vi"), *row[0].names("en"))} and not _near(stems, _stems(row[0].en))
        and row[1] == group and not _within(term, row[0])
    ]  # fmt: skip
    return sorted(others, key=lambda row: (-len(words & set(row[0].vi.lower().split())), _apart(vi.place, row[2].place)))


def _within(mine: Term, other: Term) -> bool:
    """Tell whether one term's name holds the other's: “đối ngoại” might pass for “chính sách đối ngoại”."""
    pairs = ((joined(mine.vi), joined(other.vi)), (joined(mine.en), joined(other.en)))
    return any(a in b or b in a for a, b in pairs)


def _apart(mine: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Return how far two provisions lie from each other: documents, then provisions."""
    return abs(mine[0] - other[0]), abs(mine[1] - other[1])


def _stems(name: str) -> frozenset[str]:
    """Return the beginnings of the words of an English name."""
    return frozenset(w[:_STEM] for w in re.findall(r"[a-z]+", name.lower()) if len(w) > 2)


def _near(mine: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether one name says all that the other says: their terms could pass for each other."""
    return mine <= other or other <= mine
