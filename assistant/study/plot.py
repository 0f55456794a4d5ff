"""Plots as SVG without script, in the colours of the page they stand on: mastery by document or provision, and what comes due.

Names stand above their bars, so that a plot stays readable on a narrow page. Everything drawn is told in words too.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.study.progress import Mastery

__all__ = ["forecast_svg", "mastery_svg"]

_ROW, _WIDTH, _RIGHT = 46, 310, 50
_LONGEST = 46
_BAR, _GAP, _TALL = 18, 7, 90
_STYLE = "max-width:100%;height:auto;font:13px sans-serif"


def mastery_svg(rows: Sequence[Mastery], title: str) -> str:
    """Return the plot of what is known how well, one bar a row; every bar is told in words as well, for those who hear the page."""
    bars = "".join(_bar(at, row) for at, row in enumerate(rows))
    return _drawn("mastery", title, _WIDTH + _RIGHT, _ROW * len(rows) + 8, bars)


def forecast_svg(counts: Sequence[int], labels: Sequence[str], title: str) -> str:
    """Return the plot of how many cards come due day by day; `labels` name the days."""
    most = max((*counts, 1))
    columns = "".join(_column(at, count, label, most) for at, (count, label) in enumerate(zip(counts, labels, strict=True)))
    return _drawn("forecast", title, len(counts) * (_BAR + _GAP) + _GAP, _TALL + 40, columns)


def _drawn(name: str, title: str, width: int, height: int, inside: str) -> str:
    """Return a drawing of that size."""
    return (
        f'<svg class="{name}" role="img" aria-label="{escape(title)}" viewBox="0 0 {width} {height}" '
        f'style="{_STYLE}" xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{inside}</svg>'
    )


def _bar(at: int, row: Mastery) -> str:
    """Return one bar with its name above it and its share behind it."""
    name = row.locator or row.document
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    y = at * _ROW + 4
    filled = round(_WIDTH * row.mastery, 1)
    return (
        f"<g><title>{escape(name)}: {100 * row.mastery:.0f} %, {row.right}/{row.asked}</title>"
        f'<text x="0" y="{y + 13}" fill="currentColor">{escape(short)}</text>'
        f'<rect x="0" y="{y + 19}" width="{_WIDTH}" height="16" rx="3" fill="currentColor" opacity=".15"/>'
        f'<rect x="0" y="{y + 19}" width="{filled}" height="16" rx="3" fill="currentColor" opacity=".7"/>'
        f'<text x="{_WIDTH + 8}" y="{y + 32}" fill="currentColor">{100 * row.mastery:.0f} %</text></g>'
    )


def _column(at: int, count: int, label: str, most: int) -> str:
    """Return one day's column with its count above it and its name below."""
    x, tall = _GAP + at * (_BAR + _GAP), round(_TALL * count / most, 1)
    middle, top = x + _BAR / 2, 18 + _TALL - tall
    told = f'<text x="{middle}" y="{top - 4}" text-anchor="middle" fill="currentColor">{count}</text>' if count else ""
    return (
        f"<g><title>{escape(label)}: {count}</title>{told}"
        f'<rect x="{x}" y="{top}" width="{_BAR}" height="{tall}" rx="2" fill="currentColor" opacity=".7"/>'
        f'<text x="{middle}" y="{_TALL + 34}" text-anchor="middle" fill="currentColor">{escape(label)}</text></g>'
    )
