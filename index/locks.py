"""Who reads a folder and who writes it: held so that nobody removes it, and in turns; the system lets go when a process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

__all__ = ["Hold", "SharedLocks", "Turns", "unheld"]


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


class Turns:
    """Many readers or one writer at a time in a folder, between processes and threads; who wants to write waits for no new reader.

    Two files are locked. Readers pass a door that they share and stay in a room that they share; a writer shuts the door, waits until the
    room is empty, and has it alone.
    """

    def __init__(self, folder: Path) -> None:
        self._door, self._room = folder / ".door", folder / ".room"

    def reading(self) -> AbstractContextManager[None]:
        """Read for the block, with others. Raises OSError."""
        return self._turn(fcntl.LOCK_SH)

    def writing(self) -> AbstractContextManager[None]:
        """Write for the block, alone. Raises OSError."""
        return self._turn(fcntl.LOCK_EX)

    @contextmanager
    def _turn(self, how: int) -> Iterator[None]:
        """Pass the door and be in the room for the block; the door is let go of once one is inside."""
        with _locked(self._door, how):
            inside = _lock(self._room, how)
        try:
            yield
        finally:
            os.close(inside)


def _lock(path: Path, how: int) -> int:
    """Lock a file, made when it is not there, and return what must be closed to let go."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, how)
    except BaseException:  # whatever broke the waiting off, the file must not stay open
        os.close(file)
        raise
    return file


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    """Lock a file for the block."""
    file = _lock(path, how)
    try:
        yield
    finally:
        os.close(file)


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
