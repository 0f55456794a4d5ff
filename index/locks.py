"""A folder held by those who read it, so that nobody removes it under them; the system lets go when a process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

__all__ = ["Hold", "SharedLocks", "unheld"]


class SharedLocks(Protocol):
    """Locks by name beyond one data folder."""

    def holding(self, name: str, seconds: float, busy: str) -> AbstractContextManager[None]:
        """Hold the lock of that name for the block; raises IndexBusy with the sentence `busy` after so many seconds."""
        ...


class Hold:
    """A shared hold on a folder, from its making until `release`. Raises OSError when there is no such folder."""

    def __init__(self, folder: Path) -> None:
        self._file: int | None = os.open(folder, os.O_RDONLY)
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go; a second time is no error."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextmanager
def unheld(folder: Path) -> Iterator[bool]:
    """Tell whether nobody holds the folder; while that is so, whoever comes waits until the end of the block."""
    try:
        file = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        yield True
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(file)
