"""What the catalogue is given and what it tells of documents that it holds. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Document
from corpus.passages import Passage
from index.sketch import NOTHING, Sketch

__all__ = ["Change", "Head", "Known", "Text"]


@dataclass(frozen=True, slots=True)
class Change:
    """A document to be written: where it stands in its source, the hash of its content, and its passages by key.

    `held` is the name that the text is held under, empty for its number.
    """

    document: Document
    position: int
    digest: str
    passages: Mapping[str, Passage]
    held: str = ""
    sketch: Sketch = NOTHING

    @property
    def held_as(self) -> str:
        """The name that the text is held under."""
        return self.held or self.document.number


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue knows of a document without reading it, and the name that it is held under."""

    digest: str
    position: int
    held_as: str


@dataclass(frozen=True, slots=True)
class Text:
    """One of the texts of an act: the name it is held under, where it comes from, whose words it has, and its sketch."""

    held_as: str
    number: str
    source: str
    kind: str
    text_kind: str
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Head:
    """A document without its provisions, as its source states it, the name it is held under, and its source."""

    document: Document
    held_as: str
    source: str
