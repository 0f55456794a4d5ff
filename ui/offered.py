"""What this distribution offers to the command line and the page by entry points, so that they know nothing of the benchmarks."""

from __future__ import annotations

from importlib import metadata
from typing import Any

__all__ = ["offered"]


def offered(group: str, name: str) -> Any | None:
    """Return what the entry point `name` of `group` in this distribution stands for, None where there is none."""
    try:
        found = metadata.distribution("digital-attache").entry_points.select(group=group, name=name)
    except metadata.PackageNotFoundError:
        return None
    return next(iter(found)).load() if found else None
