"""A whole data folder put in the place of another, so that a fall on the way loses neither.

    ATTACHE_HOME/
      restoring/new-…/      what is to come, made and checked beside what is there
      restoring/ready       from here on the swap goes through, whoever goes on with it
      restoring/old/        what was there, moved away piece by piece
      before-restore/       the same afterwards, until the next swap

Pieces are renamed within one folder, which may itself be a mount that nobody can rename.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from index.errors import StoreFailed
from index.home import Home

__all__ = ["BEFORE", "BOX", "discard", "finish_swap", "new_place", "swap"]

BOX, BEFORE = "restoring", "before-restore"
_READY, _EMPTIED, _NEW = "ready", "emptied", "new-"
_STAY = {BOX, BEFORE, "lock", "ingesting"}


def new_place(home: Home) -> Path:
    """Return an empty folder for what is to come; what an earlier try left there is removed. Raises OSError."""
    shutil.rmtree(home.root / BOX, ignore_errors=True)
    (home.root / BOX).mkdir(parents=True)
    return Path(mkdtemp(dir=home.root / BOX, prefix=_NEW))  # a name of its own: Chroma keeps in mind, for the life of a process, what lay at a path


def discard(home: Home) -> None:
    """Remove what was to come, unless its swap has begun."""
    if not (home.root / BOX / _READY).exists():
        shutil.rmtree(home.root / BOX, ignore_errors=True)


def swap(home: Home) -> None:
    """Put what lies in the new place in the place of everything; the caller holds the writer's lock. Raises StoreFailed."""
    try:
        (home.root / BOX / _READY).touch()
        _go_on(home.root)
    except OSError as error:
        raise StoreFailed("The restored data folder could not be put in its place.", advice="Start Attaché again: it goes on with it.") from error


def finish_swap(home: Home) -> None:
    """Go on with a swap that a fall interrupted, if there is one; waits while another process is at it. Raises StoreFailed, IndexBusy."""
    if (home.root / BOX / _READY).exists():
        with home.writing():
            if (home.root / BOX / _READY).exists():
                swap(home)


def _go_on(root: Path) -> None:
    """Do what is left of a swap; every step may be done twice."""
    box = root / BOX
    old = box / "old"
    if not (box / _EMPTIED).exists():
        old.mkdir(exist_ok=True)
        for one in list(root.iterdir()):
            if one.name not in _STAY:
                os.rename(one, old / one.name)
        (box / _EMPTIED).touch()
    for one in [one for place in box.glob(f"{_NEW}*") for one in place.iterdir()]:
        if one.name not in _STAY:
            os.rename(one, root / one.name)
    if old.exists():
        shutil.rmtree(root / BEFORE, ignore_errors=True)
        os.rename(old, root / BEFORE)
    (box / _READY).unlink()  # before all else: without it the rest is only in the way
    shutil.rmtree(box, ignore_errors=True)
