"""`attache feedback export`: what users reported of answers, as case files for whoever measures."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from rich.markup import escape

from assistant.compose_history import open_history
from assistant.errors import NotSaved
from assistant.history.cases import case_lines
from assistant.settings import Settings
from ui.console import ERR, write

__all__ = ["feedback"]


def feedback(options: Namespace) -> int:
    """Write the reports as cases, one a line, to a file or to the output; returns the exit status."""
    kept = open_history(Settings.read())
    try:
        lines = case_lines(kept, options.user)
    finally:
        kept.close()
    if options.out:
        try:
            Path(options.out).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        except OSError as error:
            raise NotSaved(f"The cases {Path(options.out).name} cannot be written: {error.strerror or type(error).__name__}.") from error
    else:
        for line in lines:
            write(line)
    ERR.print(escape(f"{len(lines)} nhận xét / reports"))
    return 0
