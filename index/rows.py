"""Rows of the catalogue's tables put in, moved and deleted, each within a transaction of the caller's."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, update

from index.tables import ABOUT, BANDS, DOCUMENTS, NAMES, PASSAGES, PROVISIONS, RELATIONS

__all__ = ["CHUNK", "STATE", "delete_documents", "in_chunks", "insert_rows", "move_keys", "renew_state"]

CHUNK = 5000
STATE = "state"
"""The row of `about` whose value changes with the content."""


def in_chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the values in parts that a database takes in one query."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def delete_documents(connection: Connection, names: Sequence[str]) -> None:
    """Delete documents with all that belongs to them."""
    for part in in_chunks(names):
        for table in (PASSAGES, PROVISIONS, RELATIONS, NAMES, BANDS):
            connection.execute(delete(table).where(table.c.document.in_(part)))
        connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id.in_(part)))


def move_keys(connection: Connection, moved: Mapping[str, str]) -> None:
    """Give passages new keys for old ones."""
    if moved:
        renamed = update(PASSAGES).where(PASSAGES.c.key == bindparam("old")).values(key=bindparam("new"))
        connection.execute(renamed, [{"old": old, "new": new} for old, new in moved.items()])


def insert_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows; none is no error."""
    every = list(rows)
    if every:
        connection.execute(insert(table), every)


def renew_state(connection: Connection) -> None:
    """Give the state of the catalogue another name."""
    value = secrets.token_hex(8)
    if not connection.execute(update(ABOUT).where(ABOUT.c.name == STATE).values(value=value)).rowcount:
        connection.execute(insert(ABOUT), [{"name": STATE, "value": value}])
