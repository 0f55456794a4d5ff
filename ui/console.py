"""Where commands print: for people on two consoles, for machines as plain UTF-8."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape

__all__ = ["ERR", "OUT", "complain", "write"]

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)


def complain(sentence: str, advice: str) -> None:
    """Print one clear line on the error stream, with the next step."""
    ERR.print(f"[bold red]attache:[/] {escape(sentence)} {escape(advice)}".rstrip(), soft_wrap=True)


def write(line: str) -> None:
    """Write a line for machines, unwrapped and unstyled, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()
