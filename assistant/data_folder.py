"""The data folder as everybody needs it: there, and open to writing."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.errors import BadSettings

__all__ = ["made"]


def made(home: Path) -> Path:
    """Make a data folder where there is none and return it. Raises BadSettings when it cannot be made or may not be written to.

    Even an answer writes: conversations, and the files beside a database by which its readers and writers keep out of each other's way.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(f"The data folder {home} cannot be made.", advice="Point ATTACHE_HOME at another folder.") from error
    if not os.access(home, os.W_OK | os.X_OK):
        advice = "Make it open to writing, or copy it and point ATTACHE_HOME at the copy; what is in it stays as it is."
        raise BadSettings(f"The data folder {home} may only be read, and Attaché writes there even to answer.", advice=advice)
    return home
