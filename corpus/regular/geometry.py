"""Where a line of print ends and begins: was it full, is it set in, is there a gap before it.

With boxes a line is measured against its column (the lines of the page that stand above each other), without them by the number of its
characters against the usual full line of the text.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from corpus.source import Box, Line

__all__ = ["Measure"]

_SET_IN = 8.0  # points from which a first line is set in
_INDENTS = 0.1  # of the lines set in, from which that is how the print marks paragraphs
_GAP = 1.7  # line heights from which a gap parts paragraphs


@dataclass(frozen=True, slots=True)
class _Column:
    """The edges of a column of print and the usual distance between the tops of its lines."""

    left: float
    right: float
    pitch: float


class Measure:
    """Measures the lines of one source."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        lengths = sorted(len(line.text.strip()) for line in lines if line.text.strip() and not line.cells)
        # a few lines may stick out; the usual full line is what nine of ten do not pass, if the rest pass it by a word
        usual = lengths[len(lengths) * 9 // 10] if lengths else 0
        self._width = lengths[-1] if lengths and lengths[-1] <= usual * 1.15 else usual
        self._columns = _columns(lines)
        self.sets_in = sum(map(self.is_set_in, range(len(lines)))) > _INDENTS * len(self._columns) > 0
        """Whether this print sets in the first line of its paragraphs, so that a line that is not goes on with one."""

    def is_full(self, at: int) -> bool:
        """Tell whether the first word of line `at + 1` would not have fitted on line `at`, so that the break says nothing."""
        line, word = self._lines[at], self._lines[at + 1].text.split(maxsplit=1)[:1]
        column = self._columns.get(at)
        if column and line.box:
            character = (line.box[2] - line.box[0]) / max(1, len(line.text))
            return line.box[2] + (len(word[0]) + 1 if word else 0) * character > column.right
        return len(line.text.strip()) + 1 + (len(word[0]) if word else 0) > self._width

    def is_long(self, at: int) -> bool:
        """Tell whether line `at` fills more than half of the width, as a line of a broken paragraph does."""
        line, column = self._lines[at], self._columns.get(at)
        if column and line.box:
            return line.box[2] - column.left > 0.55 * (column.right - column.left)
        return len(line.text.strip()) > 0.55 * self._width

    def is_set_in(self, at: int) -> bool:
        """Tell whether line `at` begins farther right than its column does and reaches its right edge."""
        line, column = self._lines[at], self._columns.get(at)
        if column is None or not line.box or line.centred:
            return False
        return _SET_IN < line.box[0] - column.left < 0.25 * (column.right - column.left)

    def is_apart(self, at: int) -> bool:
        """Tell whether there is more than a line's distance between line `at` and the one before it, in one column."""
        line, before, column = self._lines[at], self._lines[at - 1], self._columns.get(at)
        if column is None or not line.box or not before.box or line.page != before.page:
            return False
        return line.box[1] - before.box[1] > _GAP * column.pitch

    def is_wrapped_back(self, at: int) -> bool:
        """Tell whether line `at` begins left of the line before it, as the second line of a paragraph set in does."""
        line, before = self._lines[at], self._lines[at - 1]
        return bool(line.box and before.box and before.box[0] - line.box[0] > _SET_IN)


def _columns(lines: Sequence[Line]) -> dict[int, _Column]:
    """Return the column of every line that has a box."""
    pages: dict[int | None, list[tuple[int, Box]]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.box and not line.cells:
            pages[line.page].append((at, line.box))
    columns: dict[int, _Column] = {}
    for found in pages.values():
        for group in _groups(found):
            boxes = [box for _, box in group]
            tops = sorted(box[1] for box in boxes)
            steps = [b - a for a, b in itertools.pairwise(tops) if b - a > 1]
            pitch = median_low(steps) if steps else 2 * (boxes[0][3] - boxes[0][1])
            column = _Column(min(box[0] for box in boxes), max(box[2] for box in boxes), pitch)
            columns |= {at: column for at, _ in group}
    return columns


def _groups(found: Sequence[tuple[int, Box]]) -> list[list[tuple[int, Box]]]:
    """Return the lines of a page by column: two columns when hardly any line crosses the middle of the print."""
    middle = (min(box[0] for _, box in found) + max(box[2] for _, box in found)) / 2
    left = [(at, box) for at, box in found if box[2] <= middle + 4]
    right = [(at, box) for at, box in found if box[0] >= middle - 4]
    crossing = [(at, box) for at, box in found if box[2] > middle + 4 and box[0] < middle - 4]
    if min(len(left), len(right)) >= 5 and len(left) + len(right) > 2 * len(crossing):
        return [group for group in (left, right, crossing) if group]
    return [list(found)]
