"""Files that are seen whole or not at all, and copies of databases that somebody else may be writing to."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from index.errors import StoreFailed

__all__ = ["ROOM", "copy_database", "hash_of", "is_whole", "need_room", "put"]

ROOM = 64 << 20
"""How many bytes must be free on the disk of the data folder: stores that run out of room may break, or never return."""


def put(path: Path, text: str) -> None:
    """Write a small file so that a reader sees all of the old one or all of the new one, and so does who starts after a power cut."""
    draft = path.with_name(f"{path.name}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_database(source: Path, target: Path) -> None:
    """Make `target` hold what the SQLite database `source` holds at one moment; others may be writing it. Raises sqlite3.Error."""
    where = f"{source.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(where, timeout=60.0, uri=True)) as old, closing(sqlite3.connect(target, timeout=60.0)) as new:
        old.backup(new, pages=-1)


def is_whole(path: Path) -> bool:
    """Tell whether an SQLite file is whole, once what a killed writer left half done is undone."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=60.0, uri=True)) as file:
            return [row[0] for row in file.execute("PRAGMA quick_check")] == ["ok"]
    except sqlite3.Error:
        return False


def need_room(folder: Path, size: int = 0, spare: int = ROOM) -> None:
    """Make sure that `size` bytes can be written in a folder with some to spare; raises StoreFailed before anything is begun."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise StoreFailed("The data folder cannot be read.", advice="Check that it exists and may be read and written.") from error
    if free < size + spare:
        raise StoreFailed(
            f"Less than {(size + spare) >> 20} MB are free on the disk of the data folder.",
            advice="Make room and try again; nothing was changed, and what is there goes on answering.",
        )
