"""Which of several acts the law puts first: the one of higher legal force, among acts of one body the one issued later.

So says the Law on Promulgation of Legal Normative Documents, of acts that it knows. Acts of the Party, directives, conclusions,
plans, and decisions and resolutions whose number bears no year are none of these, and nothing is said of them.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, first_day
from corpus.normalise import fold

__all__ = ["Precedence", "Rule", "force_of", "precedence"]


class Rule(enum.StrEnum):
    """Why an act goes first."""

    HIGHER = "higher"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Precedence:
    """The rule that applies and the number of the act that goes first by it, empty when none does."""

    rule: Rule
    document: str = ""


_BY_NUMBER = (
    (re.compile(r"/ubtvqh|/pl-|/nq-ubtvqh"), 2), (re.compile(r"\d{4}/(?:l-|nq-)?qh\d*"), 1), (re.compile(r"\d{4}/n[dq]-cp"), 3),
    (re.compile(r"\d{4}/qd-ttg"), 4), (re.compile(r"\d{4}/ttl?t?-"), 5),
)  # fmt: skip
_BY_KIND = {"law": 1, "ordinance": 2, "decree": 3, "circular": 5}


def force_of(document: Document) -> int | None:
    """Return an act's place in the order of legal force, 1 the highest, None when the law gives it none."""
    number = fold(document.number)
    for pattern, force in _BY_NUMBER:
        if pattern.search(number):
            return force
    return _BY_KIND.get(document.kind)


def precedence(documents: Sequence[Document]) -> Precedence:
    """Return which of the acts goes first, if the law tells."""
    forces = [force_of(document) for document in documents]
    known = [force for force in forces if force is not None]
    if len(known) < len(forces) or not known:
        return Precedence(Rule.NONE)
    top = [d for d, force in zip(documents, forces, strict=True) if force == min(known)]
    if len(top) == 1:
        return Precedence(Rule.HIGHER, top[0].number)
    issuers = {fold(document.issuer.vi or document.issuer.en) for document in top}
    days = [first_day(document.issued) for document in top]
    if len(issuers) > 1 or not all(issuers):
        return Precedence(Rule.NONE)
    latest = max((day for day in days if day), default=None)
    if latest is None or None in days or days.count(latest) > 1:
        return Precedence(Rule.NONE)
    return Precedence(Rule.LATER, top[days.index(latest)].number)
