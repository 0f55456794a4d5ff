"""The limits of a question as the browser sends them, made safe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.bounds import Bounds

__all__ = ["read_limits"]

_MOST = 20
_LONGEST = 300


def read_limits(data: object, day: date) -> Bounds:
    """Return the limits of what an event carried; what makes no sense limits nothing. `day` is that of which a document must be in force."""
    given: Mapping[str, object] = data if isinstance(data, Mapping) else {}
    years = tuple(int(year) for year in re.findall(r"(?<!\d)[12]\d{3}(?!\d)", _words(given, "years")))[:_MOST]
    return Bounds(
        _parts(given, "documents"), _parts(given, "issuers"), (), years, day if given.get("in_force") is True else None,
    )  # fmt: skip


def _words(given: Mapping[str, object], name: str) -> str:
    """Return the words of a field, cut to size."""
    value = given.get(name)
    return value.encode("utf-8", "replace").decode()[:_LONGEST] if isinstance(value, str) else ""


def _parts(given: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return what stands between commas and semicolons."""
    return tuple(part.strip() for part in re.split(r"[,;\n]", _words(given, name)) if part.strip())[:_MOST]
