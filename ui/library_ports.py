"""What the page of the library needs of a document and its chain; those of `corpus` and `index` satisfy it as they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from assistant.holdings import Health
from ui.adding import TakingService
from ui.ports import DocumentView, ProvisionView, RelationView

__all__ = ["HeldView", "KeeperService", "PictureView", "StepView"]


class HeldView(DocumentView, Protocol):
    """A document as the library's page shows it."""

    @property
    def effective_from(self) -> str | None:
        """The ISO date, full or partial, from which it is in force."""
        ...

    @property
    def effective_to(self) -> str | None:
        """The ISO date, full or partial, of its last day in force."""
        ...

    @property
    def relations(self) -> Sequence[RelationView]:
        """All its relations."""
        ...

    @property
    def provisions(self) -> Sequence[ProvisionView]:
        """Its provisions in order."""
        ...


class StepView(Protocol):
    """What one act does to another."""

    @property
    def type(self) -> str:
        """The kind of relation, such as `replaces`."""
        ...

    @property
    def document(self) -> str:
        """The act that does it."""
        ...

    @property
    def target(self) -> str:
        """The act that it is done to."""
        ...

    @property
    def since(self) -> str | None:
        """The ISO date from which it holds."""
        ...


class PictureView(Protocol):
    """A page of an original as a picture, sizes and boxes (left, top, right, bottom) in points."""

    @property
    def number(self) -> int:
        """Which page it is, from 1."""
        ...

    @property
    def pages(self) -> int:
        """How many pages there are."""
        ...

    @property
    def width(self) -> float:
        """Its width."""
        ...

    @property
    def height(self) -> float:
        """Its height."""
        ...

    @property
    def png(self) -> bytes:
        """The picture."""
        ...

    @property
    def boxes(self) -> Sequence[tuple[float, float, float, float]]:
        """Where the words stand, empty where nobody knows."""
        ...


class KeeperService(TakingService, Protocol):
    """What tells of the library, takes files into it and removes them."""

    def held(self, words: str, status: str, day: date) -> tuple[Sequence[HeldView], int]:
        """Return the documents with some words and a status on a day, and how many there are."""
        ...

    def one(self, number: str) -> Any:
        """Return the `HeldView` of an act that is read first; raises an AttacheError for an unknown one."""
        ...

    def known(self, number: str) -> HeldView | None:
        """Return the document of exactly that number, None when it is not held."""
        ...

    def steps(self, document: Any) -> Sequence[StepView]:
        """Return what replaced, repealed or amended what, the earliest first."""
        ...

    def inside(self, number: str, query: str) -> Sequence[tuple[str, str]]:
        """Return the passages of a document that answer a query best, each (address, words); raises an AttacheError."""
        ...

    def provision(self, number: str, locator: str) -> tuple[str, str]:
        """Return the words of a provision in Vietnamese and English; raises an AttacheError for an unknown one."""
        ...

    def original(self, document: Any) -> Any | None:
        """Return the PDF that a text was read from, None where there is none."""
        ...

    def picture(self, document: Any, page: int, words: str) -> PictureView | None:
        """Return a page of that PDF with where some words stand; raises an AttacheError for one that cannot be drawn."""
        ...

    def health(self) -> Health:
        """Return what is not in order."""
        ...
