"""Official texts brought onto this machine: the one thing that opens a connection, and only when a person asks for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.errors import BadSettings
from assistant.settings import Settings
from corpus.bundle import LIBRARY
from corpus.fetch import Fetched, fetch
from corpus.official import MANIFEST, read_manifest

__all__ = ["Fetched", "fetch_official", "official_folder", "official_hosts"]


def official_folder(settings: Settings) -> Path:
    """Return the folder into which official texts are fetched."""
    return settings.home / "official"


def official_hosts(settings: Settings) -> tuple[str, ...]:
    """Return the hosts that `fetch_official` speaks to, by name; raises BadLibraryFile when the library has no sound manifest."""
    return tuple(sorted(read_manifest(_manifest(settings)).hosts))


def fetch_official(
    settings: Settings,
    *,
    again: bool = False,
    accept: bool = False,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> tuple[Fetched, ...]:
    """Download the official texts of the library's manifest; returns what became of each.

    With `again` those too that are there, to be compared; with `accept` a changed one takes the place of the first. Raises BadLibraryFile,
    CorpusError when the list of what was fetched cannot be read, BadSettings when the data folder cannot be written.
    """
    manifest = read_manifest(_manifest(settings))
    try:
        return fetch(manifest, official_folder(settings), again=again, accept=accept, progress=progress)
    except OSError as error:
        raise BadSettings(f"The folder {official_folder(settings)} cannot be written.", advice="Point ATTACHE_HOME at another folder.") from error


def _manifest(settings: Settings) -> Path:
    """Return the manifest of the library that is in use."""
    return (settings.library or LIBRARY) / MANIFEST.name
