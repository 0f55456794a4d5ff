"""How the processes that open foreign files are started."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import corpus

__all__ = ["program_of"]


def program_of(module: str) -> tuple[list[str], Mapping[str, str]]:
    """Return the command that runs a module of this package, and the environment in which it is found."""
    paths = os.pathsep.join(filter(None, (str(Path(corpus.__file__).parents[1]), os.environ.get("PYTHONPATH"))))
    # -P: a folder full of foreign files may be the current one, and must not be where modules are looked for
    return [sys.executable, "-P", "-m", module], {**os.environ, "PYTHONPATH": paths}
