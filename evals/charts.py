"""Charts as inline SVG: no script, no network, colours from the page's style so that they follow light, dark and print."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.metrics import Score
from evals.report import Curve

__all__ = ["histogram", "interval_bar", "risk_chart"]

_W, _H, _LEFT, _BOTTOM, _TOP, _RIGHT = 460, 240, 44, 38, 12, 14
_BINS = 20


def interval_bar(score: Score) -> str:
    """Return a bar from nought to one with the interval as a band and the mean as a line."""
    low, mean, high = (round(200 * min(1.0, max(0.0, value)), 1) for value in (score.low, score.mean, score.high))
    return (
        '<svg class="bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rail" y="3" width="200" height="4"/>'
        f'<rect class="fill" y="3" width="{mean}" height="4"/>'
        f'<rect class="band" x="{low}" y="1" width="{max(1.5, round(high - low, 1))}" height="8"/>'
        f'<rect class="tick" x="{max(0.0, mean - 1)}" width="2" height="10"/></svg>'
    )


def risk_chart(curve: Curve, named: str, axes: tuple[str, str]) -> str:
    """Return the risk–coverage curve with its operating point; `named` labels the point, `axes` the two axes (may be markup)."""
    top = max(0.05, *(risk for _, risk in curve.points), curve.operating[1])
    top = min(1.0, round(top * 20 + 0.5) / 20)
    line = " ".join(f"{_x(coverage):.1f},{_y(risk / top):.1f}" for coverage, risk in curve.points)
    x, y = _x(curve.operating[0]), _y(curve.operating[1] / top)
    anchor = "end" if curve.operating[0] > 0.5 else "start"
    beside = x - 9 if anchor == "end" else x + 9
    percent = f"{100 * curve.operating[0]:.0f} % / {100 * curve.operating[1]:.0f} %"
    parts = [
        _frame(
            [(share, f"{100 * share:.0f}") for share in (0.0, 0.25, 0.5, 0.75, 1.0)],
            [(0.0, "0"), (0.5, _hundredths(top / 2)), (1.0, _hundredths(top))],
        ),
        f'<polyline class="line" points="{line}"/>',
        f'<line class="guide" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(0):.1f}" y2="{_y(1):.1f}"/><circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
        f'<text class="note" x="{beside:.1f}" y="{max(_TOP + 10, y - 10):.1f}" text-anchor="{anchor}">{named} {percent}</text>',
        _axes(*axes),
    ]
    return _svg("".join(parts))


def histogram(milliseconds: Sequence[float], axes: tuple[str, str], marks: Sequence[tuple[str, float]]) -> str:
    """Return how often which time was needed, in bins of equal width up to the 99th percentile; `marks` are named times."""
    ordered = sorted(milliseconds)
    end = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] or 1.0
    counts = [0] * _BINS
    for value in ordered:
        counts[min(_BINS - 1, int(_BINS * value / end))] += 1
    most = max(counts)
    width = (_W - _LEFT - _RIGHT) / _BINS
    bars = "".join(
        f'<rect class="column" x="{_x(at / _BINS) + 1:.1f}" y="{_y(n / most):.1f}" width="{width - 2:.1f}" height="{_y(0) - _y(n / most):.1f}"/>'
        for at, n in enumerate(counts)
        if n
    )
    lines = "".join(
        f'<line class="guide" x1="{_x(min(1, value / end)):.1f}" x2="{_x(min(1, value / end)):.1f}" y1="{_y(0):.1f}" y2="{_y(1):.1f}"/>'
        f'<text class="note" x="{_x(min(1, value / end)) + 4:.1f}" y="{_TOP + 10 + 14 * at}">{escape(name)} {value:.0f}</text>'
        for at, (name, value) in enumerate(marks)
    )
    ticks = [(share, f"{end * share:.0f}") for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return _svg(_frame(ticks, [(0.0, "0"), (1.0, str(most))]) + bars + lines + _axes(*axes))


def _x(share: float) -> float:
    """Return where a share of the width lies."""
    return _LEFT + share * (_W - _LEFT - _RIGHT)


def _y(share: float) -> float:
    """Return where a share of the height lies."""
    return _H - _BOTTOM - share * (_H - _BOTTOM - _TOP)


def _hundredths(share: float) -> str:
    """Return a share in hundredths."""
    return f"{100 * share:g}"


def _svg(inside: str) -> str:
    """Return a chart."""
    return f'<svg class="chart" viewBox="0 0 {_W} {_H}" role="img">{inside}</svg>'


def _frame(across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]]) -> str:
    """Return grid lines with their figures."""
    lines = [f'<line class="grid" x1="{_x(0):.1f}" x2="{_x(1):.1f}" y1="{_y(s):.1f}" y2="{_y(s):.1f}"/>' for s, _ in up]
    words = [f'<text x="{_x(s):.1f}" y="{_y(0) + 15:.1f}" text-anchor="middle">{escape(word)}</text>' for s, word in across]
    words += [f'<text x="{_LEFT - 6}" y="{_y(s) + 4:.1f}" text-anchor="end">{escape(word)}</text>' for s, word in up]
    return "".join(lines + words)


def _axes(across: str, up: str) -> str:
    """Return the names of the axes."""
    return (
        f'<text class="axis" x="{_x(0.5):.1f}" y="{_H - 5}" text-anchor="middle">{across}</text>'
        f'<text class="axis" transform="translate(11 {_y(0.5):.1f}) rotate(-90)" text-anchor="middle">{up}</text>'
    )
