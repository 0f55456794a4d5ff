"""What is kept, as values: a conversation, the answers in it, and what a user reported of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.answer import Answer, Turn
from corpus.normalise import clean

__all__ = ["KINDS", "LOCAL", "REMEMBERED", "Conversation", "Kept", "Report", "title_of", "turns_of"]

LOCAL = "local"
"""The name of the user where there are no accounts."""
KINDS = ("up", "down", "wrong_evidence")
"""What may be reported: the answer is good, it is poor, the citation with a mark does not bear out its sentence."""
REMEMBERED = 20
"""How many answers of a conversation are given to the assistant with the next question."""
_TEXT = 600
_TITLE = 80
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of `user`: its name by chance, its title, when it was begun and last changed (UTC), how many answers it has."""

    id: str
    user: str
    title: str
    created: datetime
    changed: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given, at its place (from one) in its conversation."""

    id: str
    conversation: str
    place: int
    at: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class Report:
    """What a user said of an answer; `mark` is the citation's for wrong evidence, nought for the answer as a whole."""

    turn: str
    user: str
    kind: str
    mark: int
    words: str
    at: datetime


def turns_of(kept: Sequence[Kept]) -> tuple[Turn, ...]:
    """Return the last answers of a conversation as the assistant wants them with the next question."""
    return tuple(
        Turn(one.answer.question, tuple(dict.fromkeys(c.document for c in one.answer.citations)), one.answer.text[:_TEXT])
        for one in kept[-REMEMBERED:]
    )


def title_of(words: str, *, whole: bool = False) -> str:
    """Return words as a title: visible characters on one line, cut after a word; a `whole` title of a person's is cut far later."""
    line, most = " ".join(clean(words).split()), _LONGEST_TITLE if whole else _TITLE
    if len(line) <= most:
        return line
    return (line[:most].rsplit(" ", 1)[0] if " " in line[:most] else line[:most]).rstrip(" ,;:") + "…"
