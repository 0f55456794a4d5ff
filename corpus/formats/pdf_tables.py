"""Ruled tables on a printed page: where ruled lines cross, they make a grid, and words fall into its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf_words import Rule, Word
from corpus.source import Box

__all__ = ["Grid", "find_grids"]

_NEAR = 3.0
_MOST_RULES = 3000


@dataclass(frozen=True, slots=True)
class Grid:
    """The upright and the level lines of one table, at least two columns wide; the uprights with their extents."""

    columns: tuple[float, ...]
    levels: tuple[float, ...]
    uprights: tuple[Rule, ...]

    @property
    def box(self) -> Box:
        """The box of the whole table."""
        return self.columns[0], self.levels[0], self.columns[-1], self.levels[-1]

    def holds(self, word: Word) -> bool:
        """Tell whether a word stands in the table."""
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.columns[0] < x < self.columns[-1] and self.levels[0] < y < self.levels[-1]

    def rows(self, words: Sequence[Word]) -> Iterator[tuple[list[list[list[Word]]], Box]]:
        """Yield the cells of each row that holds a word, each cell as lines of words, and the row's box."""
        for top, bottom in pairwise(self.levels):
            row = [word for word in words if top < (word.top + word.bottom) / 2 <= bottom]
            if not row:
                continue
            middle = (top + bottom) / 2
            # a cell that spans columns has no upright line inside it
            edges = [x for x in self.columns[:-1] if any(abs(u.place - x) <= _NEAR and u.start <= middle <= u.end for u in self.uprights)]
            edges = edges or [self.columns[0]]
            cells: list[list[Word]] = [[] for _ in edges]
            for word in row:
                cells[max(0, bisect_right(edges, (word.left + word.right) / 2) - 1)].append(word)
            yield [_lines(cell) for cell in cells], (self.columns[0], top, self.columns[-1], bottom)


def _lines(words: list[Word]) -> list[list[Word]]:
    """Return the words of a cell in lines, in the order of the file."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and word.left >= lines[-1][-1].left and word.top < lines[-1][-1].bottom - 0.5 * word.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the tables that ruled lines make: groups of crossing lines with two columns or more."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    grids = []
    for group in _connected(rules):
        uprights = tuple(rule for rule in group if rule.upright)
        columns, levels = _places(uprights), _places([rule for rule in group if not rule.upright])
        if len(columns) >= 3 and len(levels) >= 2:
            grids.append(Grid(columns, levels, uprights))
    return grids


def _places(rules: Sequence[Rule]) -> tuple[float, ...]:
    """Return the places of lines, those near each other once."""
    places: list[float] = []
    for place in sorted(rule.place for rule in rules):
        if not places or place - places[-1] > _NEAR:
            places.append(place)
    return tuple(places)


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the lines in groups that cross or touch, or run on in one another."""
    root = list(range(len(rules)))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for one, first in enumerate(rules):
        for other in range(one):
            if find(one) != find(other) and _touch(first, rules[other]):
                root[find(one)] = find(other)
    groups: dict[int, list[Rule]] = {}
    for place, rule in enumerate(rules):
        groups.setdefault(find(place), []).append(rule)
    return list(groups.values())


def _touch(one: Rule, other: Rule) -> bool:
    """Tell whether two lines cross, touch, or lie on each other."""
    if one.upright == other.upright:
        return abs(one.place - other.place) <= _NEAR and one.start <= other.end + _NEAR and other.start <= one.end + _NEAR
    crosses = other.start - _NEAR <= one.place <= other.end + _NEAR
    return crosses and one.start - _NEAR <= other.place <= one.end + _NEAR
