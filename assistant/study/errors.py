"""Errors of study.

StudyError
├── NothingToAsk      no item could be made of what was chosen
├── UnknownDeck       no deck of that name is kept
├── UnknownExam       no exam of that name is kept
├── ExamClosed        an answer came after its time
├── BadLog            a log of reviews that cannot be read
└── ProgressFailed    progress cannot be read or written
"""

from __future__ import annotations

from corpus.errors import AttacheError

__all__ = ["BadLog", "ExamClosed", "NothingToAsk", "ProgressFailed", "StudyError", "UnknownDeck", "UnknownExam"]


class StudyError(AttacheError):
    """Something in the study part cannot be done as asked."""


class NothingToAsk(StudyError):
    """No item could be made of what was chosen."""

    advice = "Choose more documents, kinds or languages, or leave the choice out."


class UnknownDeck(StudyError):
    """No deck of that name is kept."""

    advice = "Make it with `attache study make --deck NAME`, or list the decks with `attache study progress`."


class UnknownExam(StudyError):
    """No exam of that name is kept."""

    advice = "Fix it with `attache study exam fix NAME --deck DECK`."


class ExamClosed(StudyError):
    """An answer came after its time, or the exam was handed in already."""

    advice = "Ask the lecturer to fix another exam."


class BadLog(StudyError):
    """A log of reviews cannot be read."""

    advice = "Give a file that `attache study progress --export FILE` wrote."


class ProgressFailed(StudyError):
    """Progress cannot be read or written."""

    advice = "Check that the data folder exists, has room and may be written; another version may have made the file."
