"""Sources for tests of legal structure, without the readers of files: one paragraph a line, marks of Markdown taken off."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.normalise import nfc
from corpus.regular.regular import regular
from corpus.source import Line, Source

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_RULE = re.compile(r"[-_*=\s]{3,}|[|:\-\s]+")
_WRAPPED = ("laws/", "244-2026")


def source_of(text: str) -> Source:
    """A source of the lines of a text; a line with bars is a row of a table."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Source("text", tuple(Line(line, cells=_cells(line)) for line in lines))


def official(path: Path) -> Source:
    """A source of one file of `../shared/official`, its front matter left out; lines broken by hand are joined."""
    text = _FRONT.sub("", nfc(path.read_text("utf-8")))
    found = [line for raw in text.split("\n") if (line := _line(raw.strip(), markdown=path.suffix == ".md"))]
    wrapped = any(mark in path.as_posix() for mark in _WRAPPED)
    source = Source("text", tuple(found), wrapped=wrapped)
    return regular(source) if wrapped else source


def _line(text: str, *, markdown: bool) -> Line | None:
    """A line without the marks of Markdown, None for rules and empty lines."""
    level = 0
    heading = re.match(r"(#+)\s+", text)
    if heading:
        level, text = len(heading[1]), text[heading.end() :]
    if not text or _RULE.fullmatch(text):
        return None
    if markdown and text.startswith("|"):
        cells = tuple(cell.strip().replace("*", "") for cell in text.strip("|").split("|"))
        return Line(" | ".join(cells), cells=cells)
    bold = text.startswith("**")
    if markdown:
        text = re.sub(r"^\*\s+", "", text.replace("**", "").strip())
        text = re.sub(r"(?<!\w)\*(\S.*?)\*", r"\1", text).rstrip("\\").strip("* ")
    return Line(text, level=level, bold=bold) if text else None


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a row written with bars."""
    return tuple(cell.strip() for cell in line.split(" | ")) if " | " in line else ()
