"""Locks that workers of several data folders share: advisory locks of the PostgreSQL that holds their catalogue.

The database lets go of them when the connection ends, however it ends.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from index.engines import open_engine
from index.errors import IndexBusy, OutOfReach

__all__ = ["DatabaseLocks"]

_SPACE = 0x41545443  # any number, that of these locks alone
_PAUSE = 0.1


class DatabaseLocks:
    """Advisory locks of the PostgreSQL at an SQLAlchemy URL."""

    def __init__(self, url: str) -> None:
        self._url = url

    @contextmanager
    def holding(self, name: str, seconds: float, busy: str) -> Iterator[None]:
        """Hold the lock of that name for the block. Raises IndexBusy, OutOfReach."""
        with self._connection() as connection:
            until = time.monotonic() + seconds
            while not self._taken(connection, name):
                if time.monotonic() >= until:
                    raise IndexBusy(busy)
                time.sleep(_PAUSE)
            yield

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """Give a connection of its own, which ends with the block and lets go of every lock."""
        try:
            engine = open_engine(self._url)
            connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except (SQLAlchemyError, ImportError) as error:
            raise _failed(error) from error
        try:
            yield connection
        finally:
            try:
                connection.invalidate()  # closed, not given back to be used again with its locks
                connection.close()
            except SQLAlchemyError:  # the server is gone, and the locks with it
                pass
            engine.dispose()

    def _taken(self, connection: Connection, name: str) -> bool:
        """Try to take a lock."""
        try:
            return bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_SPACE}, {crc32(name.encode()) & 0x7FFFFFFF})").scalar())
        except SQLAlchemyError as error:
            raise _failed(error) from error


def _failed(error: Exception) -> OutOfReach:
    """Return the error for a database that does not answer."""
    return OutOfReach(f"The database that holds the catalogue does not answer ({type(error).__name__}).")
