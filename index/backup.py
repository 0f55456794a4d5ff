"""The data folder saved to one file while it serves, and what of it is saved: all that cannot be made again.

Left out are the caches, which are made again from the catalogue, and what lives no longer than a process. Databases are copied as they
are at one moment. Nobody takes files in meanwhile, so that catalogue and originals agree; questions are answered.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.archive import Contents, write_archive
from index.errors import BadBackup, StoreFailed
from index.files import copy_database, is_whole
from index.home import Home
from index.swapping import BEFORE, BOX

__all__ = ["databases", "is_saved", "save"]

_NOT_SAVED = frozenset({"generations", "corpora", "current", "lock", "ingesting", "gradio", BOX, BEFORE})
_PASSING = ("-wal", "-shm", "-journal", ".new", ".lock")
_MAGIC = b"SQLite format 3\x00"


def save(home: Home, target: Path, about: Mapping[str, Any]) -> Contents:
    """Write all that cannot be made again to one new file. Raises BadBackup, StoreFailed, IndexBusy."""
    if target.exists():
        raise BadBackup(f"{target} is there already.", advice="Name a file that is not there; a backup never takes the place of another.")
    try:
        if target.parent.resolve().is_relative_to(home.root.resolve()):
            raise BadBackup(f"{target} lies in the data folder.", advice="Name a file outside of it, best on another disk.")
        with home.ingesting(), TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as passing:
            return write_archive(target, _files(home.root, Path(passing)), about)
    except OSError as error:
        raise StoreFailed(
            f"The backup cannot be written ({error.strerror or error}).", advice="Make sure that its folder is there and has room."
        ) from error
    except sqlite3.Error as error:
        raise StoreFailed("A database of the data folder cannot be copied.", advice="Look at `attache index verify`, and try again.") from error


def is_saved(name: str) -> bool:
    """Tell whether a file of the data folder, by its path there, belongs into a backup."""
    parts = Path(name).parts
    return parts[0] not in _NOT_SAVED and not parts[-1].endswith(_PASSING) and not parts[-1].startswith("new-")


def _files(root: Path, passing: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files to be saved, databases as copies of one moment, the catalogue first; a copy is gone when the next is asked for."""
    found = sorted(_below(root), key=lambda name: (name != "catalogue.sqlite", name))
    for name in found:
        path = root / name
        if _is_database(path):
            copy = passing / "copy"
            copy_database(path, copy)
            yield name, copy
            copy.unlink()
        else:
            yield name, path


def _below(root: Path) -> Iterator[str]:
    """Yield the paths of the files to be saved; links are not followed."""
    for parent, folders, names in os.walk(root):
        here = Path(parent).relative_to(root)
        folders[:] = [name for name in folders if (here / name).parts[0] not in _NOT_SAVED]
        for name in names:
            path = here / name
            if is_saved(path.as_posix()) and (root / path).is_file() and not (root / path).is_symlink():
                yield path.as_posix()


def _is_database(path: Path) -> bool:
    """Tell whether a file is an SQLite database."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def databases(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Yield the databases below a folder, each with whether it is whole."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _is_database(path):
            yield path, is_whole(path)
