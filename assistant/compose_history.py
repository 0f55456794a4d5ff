"""Where the settings become what is kept of conversations, and what is made of it."""

from __future__ import annotations

from assistant.briefing.making import Briefer
from assistant.compose import open_receipts
from assistant.errors import BadSettings
from assistant.history.store import History
from assistant.settings import Settings
from index.build import Progress

__all__ = ["open_briefer", "open_history"]


def open_history(settings: Settings) -> History:
    """Return the conversations that are kept, in the data folder or in the database of the settings. Raises HistoryFailed, BadSettings."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(f"The data folder {settings.home} cannot be made.", advice="Point ATTACHE_HOME at another folder.") from error
    url = settings.database or f"sqlite:///{settings.home / 'history.sqlite3'}"
    return History.open(url, own=settings.database is None)


def open_briefer(settings: Settings, progress: Progress | None = None) -> Briefer:
    """Return what makes briefing notes by the library as it is now; no chat model is opened. Raises NoIndex or StaleIndex."""
    return Briefer(open_receipts(settings, progress))
