"""What the page's events carry: a question with its key, its day and its limits, read from whatever the browser sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.bounds import NO_BOUNDS, Bounds
from ui.limiting import read_limits
from ui.page import LONGEST_QUESTION

__all__ = ["Asked"]

_DROPPED = 20
_KEY = re.compile(r"^[a-z0-9]{1,32}$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the browser sent it, made safe: composed, cut to size, its day None for today.

    `dropped` are the keys of questions that the person has stopped of late.
    """

    key: str
    question: str
    as_of: date | None
    conversation: str = ""
    instead: str = ""
    limits: Bounds = NO_BOUNDS
    dropped: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: object) -> Asked:
        """Read what an event carried; what makes no sense becomes an empty question, today, or the key `q`."""
        given: Mapping[str, object] = data if isinstance(data, Mapping) else {}
        question, key, day = (given.get(name) for name in ("question", "key", "as_of"))
        words = unicodedata.normalize("NFC", question.encode("utf-8", "replace").decode()) if isinstance(question, str) else ""
        try:
            as_of = date.fromisoformat(day) if isinstance(day, str) and day else None
        except ValueError:
            as_of = None
        places = (given.get("conversation"), given.get("instead"))
        conversation, instead = (name if isinstance(name, str) and _KEY.match(name) else "" for name in places)
        limits = read_limits(given.get("limits"), as_of or date.today())
        gone = given.get("dropped")
        dropped = tuple(name for name in gone[:_DROPPED] if isinstance(name, str) and _KEY.match(name)) if isinstance(gone, list) else ()
        named = key if isinstance(key, str) and _KEY.match(key) else "q"
        return cls(named, words.strip()[:LONGEST_QUESTION], as_of, conversation, instead, limits, dropped)
