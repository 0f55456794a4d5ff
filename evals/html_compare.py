"""Two finished runs against each other, and several beside one another, each as one page like that of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from evals.charts import interval_bar
from evals.compare import Comparison, compare
from evals.errors import BadRun
from evals.html_report import VERDICT_STYLES, against, both, frame, switch
from evals.report import MEASURES, Report

__all__ = ["beside_page", "comparison_page"]


def comparison_page(after: Report, before: Report, found: Comparison) -> str:
    """Return the page of a run against an earlier one."""
    told = f'<div class="wide"><table>{_heads(("run_after", "run_before"))}<tbody>{"".join(_sources((after, before)))}</tbody></table></div>'
    parts = [switch(both("comparison"), f"{found.n} {both('questions')}"), *against(found, changes_told=True), f"<h2>{both('runs')}</h2>", told]
    return frame(f"{after.source.day}", parts)


def beside_page(runs: Sequence[tuple[str, str, Report]]) -> str:
    """Return the page of several runs (configuration, name, report), every one of them judged against the first.

    A verdict stands only where two runs have questions in common.
    """
    reports = [report for _, _, report in runs]
    found = [None, *(_compared(report, reports[0]) for report in reports[1:])]
    body = "".join(
        f"<tr><td>{both(measure)}</td>" + "".join(_cell(run, one, measure) for run, one in zip(reports, found, strict=True)) + "</tr>"
        for measure in MEASURES
        if any(measure in run.overall for run in reports)
    )
    times = "".join(f"<td>{run.timing.p50:.0f} / {run.timing.p95:.0f}</td>" for run in reports)
    head = "".join(f'<th>{both(configuration)}<div class="small">{escape(name)}</div></th>' for configuration, name, _ in runs)
    return frame(
        " | ".join(configuration for configuration, _, _ in runs),
        [
            switch(both("beside"), both("beside_hint")),
            f'<div class="wide"><table class="beside"><thead><tr><th></th>{head}</tr></thead><tbody>',
            f"{body}<tr><td>ms p50 / p95</td>{times}</tr>{''.join(_sources(reports))}</tbody></table></div>",
        ],
    )


def _compared(run: Report, first: Report) -> Comparison | None:
    """Compare a run with the first; None where they have no question in common."""
    try:
        return compare(run.rows, first.rows)
    except BadRun:
        return None


def _cell(run: Report, found: Comparison | None, measure: str) -> str:
    """Return one measure of a run: mean, interval, and the verdict against the first run."""
    score = run.overall.get(measure)
    if score is None:
        return "<td>·</td>"
    verdict = ""
    if found and measure in found.differences:
        one = found.differences[measure]
        verdict = f'<div class="small {VERDICT_STYLES[one.verdict]}">{both(one.verdict)} {100 * one.mean:+.1f}</div>'
    interval = f'<div class="small soft">{100 * score.low:.1f} – {100 * score.high:.1f} · n {score.n}</div>'
    return f"<td><b>{100 * score.mean:.1f}</b>{interval_bar(score)}{interval}{verdict}</td>"


def _heads(names: Sequence[str]) -> str:
    """Return a row of headings."""
    return f"<thead><tr><th></th>{''.join(f'<th>{both(name)}</th>' for name in names)}</tr></thead>"


def _sources(runs: Sequence[Report]) -> Iterator[str]:
    """Yield where the figures of the runs come from, a row a property that some run has."""
    columns = [
        {
            "questions": str(len(run.rows)), "case_names": ", ".join(run.source.files), "day": run.source.day, "generator": run.source.generator,
            "encoder": run.source.encoder, "settings": ", ".join(f"{name}: {value}" for name, value in run.source.settings.items()),
            "commit": run.source.commit, "code": run.source.code, "failed_cases": str(run.failed),
        }
        for run in runs
    ]  # fmt: skip
    for name in columns[0]:
        if any(column[name] for column in columns):
            cells = "".join(f'<td class="told">{escape(column[name])}</td>' for column in columns)
            yield f"<tr><td>{both(name)}</td>{cells}</tr>"
