"""Where the settings become what is kept of conversations, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date

from assistant.answer import EXTRACTIVE, Answer
from assistant.assistant import Assistant
from assistant.briefing.making import Briefer
from assistant.compose import open_receipts
from assistant.data_folder import made
from assistant.history.store import History
from assistant.settings import Settings
from assistant.suggesting import Suggester
from corpus.document import Document
from index.build import Progress

__all__ = ["open_briefer", "open_history", "open_suggester"]


def open_history(settings: Settings) -> History:
    """Return the conversations that are kept, in the data folder or in the database of the settings. Raises HistoryFailed, BadSettings."""
    made(settings.home)
    url = settings.database or f"sqlite:///{settings.home / 'history.sqlite3'}"
    return History.open(url, own=settings.database is None)


def open_briefer(settings: Settings, progress: Progress | None = None) -> Briefer:
    """Return what makes briefing notes by the library as it is now; no chat model is opened. Raises NoIndex or StaleIndex."""
    receipts = open_receipts(settings, progress)
    return Briefer(lambda: receipts)


def open_suggester(current: Callable[[], Assistant]) -> Suggester:
    """Return what offers questions that the current assistant's library answers; they are tried by quoting, so that no model is asked."""

    def ask(question: str, day: date, language: str) -> Answer:
        quoting = copy(current())
        quoting.composer, quoting.generator, quoting.sends_to = None, EXTRACTIVE, ""
        return quoting.ask(question, (), day, language)

    def lookup(number: str) -> Document | None:
        receipts = current().receipts
        return receipts.documents.get(number) if receipts else None

    return Suggester(ask, lookup)
