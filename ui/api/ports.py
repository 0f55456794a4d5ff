"""What the API needs from the assistant beyond what the page needs: search, and words by their address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from ui.ports import AskService

__all__ = ["ActView", "AddressedView", "HitView", "LibraryService", "PassageView"]


class PassageView(Protocol):
    """A passage that was found."""

    @property
    def id(self) -> str:
        """Its readable name."""
        ...

    @property
    def document(self) -> str:
        """The number of its document."""
        ...

    @property
    def locator(self) -> str:
        """The address of its provision."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...


class HitView(Protocol):
    """A passage with how well it meets a query; more is better."""

    @property
    def passage(self) -> PassageView:
        """The passage."""
        ...

    @property
    def score(self) -> float:
        """How well it meets the query."""
        ...


class AddressedView(Protocol):
    """A provision that gives itself as a plain structure."""

    def to_json(self) -> dict[str, Any]:
        """Return locator, heading, text, role, confidence and page among others."""
        ...


class ActView(Protocol):
    """A document that gives its head as a plain structure, and its provisions."""

    @property
    def provisions(self) -> Sequence[AddressedView]:
        """All its provisions, in order."""
        ...

    def status_on(self, day: date) -> str:
        """Return the status on `day`."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Return all of it, its provisions too."""
        ...


class LibraryService(AskService, Protocol):
    """An assistant that also searches and gives words by their address."""

    def search(
        self, query: str, k: int = 10, *, documents: Sequence[str] = (), issuers: Sequence[str] = (), kinds: Sequence[str] = (),
        years: Sequence[int] = (), valid_on: date | None = None,
    ) -> Sequence[HitView]:  # fmt: skip
        """Return the best provisions for a query; raises an AttacheError for an unknown document, issuer or kind."""
        ...

    def texts(self, name: str) -> Sequence[ActView]:
        """Return the texts of a document, official words first; raises an AttacheError for an unknown one."""
        ...

    def place(self, name: str, locator: str) -> tuple[ActView, Sequence[AddressedView]]:
        """Return what stands at an address, and the text that has it; raises an AttacheError when nothing does."""
        ...
