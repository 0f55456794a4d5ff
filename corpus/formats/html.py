"""Web pages: their visible text block by block, with headings, tables and what is centred or bold.

lxml parses, as forgiving as a browser; the blocks are walked here. An extractor that guesses which part of a page is the
article (trafilatura 2.3) lost words of the same law in two of four ways of marking it up, 0.2 % and 4.1 % of its letters,
both heads of the act among them, and says of no line that it is bold or centred. So all text is kept but menus and the
like, which say themselves what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import Fault, Unreadable
from corpus.formats.plain import decode
from corpus.normalise import nfc
from corpus.source import Line, Source

__all__ = ["html_lines", "read_html"]

_SKIPPED = frozenset(
    "script style noscript template head title meta link svg math canvas iframe object embed audio video picture source "
    "nav button select option input textarea label form datalist dialog".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "hgroup hr html li main ol p pre section summary table tbody tfoot thead tr td th ul caption".split()
)
_ROLES = frozenset(("navigation", "banner", "search", "menu", "menubar", "contentinfo"))
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_INVISIBLE = (
    (re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.I), "marked as hidden"),
    (re.compile(r"font-size\s*:\s*(?:0(?:\.\d+)?|1)(?:px|pt)?\s*(?:;|!|$)", re.I), "of one point or less"),
    (re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{4,}", re.I), "outside the page"),
)
_WHITE = re.compile(r"(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?|white|rgb\(255,\s*255,\s*255\))\s*(?:;|!|$)", re.I)
_GROUND = re.compile(r"background", re.I)
_DEPTH = 150


@dataclass(slots=True)
class _Walk:
    """A page being walked: the block that is being filled, the lines done, and what nobody can see."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)

    def end(self, level: int = 0, centred: bool = False, label: str = "", aside: str = "") -> None:
        """End the block: what was collected becomes lines, one for each that the page breaks by hand."""
        text = "".join(piece for piece, _ in self.pieces)
        seen = [bold for piece, bold in self.pieces if piece.strip()]
        self.pieces = []
        for part in text.split("\n"):
            if written := " ".join(part.split()):
                written, label, mark = (f"{label} {written}" if label else written), "", label
                self.lines.append(Line(nfc(written), level=level, bold=all(seen), centred=centred, label=mark, aside=aside))


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element inherits."""

    bold: bool = False
    centred: bool = False
    level: int = 0
    verbatim: bool = False
    ground: bool = False
    depth: int = 0
    aside: str = ""


def read_html(data: bytes, path: Path) -> Source:
    """Return the lines of a web page; raises Unreadable when there is none in it."""
    lines, title, hidden = html_lines(decode(data, path, declared=True), path)
    faults = tuple(Fault(path.name, f"{count} characters that nobody can see were left out: {why}") for why, count in hidden.items())
    if not lines:
        raise Unreadable(path, f"nobody can see its text ({next(iter(hidden))})" if hidden else "there is no text in it")
    return Source("html", tuple(lines), title=title, faults=faults)


def html_lines(text: str, path: Path) -> tuple[list[Line], str, dict[str, int]]:
    """Return the lines of a web page's text, its title, and the number of characters hidden by each reason."""
    from lxml import etree
    from lxml import html as parser

    # a page that declares an encoding is already decoded; lxml refuses such a declaration in a text
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    try:
        # libxml2 counts on bytes: given text, it would copy it several times over
        root = parser.document_fromstring(text.encode("utf-8", "replace"), parser=parser.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(path, "there is no text in it") from error
    title = " ".join((root.findtext(".//title") or "").split())
    walk = _Walk()
    _element(root, walk, _Context())
    walk.end()
    return walk.lines, nfc(title), walk.hidden


def _element(element: Any, walk: _Walk, context: _Context) -> None:
    """Walk one element, its tail left to the caller."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _SKIPPED or element.get("role") in _ROLES:
        return
    if context.depth > _DEPTH:
        _flat(element, walk, context)
        return
    style = element.get("style") or ""
    if why := _invisible(element, style, context):
        count = sum(not c.isspace() for piece in element.itertext() for c in piece)
        if count:
            walk.hidden[why] = walk.hidden.get(why, 0) + count
        return
    if tag == "br":
        walk.pieces.append(("\n", False))
        return
    inner = _inherit(element, tag, style, context)
    if tag == "table":
        walk.end(context.level, context.centred, aside=context.aside)
        _table(element, walk, inner)
        return
    block = tag in _BLOCKS
    if block:
        walk.end(context.level, context.centred, aside=context.aside)
    _contents(element, walk, inner)
    if block:
        walk.end(inner.level, inner.centred, _item_label(element) if tag == "li" else "", inner.aside)


def _flat(element: Any, walk: _Walk, context: _Context) -> None:
    """Take in the text of an element that is nested too deeply to walk, without its structure."""
    for inner in element.iter():
        if isinstance(inner.tag, str) and inner.tag not in _SKIPPED:
            _text(inner.text, walk, context)
        if inner is not element:
            _text(f" {inner.tail or ''}", walk, context)


def _contents(element: Any, walk: _Walk, context: _Context) -> None:
    """Walk the text and the children of an element."""
    _text(element.text, walk, context)
    for inner in element:
        _element(inner, walk, context)
        _text(inner.tail, walk, context)


def _text(text: str | None, walk: _Walk, context: _Context) -> None:
    """Take text in; white space is a space except where the page says that it is laid out by hand."""
    if text:
        walk.pieces.append((text if context.verbatim else re.sub(r"[ \t\r\n\f\v]+", " ", text), context.bold))


def _inherit(element: Any, tag: str, style: str, context: _Context) -> _Context:
    """Return what the children of an element inherit."""
    align = (element.get("align") or "").lower()
    declared = tag == "center" or align == "center" or bool(_CENTRED.search(style))
    parent = element.getparent()
    furniture = tag if tag in ("header", "footer") and parent is not None and parent.tag == "body" else ""
    return _Context(
        bold=context.bold or tag in _BOLD or bool(_BOLD_STYLE.search(style)),
        centred=declared or (context.centred and align not in ("left", "right", "justify")),
        level=int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else context.level,
        verbatim=context.verbatim or tag == "pre",
        ground=context.ground or bool(_GROUND.search(style)) or element.get("bgcolor") is not None,
        depth=context.depth + 1,
        aside=context.aside or furniture,
    )


def _invisible(element: Any, style: str, context: _Context) -> str:
    """Return why nobody can see an element, empty when it can be seen."""
    if element.get("hidden") is not None:
        return "marked as hidden"
    if not style:
        return ""
    for pattern, why in _INVISIBLE:
        if pattern.search(style):
            return why
    return "white on white" if _WHITE.search(style) and not context.ground and not _GROUND.search(style) else ""


def _item_label(element: Any) -> str:
    """Return the number or letter that a browser prints before an item of an ordered list."""
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start") or "1"
    number = int(start) if start.lstrip("-").isdigit() else 1
    for other in parent.iterchildren("li"):
        own = other.get("value") or ""
        number = int(own) if own.isdigit() else number
        if other is element:
            break
        number += 1
    return {"a": _letter(number), "A": _letter(number).upper()}.get(parent.get("type") or "1", str(number)) + "."


def _letter(number: int) -> str:
    """Return the letter of a number, the number itself beyond z."""
    return chr(96 + number) if 0 < number <= 26 else str(number)


def _table(table: Any, walk: _Walk, context: _Context) -> None:
    """Walk a table: each row a line; a table of one column, or with a table inside, only frames its text."""
    rows = list(_rows(table))
    framed = next(table.iterdescendants("table"), None) is not None
    if framed or all(len(row) <= 1 for row in rows):
        for row in rows:
            for cell in row:
                _element(cell, walk, context)
                walk.end(context.level, context.centred)
        return
    for caption in table.iterchildren("caption"):
        _element(caption, walk, context)
    for row in rows:
        cells = []
        inside: list[Line] = []
        for cell in row:
            part = _Walk(hidden=walk.hidden)
            _element(cell, part, context)
            part.end()
            inside += part.lines
            cells.append("\n".join(line.text for line in part.lines))
        if inside:
            text = " | ".join(cell.replace("\n", " ") for cell in cells)
            bold, centred = all(line.bold for line in inside), all(line.centred for line in inside)
            walk.lines.append(Line(text, bold=bold, centred=centred, cells=tuple(cells), aside=context.aside))


def _rows(table: Any) -> Iterator[list[Any]]:
    """Yield the cells of each row of a table, not those of tables inside it."""
    for part in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        for row in [part] if part.tag == "tr" else part.iterchildren("tr"):
            yield list(row.iterchildren("td", "th"))
