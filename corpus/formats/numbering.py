"""The numbers that Word counts by itself: they stand in no text of the file, yet “Điều 7.” is what a lawyer cites.

Works on the XML of `word/numbering.xml`; see ECMA-376 part 1, 17.9. Pictures as bullets become `•`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Numbering", "W", "attribute", "child", "count_label"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True))
_LEVELS = 9


def child(element: Any, name: str) -> Any:
    """Return the first child of that name in Word's main namespace, None when there is none."""
    return None if element is None else element.find(W + name)


def attribute(element: Any, name: str = "val") -> str | None:
    """Return an attribute of Word's main namespace."""
    return None if element is None else element.get(W + name)


def _number(element: Any, default: int) -> int:
    """Return an element's value as a number."""
    try:
        return int(attribute(element) or default)
    except ValueError:
        return default


def count_label(number: int, style: str) -> str:
    """Return `number` as Word writes it in a number format (`lowerLetter`, `upperRoman`, …), decimal for rare ones."""
    if style in ("none", "bullet"):
        return ""
    if style in ("lowerLetter", "upperLetter") and number > 0:
        # after z comes aa, then bb
        text = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if style == "upperLetter" else text
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text, rest = "", number
        for value, sign in _ROMAN:
            text += sign * (rest // value)
            rest %= value
        return text.upper() if style == "upperRoman" else text
    return f"{number:02d}" if style == "decimalZero" else str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list."""

    start: int
    style: str
    text: str
    suffix: str
    legal: bool
    restart: int | None
    paragraph_style: str | None


@dataclass(slots=True)
class _List:
    """A `w:num`: its levels, the counters it shares with others, and the levels that it starts anew."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of one document; ask in the order of the document."""

    def __init__(self, root: Any = None) -> None:
        self._lists: dict[str, _List] = {}
        if root is not None:
            self._lists = dict(self._read(root))

    def level_of_style(self, number: str, style: str | None) -> int:
        """Return the level that a list ties to a paragraph style, 0 when it ties none."""
        levels = self._lists[number].levels if number in self._lists else {}
        return next((depth for depth, level in levels.items() if style and level.paragraph_style == style), 0)

    def label(self, number: str, depth: int) -> tuple[str, str]:
        """Count one paragraph on; return its label and what parts it from the text. Both empty when it has none."""
        counted = self._lists.get(number)
        level = counted.levels.get(depth) if counted else None
        if counted is None or level is None:
            return "", ""
        self._count(counted, depth, level)
        gap = "" if level.suffix == "nothing" else " "
        if level.style == "bullet":
            sign = level.text.strip()
            return (sign if sign.isprintable() and sign and not "\ue000" <= sign[0] <= "\uf8ff" else "•"), gap

        def shown(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            rule = counted.levels.get(other)
            if rule is None:
                return ""
            value = counted.counters.get(other, rule.start)
            return count_label(value, "decimal" if level.legal and rule.style != "none" else rule.style)

        label = re.sub(r"%([1-9])", shown, level.text).strip()
        return label, gap if label else ""

    @staticmethod
    def _count(counted: _List, depth: int, level: _Level) -> None:
        """Move the counters of a list to the next paragraph of a level."""
        counters = counted.counters
        if depth in counted.restarts:
            counters[depth] = counted.restarts.pop(depth)
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else level.start
        for higher in range(depth):  # a level that nobody used yet shows its first number
            counters.setdefault(higher, counted.levels[higher].start if higher in counted.levels else 1)
        for lower in range(depth + 1, _LEVELS):
            rule = counted.levels.get(lower)
            if rule is None or rule.restart is None or (rule.restart > 0 and depth < rule.restart):
                counters.pop(lower, None)

    def _read(self, root: Any) -> Iterator[tuple[str, _List]]:
        """Yield every list of the part by its number."""
        abstract = {attribute(a, "abstractNumId"): a for a in root.findall(W + "abstractNum")}
        styles = {attribute(child(a, "styleLink")): a for a in abstract.values() if child(a, "styleLink") is not None}
        shared: dict[int, dict[int, int]] = {}
        for num in root.findall(W + "num"):
            base = abstract.get(attribute(child(num, "abstractNumId")))
            if base is None:
                continue
            base = styles.get(attribute(child(base, "numStyleLink")), base)
            levels = {_number_of(level): _level(level) for level in base.findall(W + "lvl")}
            listed = _List(levels, shared.setdefault(id(base), {}))
            for override in num.findall(W + "lvlOverride"):
                depth = _number_of(override)
                if child(override, "lvl") is not None:
                    levels[depth] = _level(child(override, "lvl"))
                if child(override, "startOverride") is not None:
                    listed.restarts[depth] = _number(child(override, "startOverride"), 1)
            yield attribute(num, "numId") or "", listed


def _number_of(element: Any) -> int:
    """Return the depth that a level or its override speaks of."""
    try:
        return int(attribute(element, "ilvl") or 0)
    except ValueError:
        return 0


def _level(element: Any) -> _Level:
    """Read one `w:lvl`."""
    restart, legal = child(element, "lvlRestart"), child(element, "isLgl")
    return _Level(
        start=_number(child(element, "start"), 0 if child(element, "start") is None else 1),
        style=attribute(child(element, "numFmt")) or "decimal",
        text=attribute(child(element, "lvlText")) or "",
        suffix=attribute(child(element, "suff")) or "tab",
        legal=legal is not None and attribute(legal) not in ("0", "false"),
        restart=None if restart is None else _number(restart, 0),
        paragraph_style=attribute(child(element, "pStyle")),
    )
