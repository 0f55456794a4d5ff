"""What the two caches know of a passage, and the limits a search may carry. Values only."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NO_FILTERS", "Entry", "Filters"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the caches know of one passage.

    The days of validity are numbers of the form yyyymmdd, both inclusive.
    """

    key: str
    """The passage's id and a short hash of its content and filters: a changed passage is a new key."""
    serves: str
    """The language of the questions it answers: "vi", "en" or "any"."""
    text: str
    """The words to index."""
    document: str
    issuers: tuple[str, ...] = ()
    """Folded names."""
    kind: str = ""
    year: int = 0
    """Of issue; 0 is unknown, and no filter by year admits it."""
    valid_from: int = 0
    """0: since ever."""
    valid_to: int = 99991231


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits of a search; an empty one limits nothing. An entry must meet every limit, and one value of each."""

    documents: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    """Folded names; met when any of the entry's issuers equals one of them."""
    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    valid_on: int | None = None
    """A day, yyyymmdd."""

    def __bool__(self) -> bool:
        return self.valid_on is not None or any((self.documents, self.issuers, self.kinds, self.years))

    def admit(self, entry: Entry) -> bool:
        """Tell whether the entry meets every limit: what the caches' own filters must agree with."""
        return (
            (not self.documents or entry.document in self.documents)
            and (not self.issuers or not set(self.issuers).isdisjoint(entry.issuers))
            and (not self.kinds or entry.kind in self.kinds)
            and (not self.years or entry.year in self.years)
            and (self.valid_on is None or entry.valid_from <= self.valid_on <= entry.valid_to)
        )


NO_FILTERS = Filters()
"""Limits nothing: the default of a search."""
