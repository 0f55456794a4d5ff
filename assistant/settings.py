"""Settings: read once from the environment, unknown names refused, nothing built."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from assistant.errors import BadSettings

__all__ = ["Settings"]

_KNOWN = ("ATTACHE_HOME", "ATTACHE_ENCODER", "ATTACHE_DATABASE", "ATTACHE_LIBRARY", "ATTACHE_MODEL")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set.

    `home` is the data folder, `encoder` a local sentence-transformers folder (None: the bundled one), `database` an
    SQLAlchemy URL (None: SQLite in the data folder), `library` the folder of digests (None: the bundled one), `model` the
    answer generator.
    """

    home: Path
    encoder: Path | None = None
    database: str | None = None
    library: Path | None = None
    model: str = "extractive"

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; raises BadSettings for an ATTACHE_ variable that means nothing."""
        given = {k: v for k, v in (os.environ if environment is None else environment).items() if k.startswith("ATTACHE_") and v}
        for name in given:
            if name not in _KNOWN:
                raise BadSettings(f"{name} is no setting; known are {', '.join(_KNOWN)}.")

        def path(name: str) -> Path | None:
            return Path(given[name]).expanduser() if name in given else None

        return cls(
            home=path("ATTACHE_HOME") or Path(platformdirs.user_data_dir("attache")),
            encoder=path("ATTACHE_ENCODER"),
            database=given.get("ATTACHE_DATABASE"),
            library=path("ATTACHE_LIBRARY"),
            model=given.get("ATTACHE_MODEL", "extractive"),
        )
