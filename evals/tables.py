"""Reports of the evaluations as tables for people."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.compare import Comparison
from evals.metrics import MEASURES, Score
from evals.report import MEASURES as ANSWER_MEASURES
from evals.report import Report as AnswersReport
from evals.retrieval import Report

__all__ = ["print_comparison", "print_retrieval", "print_run"]

_SLICES = ("right", "outcome", "figures", "cited", "citation_recall", "ndcg@10")


def print_retrieval(report: Report, console: Console | None = None) -> None:
    """Print what a search reached on a set, in hundredths."""
    out = console or Console(highlight=False)
    title = f"{report.name}, questions as they are" if report.transform == "none" else f"{report.name}, questions changed by {report.transform}"
    table = Table("measure", "mean", "95 % interval", title=escape(title), title_justify="left")
    for name in MEASURES:
        score = report.scores[name]
        interval = f"{100 * score.low:.1f} – {100 * score.high:.1f}" if score.low != score.high else "–"
        table.add_row(name, f"{100 * score.mean:.2f}", interval, style="bold" if name == MEASURES[0] else "")
    out.print(table)
    time = report.timing
    out.print(f"{report.n} questions over {report.documents} documents; {time.mean:.1f} ms a question (p50 {time.p50:.1f}, p95 {time.p95:.1f})")
    if report.unreachable:
        out.print(f"[yellow]{report.unreachable} judgements name a document that is not in the corpus: nothing can find those.[/]")
    for miss in report.worst:
        out.print(f"[dim]{miss.ndcg:.3f}[/] {escape(miss.id)}: {escape(miss.query[:140])}")
        out.print(f"      relevant {escape(', '.join(miss.relevant))}; found {escape(', '.join(miss.found)) or 'nothing'}")


def print_run(report: AnswersReport, folder: Path, baseline: Comparison | None = None, console: Console | None = None) -> None:
    """Print what a run over cases comes to, in hundredths, and where its reports lie."""
    # a file or pipe is given the room that the tables need
    out = console or Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    table = Table("measure", "mean", "95 % interval", "n", title=f"{len(report.rows)} questions as of {report.source.day}", title_justify="left")
    found: list[tuple[str, Score | None]] = [(name, report.overall.get(name)) for name in ANSWER_MEASURES]
    for name, score in (*found, ("consistency", report.agreement), ("parity_gap", report.gap)):
        if score:
            interval = f"{100 * score.low:.1f} – {100 * score.high:.1f}"
            table.add_row(name, f"{100 * score.mean:.1f}", interval, str(score.n), style="bold" if name == "right" else "")
    out.print(table)
    slices = Table("slice", "n", *_SLICES)
    for dimension in ("set", "language", "type", "diacritics"):
        for value, scores in report.slices.get(dimension, {}).items():
            cells = (f"{100 * scores[name].mean:.0f}" if name in scores else "–" for name in _SLICES)
            slices.add_row(escape(f"{dimension} {value}"), str(scores["right"].n), *cells)
    out.print(slices)
    time = report.timing
    out.print(f"{time.mean:.0f} ms an answer (p50 {time.p50:.0f}, p95 {time.p95:.0f}); failures {report.failed}")
    if baseline:
        print_comparison(baseline, out)
    out.print(escape(f"Reports: {folder / 'report.html'}, report.md, report.json"), soft_wrap=True)


def print_comparison(found: Comparison, console: Console | None = None) -> None:
    """Print a comparison of two runs, in hundredths, and the questions that changed."""
    out = console or Console(highlight=False)
    table = Table("measure", "difference", "95 % interval", "", title=f"{found.verdict}, over {found.n} questions of both runs", title_justify="left")
    for name, d in found.differences.items():
        style = {"better": "green", "worse": "red", "same": ""}[d.verdict]
        table.add_row(name, f"{100 * d.mean:+.1f}", f"{100 * d.low:+.1f} … {100 * d.high:+.1f}", d.verdict, style=style)
    out.print(table)
    for change in found.changes:
        sign = "[green]+[/]" if change.gained else "[red]–[/]"
        out.print(f"{sign} {escape(change.key)}: {escape(change.question[:140])} [dim]{escape(', '.join(change.turned))}[/]")
