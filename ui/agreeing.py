"""What cannot be undone is asked for once more, of a person at a terminal."""

from __future__ import annotations

import sys

from rich.markup import escape

from assistant.errors import AttacheError
from ui.console import ERR

__all__ = ["agreed"]


def agreed(question: str) -> bool:
    """Ask, and tell whether the person wants it, having said so when not. Raises AttacheError where nobody can be asked."""
    if not sys.stdin.isatty():
        raise AttacheError("Nobody is there to confirm what cannot be undone.", advice="Add --yes.")
    ERR.print(f"{escape(question)} [c/k, y/n]", soft_wrap=True, end=" ")
    wanted = sys.stdin.readline().strip().casefold() in ("c", "có", "y", "yes")
    if not wanted:
        ERR.print("Không xóa gì. / Nothing was deleted.")
    return wanted
