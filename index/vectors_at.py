"""Where the vectors of a generation lie when not in its folder: on a Chroma server, as a file in the folder says."""

from __future__ import annotations

import json
from pathlib import Path

from index.errors import StoreFailed
from index.files import put

__all__ = ["serve_at", "served_at"]

_NAME = "vectors.json"


def serve_at(folder: Path, url: str, encoder: str) -> None:
    """Write down that the vectors of a generation lie on the server at `url`, made by the encoder of that fingerprint. Raises OSError."""
    put(folder / _NAME, json.dumps({"url": url, "encoder": encoder}))


def served_at(folder: Path) -> tuple[str, str] | None:
    """Return the server and the encoder of a generation's vectors, None when they lie in its folder. Raises StoreFailed."""
    try:
        said = json.loads((folder / _NAME).read_text("utf-8"))
        return str(said["url"]), str(said["encoder"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreFailed(f"It cannot be read where the vectors of generation {folder.name} lie.") from error
