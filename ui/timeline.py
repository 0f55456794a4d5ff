"""When the acts of a chain are in force, as a chart: one bar an act, a line for the day. The page says the same in words below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ui.library_words import HELD
from ui.markup import escaped, spoken

__all__ = ["Span", "chart"]

_WIDTH, _ROW, _LEFT, _TOP = 720, 30, 168, 28
_LONGEST = 22


@dataclass(frozen=True, slots=True)
class Span:
    """An act from its first day to its last, None where it is open; `own` marks the one that the page is about."""

    name: str
    start: date | None
    end: date | None
    own: bool = False


def chart(spans: Sequence[Span], day: date) -> str:
    """Return the chart of some acts on a day, empty when none of them has a date."""
    known = [moment for span in spans for moment in (span.start, span.end) if moment]
    if not known:
        return ""
    first, last = min([*known, day]).year, min(9999, max([*known, day]).year + 1)
    height = _TOP + _ROW * len(spans) + 8

    def at(moment: date) -> float:
        years = moment.year + (moment.timetuple().tm_yday - 1) / 366
        return _LEFT + (years - first) / max(1, last - first) * (_WIDTH - _LEFT - 24)

    step = max(1, (last - first) // 8 + 1)
    ticks = "".join(
        f'<text class="tick" x="{at(date(year, 1, 1)):.1f}" y="16">{year}</text><path class="grid" d="M{at(date(year, 1, 1)):.1f} 22V{height - 6}"/>'
        for year in range(first, last + 1, step)
    )
    opening, closing = date(first, 1, 1), date(last, 1, 1)
    rows = "".join(
        _bar(span, _TOP + _ROW * place, at(span.start or opening), at(span.end or closing), span.end is not None and span.end <= day)
        for place, span in enumerate(spans)
    )
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img" {spoken("aria-label", HELD["chart"])}>{ticks}{rows}'
        f'<path class="now" d="M{at(day):.1f} 20V{height - 4}"/></svg>'
    )


def _bar(span: Span, y: float, left: float, right: float, ended: bool) -> str:
    """Return the name and the bar of one act; an unknown beginning is drawn in outline."""
    name = span.name if len(span.name) <= _LONGEST else span.name[: _LONGEST - 1] + "…"
    kinds = " ".join(
        kind
        for kind, there in (("bar", True), ("own", span.own), ("ended", ended), ("open", span.end is None), ("unbegun", span.start is None))
        if there
    )
    return (
        f'<text class="name{" own" if span.own else ""}" x="0" y="{y + 19}">{escaped(name)}</text>'
        f'<rect class="{kinds}" x="{left:.1f}" y="{y + 7}" width="{max(3.0, right - left):.1f}" height="16" rx="4"/>'
    )
