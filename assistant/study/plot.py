"""Mastery as a plot: one bar a document or provision, as SVG without script, in the colours of the page it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.study.progress import Mastery

__all__ = ["mastery_svg"]

_ROW, _LEFT, _WIDTH, _RIGHT = 28, 190, 320, 60
_LONGEST = 26


def mastery_svg(rows: Sequence[Mastery], title: str) -> str:
    """Return the plot; every bar is told in words as well, for those who hear the page."""
    height = _ROW * len(rows) + 8
    bars = "".join(_bar(at, row) for at, row in enumerate(rows))
    return (
        f'<svg class="mastery" role="img" aria-label="{escape(title)}" viewBox="0 0 {_LEFT + _WIDTH + _RIGHT} {height}" '
        f'style="max-width:100%;height:auto;font:13px sans-serif" xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{bars}</svg>'
    )


def _bar(at: int, row: Mastery) -> str:
    """Return one bar with its name before it and its share behind it."""
    name = row.locator or row.document
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    y = at * _ROW + 4
    filled = round(_WIDTH * row.mastery, 1)
    return (
        f"<g><title>{escape(name)}: {100 * row.mastery:.0f} %, {row.right}/{row.asked}</title>"
        f'<text x="{_LEFT - 8}" y="{y + 15}" text-anchor="end" fill="currentColor">{escape(short)}</text>'
        f'<rect x="{_LEFT}" y="{y}" width="{_WIDTH}" height="20" rx="3" fill="currentColor" opacity=".15"/>'
        f'<rect x="{_LEFT}" y="{y}" width="{filled}" height="20" rx="3" fill="currentColor" opacity=".7"/>'
        f'<text x="{_LEFT + _WIDTH + 8}" y="{y + 15}" fill="currentColor">{100 * row.mastery:.0f} %</text></g>'
    )
