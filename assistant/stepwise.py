"""Tables brought up to date by numbered steps, each done once, by one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, event, func, insert, select, text

from index.engines import open_engine

__all__ = ["bring_up_to_date"]

_LOCK = 0x41545442  # any number, the same for all of us and not that of the catalogue


def bring_up_to_date(url: str, version: Table, steps: Sequence[Sequence[str]], refuse: Callable[[int], Exception]) -> None:
    """Do the steps that are not done yet in the database at `url`, in one transaction; `version` holds the number of the last one.

    Raises what `refuse` returns for the number of a later version's step, and the database's own errors.
    """
    engine = open_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _by_hand)
        event.listen(engine, "begin", _alone)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            version.create(connection, checkfirst=True)
            done = connection.execute(select(func.max(version.c.number))).scalar() or 0
            if done > len(steps):
                raise refuse(done)
            for number, statements in enumerate(steps[done:], done + 1):
                for statement in statements:
                    connection.execute(text(statement))
                connection.execute(insert(version), [{"number": number}])
    finally:
        engine.dispose()


def _by_hand(connection: Any, record: Any) -> None:
    """Let a transaction of SQLite begin where we say, for the driver begins none for changes of tables."""
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=30000")


def _alone(connection: Connection) -> None:
    """Keep other processes from doing the same steps."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
