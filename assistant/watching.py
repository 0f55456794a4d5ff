"""Folders watched: what comes, changes or goes is taken in, once nothing more is written to it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

from assistant.compose import IngestReport, ingest_paths
from assistant.errors import BadSettings
from assistant.intake import Wishes
from assistant.settings import Settings
from corpus.errors import NothingRead
from corpus.folders import passed_over

__all__ = ["watch_folders"]

QUIET = 1.0
"""For how many seconds nothing may be written to a file before it is taken in."""
_PATIENCE = 600.0
Progress = Callable[[str, int, int], None]


def watch_folders(
    settings: Settings, folders: Sequence[Path], *, stop: Event, progress: Progress | None = None, wishes: Wishes | None = None
) -> Iterator[IngestReport]:
    """Take folders in, then again after every change until `stop` is set; yields a report a time.

    A file is left alone while its size or time changes, so that none is taken in half copied. A time at which nothing could be
    read gives a report of what failed. Raises BadSettings when a path is no folder or cannot be watched.
    """
    from watchfiles import watch

    for folder in folders:
        if not folder.is_dir():
            raise BadSettings(f"{folder} is no folder, and only folders can be watched.", advice="Leave out --watch, or give its folder.")
        if settings.home.resolve().is_relative_to(folder.resolve()):
            raise BadSettings(f"The data folder {settings.home} lies in {folder}.", advice="Watch another folder, or set ATTACHE_HOME.")
    # The watch stands before the first taking in, so that what comes meanwhile is not missed.
    changes = watch(*folders, stop_event=stop, debounce=400, rust_timeout=500, yield_on_timeout=True)
    try:
        next(changes, None)
        yield _taken(settings, folders, stop, progress, wishes)
        for change in changes:
            if any(_counts(Path(path), folders) for _, path in change):
                yield _taken(settings, folders, stop, progress, wishes)
    except OSError as error:
        raise BadSettings(f"The folders cannot be watched: {error.strerror or error}.", advice="Check that they may be read.") from error


def _counts(path: Path, folders: Sequence[Path]) -> bool:
    """Tell whether a changed path is one that would be taken in, or a file of corrections."""
    inside = [path.relative_to(folder.resolve()) for folder in folders if path.is_relative_to(folder.resolve())]
    return any(not passed_over(place) or (place.name.endswith(".yaml") and not passed_over(place.with_suffix(""))) for place in inside)


def _taken(settings: Settings, folders: Sequence[Path], stop: Event, progress: Progress | None, wishes: Wishes | None) -> IngestReport:
    """Wait until nothing is written any more, then take the folders in."""
    _settle(folders, stop)
    if stop.is_set():
        return IngestReport()
    try:
        return ingest_paths(settings, folders, progress, wishes)
    except NothingRead as error:
        return IngestReport(failed=tuple(fault for fault in error.failed if fault.reason != "there is no file in this folder"))


def _settle(folders: Sequence[Path], stop: Event) -> None:
    """Return when size and time of all files have stayed the same for a while, or after ten minutes of change."""
    end = time.monotonic() + _PATIENCE
    before = _sizes(folders)
    while not stop.wait(QUIET) and time.monotonic() < end:
        now = _sizes(folders)
        if now == before:
            return
        before = now


def _sizes(folders: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """Return size and time of every file below the folders."""
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(parent, name)
                try:
                    stat = os.stat(path)
                except OSError:  # it went away between the two looks
                    continue
                found[path] = stat.st_size, stat.st_mtime_ns
    return found
