"""Errors of what is kept.

HistoryError
├── UnknownConversation    no such conversation of this user; another user's is as unknown as one that never was
├── BadTitle               a title with nothing in it to read
├── BadReport              a report on an answer that cannot be: an unknown kind, or a citation that the answer lacks
└── HistoryFailed          what is kept cannot be read or written
"""

from __future__ import annotations

from corpus.errors import AttacheError

__all__ = ["BadReport", "BadTitle", "HistoryError", "HistoryFailed", "UnknownConversation"]


class HistoryError(AttacheError):
    """Something with the conversations that are kept cannot be done as asked."""


class UnknownConversation(HistoryError):
    """No conversation, or no answer, of that name is kept for this user."""

    advice = "List what is kept with `attache history list`."


class BadTitle(HistoryError):
    """A title holds nothing that can be read."""

    advice = "Give a title with at least one letter or figure."


class BadReport(HistoryError):
    """A report on an answer cannot be kept."""

    advice = "Report an answer as good, as poor, or one of its citations as wrong evidence."


class HistoryFailed(HistoryError):
    """The conversations cannot be read or written."""

    advice = "Check that the data folder exists, has room and may be written; another version may have made the file."
