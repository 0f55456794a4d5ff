"""Nodes of an act, and where the walk over its pieces stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.legal.headings import Kind
from corpus.legal.pieces import Piece

__all__ = ["Node", "Place", "own"]


@dataclass(slots=True)
class Node:
    """A part of an act: its address, its heading, the lines that print the heading and the lines of its own words."""

    kind: Kind
    steps: tuple[str, ...]
    heading: str = ""
    opener: list[Piece] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """Where the walk stands inside one body (the act itself, an annex, an attached regulation)."""

    outer: tuple[str, ...] = ()
    divisions: dict[Kind, str] = field(default_factory=dict)
    article: str = ""
    last: int = 0
    seen: set[str] = field(default_factory=set)
    letter: str = ""
    roman: str = ""
    number: tuple[int, ...] = ()
    mark: str = ""
    row: int = 0
    row_section: str = ""
    restarts: bool = False
    bare: bool = False
    heading: str = ""

    def prefix(self) -> tuple[str, ...]:
        """Return the steps under which a clause of this place stands."""
        outer = () if self.bare and self.dotted() else self.outer
        return (*outer, self.article) if self.article else (*outer, *self.divisions.values())

    def dotted(self) -> str:
        """Return letter and Roman number as they are joined in addresses of Party documents (`B.II`)."""
        return ".".join(part for part in (self.letter, self.roman) if part)


def own(found: Sequence[Node]) -> Sequence[Node]:
    """Return the nodes of the act itself: those before its first annex, attached regulation or appended section."""
    annexed = (Kind.ATTACHED, Kind.ANNEX, Kind.FORM, Kind.FREE)
    return found[: next((place for place, node in enumerate(found) if node.kind in annexed), len(found))]
