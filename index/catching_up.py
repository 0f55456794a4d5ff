"""The search structures of one data folder brought to a catalogue that other data folders write to.

Each worker keeps its own words (Tantivy) and limits; vectors may lie on a server that all share. What the catalogue knows and
this folder does not is written here, what it no longer knows goes, under the lock that all writers share.
"""

from __future__ import annotations

from pathlib import Path

from index.caches import Progress, is_unfinished
from index.catalogue import Catalogue
from index.embedding import Encoder
from index.errors import NoIndex, StaleIndex, StoreFailed
from index.files import put
from index.generation import regenerate
from index.home import Home
from index.mending import mend, swept

__all__ = ["catch_up"]

_STATE = "catalogue-state"


def catch_up(home: Home, catalogue: Catalogue, encoder: Encoder, progress: Progress | None = None) -> None:
    """Make the current generation hold what the catalogue knows now, or make one where there is none. Raises IndexBusy, StoreFailed."""
    if _holds(home, encoder) == catalogue.state():
        return
    with home.writing():
        state = catalogue.state()  # nobody changes it before the lock is given back
        if _holds(home, encoder) is None:
            regenerate(home, catalogue, encoder, progress)
        else:
            mend(home, catalogue, encoder, progress)
            swept(home.current(), catalogue, encoder, progress)
        documents, passages = catalogue.count()
        home.amend(documents=documents, passages=passages)
        try:
            put(home.current() / _STATE, state)
        except OSError as error:
            raise StoreFailed("The index cannot be written to.", advice="Make sure that the data folder has room and may be written to.") from error


def _holds(home: Home, encoder: Encoder) -> str | None:
    """Return the state of the catalogue that this folder holds, empty when it is not known, None without a generation for the encoder."""
    try:
        folder = home.current()
        if home.manifest(folder).refuses(encoder.fingerprint):
            return None
    except (NoIndex, StaleIndex):
        return None
    return "" if is_unfinished(folder) else _read(folder / _STATE)


def _read(path: Path) -> str:
    """Return the text of a small file, empty where there is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
