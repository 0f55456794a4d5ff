"""The file of fitted weights: each fitting script writes its own parts and leaves the others as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["keep"]


def keep(path: Path, parts: Mapping[str, Any]) -> dict[str, Any]:
    """Write the parts into the file beside what is there, and return all of it."""
    fitted: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    fitted.update(parts)
    path.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")
    return fitted
