"""Pieces: the paragraphs of a source with their place in the whole text, parted where one line holds several.

The whole text is all lines of the source joined by line breaks. Headers and footers are passed over; footnotes and
quoted words are inert, which means that they open nothing. Marks that programs leave (`## `, `[Khoản 2 Điểm a]`, `Chương I |
None | Điều 2.`) are furniture: they part pieces and are no words of the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.legal.quotes import quoted
from corpus.source import Line, Source

__all__ = ["Piece", "pieces"]

_MARK = re.compile(r"^\[\s*(?:Khoản\s+[^\]]*?)?(?:Điểm\s+[^\]]*?)?\]\s*", re.I)
_HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
_CRUMB = re.compile(r"\s+\|\s+")
_CHAPTER = re.compile(r"^(?:chương|phần|chapter|part)\s+[IVXLC\d]+$", re.I)
_ARTICLE = re.compile(r"^(?:điều|article)\s+\d", re.I)
_LONE = re.compile(r"^(?:(?:chương|phần|mục|tiểu mục|phụ lục|chapter|part|section|annex|điều|article)|\d{1,3}\s*[.)]|[a-zđ]\s*\))$", re.I)
_LABEL = re.compile(r"^(?:[IVXLC]+|\d+[a-z]?)\.?$")
_DIRECT = re.compile(r"^(?:điều|article)\s+\d+[a-zđ]?\s*[.:]\s+(?=1\s*[.)]\s)", re.I)
_LONG = 200
_FIRST = re.compile(r"(?<=\S)\s+1\s*[.,]\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a part of one: its words, where they stand in the whole text, and the line they come from."""

    text: str
    start: int
    end: int
    line: Line
    inert: bool = False


def pieces(source: Source) -> tuple[Piece, ...]:
    """Return the pieces of a source in its order; nothing but furniture is left out."""
    parted = [part for piece in _mended(_of_lines(source)) for part in _parted(piece)]
    inside = quoted([piece.text for piece in parted])
    return tuple(replace(piece, inert=True) if hidden else piece for piece, hidden in zip(parted, inside, strict=True))


def _of_lines(source: Source) -> Iterator[Piece]:
    """Yield one piece a line that is seen on the page and belongs to the text."""
    at = 0
    for line in source.lines:
        text = line.text.strip()
        start = at + len(line.text) - len(line.text.lstrip())
        at += len(line.text) + 1
        hashes = _HASHES.match(text)
        if hashes and not line.cells:
            text, start = text[hashes.end() :], start + hashes.end()
            line = replace(line, level=line.level or len(hashes[1]))
        mark = _MARK.match(text)
        if mark:
            text, start = text[mark.end() :], start + mark.end()
        if text and line.aside not in ("header", "footer"):
            yield Piece(text, start, start + len(text), line, inert=bool(line.aside))


def _mended(found: Iterator[Piece]) -> Iterator[Piece]:
    """Join a label that stands alone in its line (`1.`, `Chương`) with the line after it."""
    held: Piece | None = None
    for piece in found:
        if held is None:
            held = piece
        elif _belongs(held, piece):
            glue = "" if piece.text == "." else " "
            held = Piece(held.text + glue + piece.text, held.start, piece.end, held.line, held.inert)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _belongs(held: Piece, piece: Piece) -> bool:
    """Tell whether `held` is a label without its words, and `piece` goes on with it."""
    if held.line.cells or piece.line.cells or held.inert or piece.inert:
        return False
    if held.text.isdigit():
        return piece.text == "."
    if not _LONE.match(held.text):
        return False
    return bool(_LABEL.match(piece.text)) if held.text[0].isalpha() and len(held.text) > 2 else not _LABEL.match(piece.text)


def _parted(piece: Piece) -> Iterator[Piece]:
    """Yield the parts of a line that holds a trail of headings, or an article with its clauses."""
    if piece.line.cells or piece.inert:
        yield piece
    elif " | " in piece.text and _CHAPTER.match(_CRUMB.split(piece.text)[0]) and any(map(_ARTICLE.match, _CRUMB.split(piece.text))):
        bounds = [0, *(place for match in _CRUMB.finditer(piece.text) for place in match.span()), len(piece.text)]
        crumbs = (_cut(piece, a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True))
        yield from (crumb for crumb in crumbs if crumb.text not in ("None", "null"))
    elif direct := _DIRECT.match(piece.text):
        yield _cut(piece, 0, direct.end())
        yield _cut(piece, direct.end(), len(piece.text))
    elif len(piece.text) > _LONG and _ARTICLE.match(piece.text):
        yield from _clauses(piece)
    else:
        yield piece


def _clauses(piece: Piece) -> Iterator[Piece]:
    """Part an article that was printed as one line before each of its clauses 1, 2, 3 … in turn."""
    label = _ARTICLE.match(piece.text)
    first = _FIRST.search(piece.text, label.end() if label else 0, _LONG)
    bounds = [0]
    while first:
        bounds.append(first.end() - len(first.group().lstrip()))
        following = re.compile(rf"(?<=[.;:”_])[\s_]+{len(bounds)}\s*[.,]\s+(?=[^\W\d_])")
        first = following.search(piece.text, bounds[-1])
    yield from (_cut(piece, a, b) for a, b in zip(bounds, [*bounds[1:], len(piece.text)], strict=True))


def _cut(piece: Piece, start: int, end: int) -> Piece:
    """Return a part of a piece without the white space around it."""
    words = piece.text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return replace(piece, text=words, start=piece.start + start, end=piece.start + start + len(words))
