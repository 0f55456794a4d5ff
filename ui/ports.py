"""What the page needs from the assistant: one service, and the parts of a document that it draws.

The views are structural: `corpus.document.Document` and its parts satisfy them as they are, and so does a fake of a test.
The page itself imports nothing of `corpus` or `index`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from assistant.answer import Answer, Turn
from assistant.bounds import Bounds

__all__ = ["AskService", "BilingualView", "DocumentView", "ProvisionView", "RelationView"]


class BilingualView(Protocol):
    """A text in Vietnamese and English; an empty string where a language is missing."""

    @property
    def vi(self) -> str:
        """The Vietnamese words."""
        ...

    @property
    def en(self) -> str:
        """The English words."""
        ...


class ProvisionView(Protocol):
    """An addressed part of a document; its locator prints itself."""

    @property
    def locator(self) -> object:
        """The printed address, by `str`."""
        ...

    @property
    def heading(self) -> BilingualView:
        """The heading."""
        ...

    @property
    def text(self) -> BilingualView:
        """The whole words of the provision."""
        ...

    @property
    def role(self) -> str:
        """`provision`, or `note` for words of the editors."""
        ...

    @property
    def confidence(self) -> str:
        """What the words rest on: `text`, `two_sources`, `one_source`."""
        ...

    @property
    def page(self) -> int | None:
        """The page of the source, when known."""
        ...


class RelationView(Protocol):
    """A relation to the document numbered `target`, from `since` when known."""

    @property
    def type(self) -> str:
        """The kind of relation, such as `replaced_by`."""
        ...

    @property
    def target(self) -> str:
        """The number of the other document."""
        ...

    @property
    def since(self) -> str | None:
        """The ISO date, full or partial, from which it holds."""
        ...


class DocumentView(Protocol):
    """A document as its card shows it."""

    @property
    def number(self) -> str:
        """The printed number."""
        ...

    @property
    def title(self) -> BilingualView:
        """The title."""
        ...

    @property
    def issuer(self) -> BilingualView:
        """Who issued it."""
        ...

    @property
    def kind(self) -> str:
        """The kind of act, such as `law`, `decree` or `resolution`."""
        ...

    @property
    def issued(self) -> str | None:
        """The ISO date of issue, full or partial."""
        ...

    @property
    def status_note(self) -> BilingualView:
        """What the sources say about its force, in a sentence."""
        ...

    @property
    def urls(self) -> Sequence[str]:
        """Official addresses."""
        ...

    @property
    def text_kind(self) -> str:
        """`digest`, `official` or `card`."""
        ...

    def find(self, locator: str) -> ProvisionView | None:
        """Return the provision at `locator`, None when there is none."""
        ...

    def related(self, *types: str) -> Iterable[RelationView]:
        """Return the relations of the given types."""
        ...

    def status_on(self, day: date) -> str:
        """Return the status on `day`."""
        ...


class AskService(Protocol):
    """An assistant that answers, as the page uses it."""

    @property
    def generator(self) -> str:
        """The name of what words the answers: `extractive`, or `provider:model`."""
        ...

    @property
    def sends_to(self) -> str:
        """The host that questions and passages are sent to; empty when nothing leaves this machine."""
        ...

    @property
    def left_out(self) -> Sequence[str]:
        """Sentences about library files that could not be read."""
        ...

    def stream(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Iterator[str | Answer]:
        """Yield pieces of the answer's text as they come, and the whole Answer last."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        """Return the whole answer."""
        ...

    def within(self, limits: Bounds) -> AskService:
        """Return what answers from documents within some limits alone; raises an AttacheError for what there is not."""
        ...

    def documents(self) -> Sequence[DocumentView]:
        """Return every document of the library."""
        ...

    def document(self, number: str) -> DocumentView:
        """Return the document of that number; raises an AttacheError for an unknown one."""
        ...

    def examples(self, language: str) -> Sequence[str]:
        """Return questions that the library answers well."""
        ...
