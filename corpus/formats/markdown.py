"""Markdown: its lines without its marks. A line of the file stays a line, for acts kept as Markdown put each point on one.

The printed numbers of lists are kept as they are written, not counted anew; a dash before an item stays too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.errors import Unreadable
from corpus.formats.html import html_lines
from corpus.formats.plain import broken_by_hand, decode
from corpus.source import Line, Source

__all__ = ["read_markdown"]

_FRONT = re.compile(r"\A---[ \t]*\n(?P<matter>(?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TITLE = re.compile(r"^title[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.M | re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)


def read_markdown(data: bytes, path: Path) -> Source:
    """Return the lines of a Markdown file; the title is the one of its front matter. Raises Unreadable."""
    from markdown_it import MarkdownIt

    text = decode(data, path).replace("\r\n", "\n").replace("\r", "\n")
    title = ""
    if front := _FRONT.match(text):
        found = _TITLE.search(front["matter"])
        title, text = found.group(1) if found else "", text[front.end() :]
    # no rule that would take text away or make a heading of what stands above a row of dashes
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").disable(["code", "reference", "lheading"])
    lines = _lines(parser.parse(text), path)
    if not any(line.text for line in lines):
        raise Unreadable(path, "there is no text in it")
    return Source("markdown", tuple(lines), wrapped=broken_by_hand([line.text for line in lines if not line.cells]), title=title)


def _lines(tokens: Sequence[Any], path: Path) -> list[Line]:
    """Return the lines of parsed Markdown."""
    lines: list[Line] = []
    label, level = "", 0
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "list_item_open":
            label = token.info + token.markup
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            lines.append(Line(" | ".join(cell.replace("\n", " ") for cell in cells), cells=tuple(cells)))
            cells = None
        elif token.type == "inline":
            written, bold = _inline(token.children or ())
            if cells is not None:
                cells.append(written)
                continue
            for part in written.split("\n"):
                lines.append(Line(f"{label} {part.strip()}".strip(), level=level, bold=bold, label=label))
                label = ""
        elif token.type == "html_block":
            lines += html_lines(token.content, path)[0]
        elif token.type in ("fence", "code_block"):
            lines += [Line(part.rstrip()) for part in token.content.split("\n") if part.strip()]
        if token.type in ("paragraph_close", "heading_close") and not (token.level and lines and lines[-1].cells):
            lines.append(Line(""))
    return lines


def _inline(tokens: Sequence[Any]) -> tuple[str, bool]:
    """Return the text of a run of inline Markdown, its line breaks kept, and whether all of it is bold."""
    pieces: list[str] = []
    strong, all_bold = 0, True
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong += 1 if token.nesting > 0 else -1
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif token.type == "html_inline":
            # a tag is no text, yet `<5 tỷ>` may look like one only to a person: what is no known tag is kept
            pieces.append("\n" if _BREAK.match(token.content) else "" if re.match(r"</?[a-zA-Z][\w-]*[\s/>]|<!--", token.content) else token.content)
        elif token.content:
            pieces.append(token.content)
            all_bold = all_bold and (strong > 0 or not token.content.strip())
    text = "".join(pieces)
    return text, bool(text.strip()) and all_bold
