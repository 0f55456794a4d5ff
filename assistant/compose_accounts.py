"""Where the settings become accounts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.accounts.database import Database
from assistant.accounts.keys import Keys
from assistant.accounts.passwords import Passwords
from assistant.accounts.users import Users
from assistant.data_folder import made
from assistant.settings import Settings

__all__ = ["Accounts", "open_accounts"]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who there is, and what lets them in."""

    users: Users
    keys: Keys


@contextmanager
def open_accounts(settings: Settings) -> Iterator[Accounts]:
    """Give the accounts in the data folder, or in the database of the settings. Raises AccountsFailed, BadSettings."""
    made(settings.home)
    file = settings.home / "accounts.sqlite3"
    if settings.database is None:
        file.touch(0o600)  # nobody else on the machine reads who there is
    database = Database.open(settings.database or f"sqlite:///{file}", own=settings.database is None)
    passwords = Passwords()
    try:
        yield Accounts(Users(database, passwords), Keys(database, passwords))
    finally:
        database.close()
