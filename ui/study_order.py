"""What the browser asks of the page for learning, made safe; and what a session is between two such orders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.study.item import Item
    from assistant.study.reading import Section

__all__ = ["LONGEST_TEXT", "Asking", "Order", "Reading", "State"]

LONGEST_TEXT = 6000
_NAME = re.compile(r"^[a-z_]{1,20}$")
_LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Order:
    """One order: what is to be done, the number by which its reply is known, the page's language, and its fields."""

    do: str
    turn: int
    lang: str
    fields: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def read(cls, data: object) -> Order:
        """Read what an event carried; what makes no sense is left out, so that the page's first part is shown."""
        given: Mapping[str, object] = data if isinstance(data, Mapping) else {}
        do, turn = given.get("do"), given.get("turn")
        named = isinstance(do, str) and _NAME.match(do)
        return cls(
            str(do) if named else "home",
            turn if isinstance(turn, int) and not isinstance(turn, bool) else 0,
            "en" if given.get("lang") == "en" else "vi",
            {name: value for name, value in list(given.items())[:40] if isinstance(name, str)},
        )

    def text(self, name: str, longest: int = _LONGEST_NAME) -> str:
        """Return a field's words, composed, cut to size, without signs that no text has."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return ""
        whole = unicodedata.normalize("NFC", value[:longest].encode("utf-8", "replace").decode())
        return "".join(sign for sign in whole if sign in "\n\t" or unicodedata.category(sign) != "Cc").strip()

    def number(self, name: str, low: int, high: int, otherwise: int) -> int:
        """Return a field's whole number between two limits; `otherwise` where it is none."""
        value = self.fields.get(name)
        try:
            number = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else otherwise
        except ValueError:
            return otherwise
        return max(low, min(high, number))

    def many(self, name: str) -> tuple[str, ...]:
        """Return the values of boxes that may be ticked together."""
        value = self.fields.get(name)
        values = value if isinstance(value, list) else [value]
        return tuple(one for one in values[:40] if isinstance(one, str) and one)


@dataclass(frozen=True, slots=True)
class Asking:
    """Items that are asked one after another: a quiz, cards, or an exam with its end; `chosen` is what was chosen for the present one."""

    kind: str
    name: str
    items: tuple[Item, ...]
    at: int = 0
    right: int = 0
    chosen: int | None = None
    missed: tuple[Item, ...] = ()
    closes: datetime | None = None

    @property
    def item(self) -> Item:
        """The item that is asked now."""
        return self.items[self.at]

    @property
    def last(self) -> bool:
        """Whether it is the last one."""
        return self.at + 1 >= len(self.items)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that is read section by section, with the question of the present one, where there is one."""

    document: str
    language: str
    sections: tuple[Section, ...]
    at: int = 0
    item: Item | None = None
    chosen: int | None = None
    simple: str = ""
    told: bool = False

    @property
    def section(self) -> Section:
        """The section that is read now."""
        return self.sections[self.at]


State = Asking | Reading | None
"""What goes on, if anything."""
