"""Reports of the evaluations as tables for people."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.metrics import MEASURES
from evals.retrieval import Report

__all__ = ["print_retrieval"]


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
