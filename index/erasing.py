"""What was deleted made to be gone from the file of an SQLite database; other databases see to that by their own rules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

__all__ = ["erase", "overwriting"]


def overwriting(connection: Any, record: Any) -> None:
    """Let SQLite overwrite with zeros what is deleted, and wait for others who write; for the event `connect` of an engine."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.close()


def erase(engine: Engine, *, own: bool = True) -> bool:
    """Write the file anew without its free pages (`VACUUM`, where nothing else lives in it: `own`) and empty its log.

    Returns whether it was done: what another process reads at this moment stays until the next time. Raises SQLAlchemyError.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            if own:
                connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        except OperationalError:  # busy: the rows are deleted and overwritten all the same
            return False
    return not busy
