"""The database of what is kept, opened so that what is deleted is gone.

SQLite overwrites deleted content with zeros (`secure_delete`), and after a deletion the file is written anew without its free
pages (`VACUUM`) and its log is emptied. Another database keeps what it deletes by its own rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import SQLAlchemyError

from assistant.history.errors import HistoryFailed
from assistant.history.tables import MIGRATIONS, VERSION
from assistant.stepwise import bring_up_to_date
from index.engines import open_engine
from index.erasing import erase, overwriting

__all__ = ["Database"]


class Database:
    """Connections to one database, its errors turned into ours; `own` tells that nothing else lives in its file."""

    def __init__(self, engine: Engine, *, own: bool) -> None:
        self._engine, self._own = engine, own

    @classmethod
    def open(cls, url: str, *, own: bool = True) -> Database:
        """Open the database at an SQLAlchemy URL and bring its tables up to date; raises HistoryFailed."""
        with cls.translated():
            bring_up_to_date(url, VERSION, MIGRATIONS, _later)
            engine = open_engine(url)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", overwriting)
        return cls(engine, own=own)

    @staticmethod
    @contextmanager
    def translated() -> Iterator[None]:
        """Turn the database's errors into ours, at this one border."""
        try:
            yield
        except (SQLAlchemyError, ImportError) as error:  # ImportError: the URL names a driver that is not installed
            raise HistoryFailed(f"The conversations cannot be read or written ({type(error).__name__}).") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection for one transaction."""
        with self.translated(), self._engine.begin() as connection:
            yield connection

    def rows(self, query: Any) -> list[Any]:
        """Return the rows of a query."""
        with self.translated(), self._engine.connect() as connection:
            return list(connection.execute(query).fetchall())

    def erase(self) -> None:
        """Leave no trace of what was deleted in the file; what another process is reading at this moment goes with the next deletion."""
        with self.translated():
            erase(self._engine, own=self._own)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _later(done: int) -> HistoryFailed:
    """Return the refusal of a database that a later version made."""
    return HistoryFailed(f"The conversations were kept by a later version (step {done}, this version knows {len(MIGRATIONS)}).")
