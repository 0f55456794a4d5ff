"""Bounds that a person sets to a search or a question: documents, issuers, kinds, years, a day of validity."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Protocol

from assistant.answer import Answer, Outcome
from assistant.phrases import phrase
from assistant.understand import Understanding
from corpus.document import Document
from corpus.errors import UnknownFilter
from corpus.normalise import clean, fold
from index.contents import admits
from index.entry import Filters

__all__ = ["NO_BOUNDS", "Bounds", "Known", "outside"]


class Known(Protocol):
    """What there is to limit by."""

    def issuers(self) -> Collection[str]:
        """Return the names of all issuers, folded."""
        ...

    def kinds(self) -> Collection[str]:
        """Return all kinds of documents."""
        ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds as a person gives them; an empty one limits nothing.

    `documents` are names in any spelling, `issuers` names or parts of them, `years` those of issue, `valid_on` a day on which a
    document must be in force.
    """

    documents: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    valid_on: date | None = None

    def __bool__(self) -> bool:
        return self.valid_on is not None or any((self.documents, self.issuers, self.kinds, self.years))

    def filters(self, named: Callable[[str], Document], known: Known) -> Filters:
        """Return the limits as the index knows them; raises UnknownDocument, UnknownFilter."""
        day = self.valid_on
        return Filters(
            documents=tuple(named(name).number for name in self.documents),
            issuers=tuple(sorted({found for name in self.issuers for found in _issuers(name, known.issuers())})),
            kinds=tuple(_kind(name, known.kinds()) for name in self.kinds),
            years=self.years,
            valid_on=day.year * 10000 + day.month * 100 + day.day if day else None,
        )

    def told(self, language: str) -> str:
        """Return the note that tells of the limits under an answer."""
        parts = [*self.documents, *self.issuers, *self.kinds, *map(str, self.years)]
        in_force = [phrase("limited_in_force", language)] if self.valid_on else []
        return phrase("limited", language, what="; ".join([*parts, *in_force]))


NO_BOUNDS = Bounds()
"""Limits nothing."""


def outside(understanding: Understanding, filters: Filters, documents: Mapping[str, Document], day: date) -> Answer | None:
    """Return the answer to a question that names documents of which the limits admit none; else None."""
    named = [] if understanding.inherited else [documents[number] for number in understanding.documents if number in documents]
    if not named or any(admits(filters, document) for document in named):
        return None
    text = phrase("outside_limits", understanding.language, documents=", ".join(document.number for document in named))
    return Answer(understanding.question, understanding.language, day, Outcome.NOT_IN_CORPUS, text)


def _issuers(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the issuer of that name, else those whose names hold it; raises UnknownFilter."""
    wanted = fold(clean(name))
    found = (wanted,) if wanted in known else tuple(issuer for issuer in known if wanted and wanted in issuer)
    if not found:
        raise UnknownFilter("issuer", name, tuple(get_close_matches(wanted, sorted(known), 2, 0.5)))
    return found


def _kind(name: str, known: Collection[str]) -> str:
    """Return a kind that there is; raises UnknownFilter."""
    if name not in known:
        raise UnknownFilter("kind", name, tuple(get_close_matches(name, sorted(known), 2, 0.5)))
    return name
