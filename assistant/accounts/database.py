"""The database of accounts, its errors turned into ours at this one border, and the log that every change is written to."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event, insert
from sqlalchemy.exc import SQLAlchemyError

from assistant.accounts.errors import AccountsFailed
from assistant.accounts.tables import LOG, MIGRATIONS, VERSION
from assistant.stepwise import bring_up_to_date
from index.engines import open_engine
from index.erasing import erase, overwriting

__all__ = ["Database"]


class Database:
    """Connections to one database, and the clock that its rows are dated by (seconds since 1970)."""

    def __init__(self, engine: Engine, clock: Callable[[], float], *, own: bool = True) -> None:
        self._engine, self._clock, self._own = engine, clock, own

    @classmethod
    def open(cls, url: str, clock: Callable[[], float] = time.time, *, own: bool = True) -> Database:
        """Open the database at an SQLAlchemy URL and bring its tables up to date; `own` tells that nothing else lives in it.

        Raises AccountsFailed.
        """
        with cls.translated():
            bring_up_to_date(url, VERSION, MIGRATIONS, _later)
            engine = open_engine(url)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", overwriting)
                event.listen(engine, "connect", _patient)
        return cls(engine, clock, own=own)

    @staticmethod
    @contextmanager
    def translated() -> Iterator[None]:
        """Turn the database's errors into ours."""
        try:
            yield
        except (SQLAlchemyError, ImportError) as error:  # ImportError: the URL names a driver that is not installed
            raise AccountsFailed(f"The accounts cannot be read or written ({type(error).__name__}).") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection for one transaction."""
        with self.translated(), self._engine.begin() as connection:
            yield connection

    def rows(self, query: Any) -> list[Any]:
        """Return the rows of a query."""
        with self.translated(), self._engine.connect() as connection:
            return list(connection.execute(query).fetchall())

    def now(self) -> int:
        """Return the second that it is."""
        return int(self._clock())

    def log(self, connection: Connection, what: str, name: str, address: str = "", detail: str = "") -> None:
        """Write a line of the log, in the transaction of what it tells of."""
        at = self.now()
        row = {"id": f"{at:012d}-{time.monotonic_ns():020d}{secrets.token_hex(3)}"[:40], "at": at, "event": what}
        connection.execute(insert(LOG), [row | {"name": name[:64], "address": address[:64], "detail": detail[:500]}])

    def erase(self) -> None:
        """Leave no trace of what was deleted in the file."""
        with self.translated():
            erase(self._engine, own=self._own)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _later(done: int) -> AccountsFailed:
    """Return the refusal of a database that a later version made."""
    return AccountsFailed(f"The accounts were kept by a later version (step {done}, this version knows {len(MIGRATIONS)}).")


def _patient(connection: Any, record: Any) -> None:
    """Let others read while one writes."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()
