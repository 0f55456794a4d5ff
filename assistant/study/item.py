"""An item of study: one thing asked, its options, which of them is right, and the exact words that prove it.

An item is a value that stands alone: it can be asked, printed, exported and checked again without the generator that made it.
Its `id` is a hash of what it asks, so that the same item made on two devices is one item.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["BLANK", "Cited", "Item", "Kind"]

BLANK = "_____"
"""What stands in a stem for the words that are asked for."""


class Kind(enum.StrEnum):
    """What an item asks for."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    TERM = "term"
    WHO = "who"
    WHEN = "when"
    WHICH = "which"
    SAYS = "says"
    TRUTH = "true_false"
    ORDER = "order"
    MATCH = "match"


@dataclass(frozen=True, slots=True)
class Cited:
    """Where the words stand that prove an answer: `text[span[0]:span[1]] == quote` in the provision's text in `language`.

    `held_as` is the name under which the document is held, its number but for a further text of one act.
    """

    document: str
    title: str
    locator: str
    quote: str
    span: tuple[int, int]
    language: str
    held_as: str = ""

    @property
    def text_name(self) -> str:
        """The name under which the text that is quoted is held."""
        return self.held_as or self.document

    @property
    def provision(self) -> str:
        """The provision as progress is counted by: document and locator."""
        return f"{self.text_name}\t{self.locator}"


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `context` tells what the stem is taken from; `options[answer]` is right and no other option is.

    `claims` stand beside the options: the sentence that each of them would say. Of these the right one's stands on the first
    citation and no other does. They are empty where an option is no sentence (an order, a term), and for true or false there is
    one: the statement that is judged.
    """

    kind: Kind
    language: str
    stem: str
    options: tuple[str, ...]
    answer: int
    citations: tuple[Cited, ...]
    context: str = ""
    claims: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A name of sixteen hexadecimal figures, the same for the same question and answer."""
        told = "\n".join((self.kind, self.language, self.context, self.stem, self.right, *sorted(self.options)))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def right(self) -> str:
        """The right option."""
        return self.options[self.answer]

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure from which `from_json` makes an equal item."""
        return {"id": self.id, **asdict(self), "kind": str(self.kind)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Item:
        """Make an item from what `to_json` returned, or from the same read back as JSON."""
        cited = tuple(Cited(**{**row, "span": (row["span"][0], row["span"][1])}) for row in data["citations"])
        return cls(
            Kind(data["kind"]), data["language"], data["stem"], tuple(data["options"]), data["answer"], cited, data["context"], tuple(data["claims"])
        )
