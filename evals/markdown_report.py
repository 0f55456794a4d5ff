"""A run as Markdown, for pasting into a letter, an issue or the README."""

from __future__ import annotations

from collections.abc import Iterator

from evals.compare import Comparison
from evals.labels import label
from evals.metrics import Score
from evals.report import MEASURES, Report

__all__ = ["markdown_page", "percent"]

_COLUMNS = ("right", "outcome", "figures", "cited", "citation_recall", "ndcg@10")


def percent(found: Score) -> str:
    """Return a score with its interval, in hundredths."""
    return f"{100 * found.mean:.1f} ({100 * found.low:.1f}–{100 * found.high:.1f})"


def markdown_page(report: Report, baseline: Comparison | None = None) -> str:
    """Return the page, in English, its terms in Vietnamese beside them."""
    return "\n".join((*_top(report), *_against(baseline), *_slices(report))) + "\n"


def _top(report: Report) -> Iterator[str]:
    """Yield the head and the scores."""
    source = report.source
    yield f"# Attaché: {len(report.rows)} questions, {source.day}"
    yield f"\nCommit {source.commit or 'unknown'}, code {source.code}, cases {source.cases}, {source.generator}; failures: {report.failed}."
    yield "\n| measure | đo | mean (95 % interval) | n |\n|---|---|---|---|"
    for name in MEASURES:
        if name in report.overall:
            yield f"| {label(name)[1]} | {label(name)[0]} | {percent(report.overall[name])} | {report.overall[name].n} |"
    for name, found in (("consistency", report.agreement), ("parity_gap", report.gap)):
        if found:
            yield f"| {label(name)[1]} | {label(name)[0]} | {percent(found)} | {found.n} |"
    if report.curve:
        coverage, risk = report.curve.operating
        yield f"\nAnswered {100 * coverage:.1f} %, of which wrong {100 * risk:.1f} %; area under risk and coverage {report.curve.area:.3f}."
    yield f"\n{report.timing.mean:.0f} ms an answer (p50 {report.timing.p50:.0f}, p95 {report.timing.p95:.0f})."


def _slices(report: Report) -> Iterator[str]:
    """Yield the table of slices."""
    yield f"\n| slice | n | {' | '.join(_COLUMNS)} |\n|---|---|{'---|' * len(_COLUMNS)}"
    for dimension, values in report.slices.items():
        for value, found in values.items():
            cells = " | ".join(f"{100 * found[name].mean:.0f}" if name in found else "–" for name in _COLUMNS)
            yield f"| {dimension} {value} | {found['right'].n} | {cells} |"


def _against(baseline: Comparison | None) -> Iterator[str]:
    """Yield the comparison with a baseline, when there is one."""
    if baseline is None:
        return
    yield f"\nAgainst the baseline, over {baseline.n} questions: **{baseline.verdict}**.\n"
    yield "| measure | difference | 95 % interval | |\n|---|---|---|---|"
    for name, d in baseline.differences.items():
        yield f"| {name} | {100 * d.mean:+.1f} | {100 * d.low:+.1f} … {100 * d.high:+.1f} | {d.verdict} |"
    for change in baseline.changes:
        yield f"\n- {'gained' if change.gained else 'lost'} {change.key}: {change.question} ({', '.join(change.turned)})"
