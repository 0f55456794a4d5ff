"""A draft of an answer: lines of quoted sentences, before marks are given and anything is verified.

A line is a quote (or several, in a table row) from one provision. The draft knows nothing of marks, so composers only
choose; `assistant.writing` numbers and prints.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence import Candidate

__all__ = ["Draft", "Line", "Quote"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a provision: `shown` is printed, `span` places the whole quoted sentence that supports it."""

    candidate: Candidate
    shown: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer: a sentence, a list item (`bullet`), or a table row under `label`."""

    quotes: tuple[Quote, ...]
    bullet: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines in order, a lead sentence of our own without figures, and how much of the question they cover."""

    lines: tuple[Line, ...]
    lead: str = ""
    table: bool = False
