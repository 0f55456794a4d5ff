"""What documents say of each other, as the catalogue keeps it: read around a few documents, or as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select

from index.relations import Name, Said, Web
from index.tables import NAMES, RELATIONS, name_of, relation_of

__all__ = ["Statements"]

_CHUNK = 5000


class Statements:
    """The relations and names in a catalogue; `rows` gives what a query finds."""

    def __init__(self, rows: Callable[[Select[Any]], Sequence[Any]]) -> None:
        self._rows = rows

    def names_of(self, documents: Collection[str]) -> list[Name]:
        """Return the names of documents."""
        return [name_of(row) for part in _parts(documents) for row in self._rows(select(NAMES).where(NAMES.c.document.in_(part)))]

    def bearing(self, norms: Collection[str]) -> list[Name]:
        """Return who bears any of the names."""
        return [name_of(row) for part in _parts(norms) for row in self._rows(select(NAMES).where(NAMES.c.norm.in_(part)))]

    def said_by(self, documents: Collection[str]) -> list[Said]:
        """Return what documents say of others."""
        wanted = select(RELATIONS).order_by(RELATIONS.c.document, RELATIONS.c.place)
        return [relation_of(row) for part in _parts(documents) for row in self._rows(wanted.where(RELATIONS.c.document.in_(part)))]

    def said_of(self, norms: Collection[str]) -> list[Said]:
        """Return what is said of any of the names."""
        wanted = select(RELATIONS).order_by(RELATIONS.c.document, RELATIONS.c.place)
        return [relation_of(row) for part in _parts(norms) for row in self._rows(wanted.where(RELATIONS.c.target.in_(part)))]

    def around(self, names: Iterable[Name], said: Iterable[Said]) -> tuple[list[Said], list[Name]]:
        """Return all that bears on documents of those names which say that: what others say of them, and who is meant by it."""
        mine, own = list(names), list(said)
        texts = [n for n in self.bearing({n.act for n in mine}) if n.norm == n.act]
        known = {n.document for n in mine}
        mine += self.names_of({n.document for n in texts} - known)
        own += self.said_by({n.document for n in texts} - known)
        own += self.said_of({n.norm for n in mine})
        return list(dict.fromkeys(own)), list(dict.fromkeys([*mine, *self.bearing({row.target for row in own})]))

    def web(self, documents: Collection[str]) -> Web:
        """Return all that bears on documents."""
        names = self.names_of(documents)
        return Web(*self.around(names, self.said_by(documents))) if names else Web((), ())

    def whole(self) -> Web:
        """Return all that anybody says of anybody."""
        said = [relation_of(row) for row in self._rows(select(RELATIONS).order_by(RELATIONS.c.document, RELATIONS.c.place))]
        acts = NAMES.c.norm.in_(select(RELATIONS.c.target))
        named = [name_of(row) for row in self._rows(select(NAMES).where(acts))] if said else []
        speaking = {row.document for row in said}
        texts = [n for n in self.bearing({n.act for n in self.names_of(speaking)}) if n.norm == n.act]
        return Web(said, dict.fromkeys([*named, *texts]))


def _parts(values: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield the values in order, in parts that a database takes in one query."""
    ordered = sorted(values)
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))
