"""The words of a printed page put into lines in the order of reading: columns one after the other, ruled tables row by row.

A gutter is a white strip down two or more rows of print with enough words on both sides of it. What stands left of it is
read before what stands right of it; this also parts the two heads of a Vietnamese act (issuer and number, state and
date). Lists are safe: their numbers are too short to be a column. A table needs ruled lines to be known as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf_tables import Grid, find_grids
from corpus.formats.pdf_words import PageContent, Word
from corpus.source import Box, Line

__all__ = ["lines_of"]

_COLUMN_LETTERS = 7
_DEPTH = 4
_SURE = 8  # so many rows with words on both sides are columns of running text, not two heads side by side


@dataclass(slots=True)
class _Piece:
    """Words that stand close together on one row, or a whole table."""

    words: list[Word]
    left: float
    top: float
    right: float
    bottom: float
    grid: Grid | None = None

    @property
    def letters(self) -> int:
        """The number of its letters."""
        return sum(len(word.text) for word in self.words)


def lines_of(page: PageContent) -> list[Line]:
    """Return the printed lines of a page, in the order of reading."""
    grids = find_grids(page.rules)
    inside: dict[int, list[Word]] = {}
    free: list[Word] = []
    for word in page.words:
        place = next((i for i, grid in enumerate(grids) if grid.holds(word)), None)
        if place is None:
            free.append(word)
        else:
            inside.setdefault(place, []).append(word)
    pieces = list(_pieces(free))
    pieces += [_Piece(words, *grids[i].box, grids[i]) for i, words in inside.items()]
    return [line for block in _blocks(_rows(pieces), 0) for line in _print(block, page)]


def _pieces(words: Sequence[Word]) -> Iterator[_Piece]:
    """Yield the words in runs that no wide gap parts."""
    run: list[Word] = []
    for word in words:
        if run:
            before, size = run[-1], min(word.height, run[-1].height)
            level = min(word.bottom, before.bottom) - max(word.top, before.top) > 0.3 * size
            if not level or word.left < before.left or word.left - before.right > max(size, 4):
                yield _piece(run)
                run = []
        run.append(word)
        if word.breaks:
            yield _piece(run)
            run = []
    if run:
        yield _piece(run)


def _piece(words: list[Word]) -> _Piece:
    """Make a piece of words."""
    return _Piece(words, min(w.left for w in words), min(w.top for w in words), max(w.right for w in words), max(w.bottom for w in words))


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Return the pieces in rows from top to bottom, each from left to right."""
    rows: list[list[_Piece]] = []
    bounds: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.bottom):
        # the last rows are enough: pieces come by their middles
        for place in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            top, bottom = bounds[place]
            common = min(bottom, piece.bottom) - max(top, piece.top)
            single = piece.grid is None and rows[place][0].grid is None
            apart = all(piece.left >= p.right - 1 or piece.right <= p.left + 1 for p in rows[place])
            if single and apart and common > 0.5 * min(bottom - top, piece.bottom - piece.top):
                rows[place].append(piece)
                break
        else:
            rows.append([piece])
            bounds.append((piece.top, piece.bottom))
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _blocks(rows: list[list[_Piece]], depth: int) -> Iterator[list[list[_Piece]]]:
    """Yield the rows in blocks of one column each, in the order of reading."""
    plain: list[list[_Piece]] = []
    place = done = 0
    while place < len(rows):
        band = _band(rows, done, place) if depth < _DEPTH else None
        if band is None:
            plain.append(rows[place])
            place += 1
            continue
        start, end, gutter = band
        plain = plain[: len(plain) - (place - start)]
        if plain:
            yield plain
            plain = []
        for side in (0, 1):
            half = [[p for p in row if (p.left >= gutter) == bool(side)] for row in rows[start:end]]
            yield from _blocks([row for row in half if row], depth + 1)
        place = done = end
    if plain:
        yield plain


def _band(rows: list[list[_Piece]], first: int, place: int) -> tuple[int, int, float] | None:
    """Return the longest band of rows about `place`, not above `first`, that a gutter parts, and the gutter; None without one."""
    best: tuple[int, int, float] | None = None
    row = rows[place]
    for before, after in pairwise(row):
        low, high = before.right, after.left
        thick = min(before.bottom - before.top, after.bottom - after.top)
        if high - low < max(0.7 * thick, 5):
            continue
        end = place + 1
        while end < len(rows) and (narrowed := _narrow(rows[end], low, high, thick)):
            low, high = narrowed
            end += 1
        start = place
        while start > first and (narrowed := _narrow(rows[start - 1], low, high, thick)):
            low, high = narrowed
            start -= 1
        middle = (low + high) / 2
        end -= _loose_end(rows[start:end], middle)
        if end > place and _is_columns(rows[start:end], middle) and (best is None or end - start > best[1] - best[0]):
            best = (start, end, middle)
    return best


def _narrow(row: list[_Piece], low: float, high: float, thick: float) -> tuple[float, float] | None:
    """Return what a row leaves of a white strip, None when nothing as wide as a gutter."""
    for piece in row:
        if piece.grid is not None and piece.left < high and piece.right > low:
            return None
        if piece.right <= low or piece.left >= high:
            continue
        middle = (low + high) / 2
        if piece.right <= middle:
            low = piece.right
        elif piece.left >= middle:
            high = piece.left
        else:  # it may still stand on one side, with the strip narrowed
            if high - piece.right >= piece.left - low:
                low = piece.right
            else:
                high = piece.left
    return (low, high) if high - low >= max(0.7 * thick, 5) else None


def _loose_end(rows: list[list[_Piece]], gutter: float) -> int:
    """Return how many last rows stand on one side only and apart from those above: they follow the columns."""
    pairs = sum(len({piece.left >= gutter for piece in row}) == 2 for row in rows)
    most = 2.5 if pairs >= _SURE else 0.8
    for place in range(len(rows) - 1, 0, -1):
        sides = {piece.left >= gutter for piece in rows[place]}
        if len(sides) == 2:
            return 0
        above = [piece.bottom for row in rows[:place] for piece in row if {piece.left >= gutter} == sides]
        if not above or min(p.top for p in rows[place]) - max(above) > most * (rows[place][0].bottom - rows[place][0].top):
            return len(rows) - place
    return 0


def _is_columns(rows: list[list[_Piece]], gutter: float) -> bool:
    """Tell whether the rows hold running words on both sides of a gutter, at least twice."""
    sides: tuple[list[int], list[int]] = ([], [])
    for row in rows:
        for side in (0, 1):
            if letters := sum(p.letters for p in row if (p.left >= gutter) == bool(side)):
                sides[side].append(letters)
    both = sum(len({p.left >= gutter for p in row}) == 2 for row in rows)
    close = min(len(side) for side in sides) >= 2
    return both >= 1 and close and all(sum(side) >= _COLUMN_LETTERS * len(side) for side in sides)


def _print(rows: list[list[_Piece]], page: PageContent) -> Iterator[Line]:
    """Yield the lines of one column."""
    flat = [piece for row in rows for piece in row]
    left, right = min(p.left for p in flat), max(p.right for p in flat)
    # a line that stands alone is measured by the page
    axis = page.width / 2 if len(rows) == 1 else (left + right) / 2
    for row in rows:
        if row[0].grid is not None:
            yield from _print_grid(row[0].grid, row[0].words, page.number)
            continue
        words = [word for piece in row for word in piece.words]
        box: Box = (row[0].left, min(p.top for p in row), row[-1].right, max(p.bottom for p in row))
        middle, width = (box[0] + box[2]) / 2, box[2] - box[0]
        narrow = width < 0.9 * (right - left) or len(rows) == 1
        # the first line of a paragraph is set in on one side only, and in a narrow column that moves its middle little
        free = len(rows) == 1 or (box[0] - left > 12 and right - box[2] > 0.25 * (box[0] - left))
        centred = narrow and free and abs(middle - axis) < max(4.0, 0.02 * page.width)
        yield Line(_join(words), page.number, _rounded(box), bold=all(word.bold for word in words), centred=centred)


def _join(words: Sequence[Word]) -> str:
    """Return words as one line of text."""
    return " ".join(word.text for word in words)


def _rounded(box: Box) -> Box:
    """Return a box to a tenth of a point."""
    return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


def _print_grid(grid: Grid, words: Sequence[Word], page: int) -> Iterator[Line]:
    """Yield the rows of a ruled table."""
    for cells, box in grid.rows(words):
        texts = tuple("\n".join(_join(line) for line in cell) for cell in cells)
        inside = [word for cell in cells for line in cell for word in line]
        yield Line(" | ".join(t.replace("\n", " ") for t in texts), page, _rounded(box), bold=all(w.bold for w in inside), cells=texts)
