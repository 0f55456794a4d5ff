"""The table of scores in the README: written by `make evals`, and stale as soon as what it rests on has changed.

What it rests on is told in a comment under the table, as one hash of the case files, the bundled library and the fitted
weights. The code is not in that hash, or every commit would make the table stale: whether answers got worse is what the
gates are for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from evals.case import read_cases
from evals.errors import BadRun
from evals.metrics import Score
from evals.provenance import inputs_hash
from evals.report import Report

__all__ = ["scores_table", "told_inputs", "write_scores"]

_OPEN, _CLOSE = "<!-- scores -->\n", "<!-- /scores -->"
_INPUTS = re.compile(r"<!-- inputs ([0-9a-f]{16}) -->")
_ROLES = {
    "own_test": "held out",
    "own_outside_test": "held out, nothing to do with the field",
    "own_unanswerable_test": "held out, written before the rules it tests",
    "questions_open": "outside questions, never fitted on",
}
_HEAD = (
    "| set | n | right (95 % interval) | figures right | right provision cited | abstains where it should | answers where it should |\n"
    "|---|---|---|---|---|---|---|"
)


def scores_table(report: Report, inputs: str) -> str:
    """Return the table with what it rests on."""
    lines = [_HEAD]
    for name, found in report.slices["set"].items():
        rows = [row for row in report.rows if row.case.set_name == name]
        gone = [row.measures["outcome"] for row in rows if not row.case.answerable]
        there = [row.measures["outcome"] for row in rows if row.case.answerable]
        cells = (
            f"{name} ({_ROLES.get(name, 'fitted on')})", str(len(rows)), _interval(found["right"]),
            *(_share(found, part) if there else "–" for part in ("figures", "cited")), _of(gone), _of(there),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    time = report.timing
    lines.append(
        f"\n<!-- inputs {inputs} -->\n{len(report.rows)} questions as of {report.source.day}, {report.source.generator}; "
        f"{time.p50:.0f} ms an answer at the median. Citation recall {100 * report.overall['citation_recall'].mean:.1f} %, "
        f"sentences whose figures stand in no quote: {sum(row.measures.get('figures_supported') == 0.0 for row in report.rows)}."
    )
    return "\n".join(lines) + "\n"


def write_scores(readme: Path, report: Report, cases: tuple[Path, ...]) -> None:
    """Put the table of a run over the shipped `cases`, and perhaps more, into the README; raises BadRun for a run that lacks some."""
    asked = {row.case.key for row in report.rows}
    shipped = read_cases(cases)
    if any(case.key not in asked for case in shipped):
        raise BadRun("The table in the README takes a run over all shipped cases.", advice="Run `make evals`.")
    text = readme.read_text("utf-8")
    before, opened, rest = text.partition(_OPEN)
    _, closed, after = rest.partition(_CLOSE)
    if not opened or not closed:
        raise BadRun(f"{readme.name} has no place for the scores.", advice="Put <!-- scores --> and <!-- /scores --> on lines of their own.")
    readme.write_text(f"{before}{opened}{scores_table(report, inputs_hash(shipped))}{closed}{after}", "utf-8")


def told_inputs(readme: str) -> str:
    """Return the hash of what the table in a README rests on, empty when it tells none."""
    found = _INPUTS.search(readme)
    return found.group(1) if found else ""


def _interval(found: Score) -> str:
    """Return a score with its interval in whole hundredths."""
    return f"{100 * found.mean:.0f} % ({100 * found.low:.0f}–{100 * found.high:.0f})"


def _share(found: Mapping[str, Score], name: str) -> str:
    """Return a mean in whole hundredths."""
    return f"{100 * found[name].mean:.0f} %"


def _of(values: list[float]) -> str:
    """Return how many of how many."""
    return f"{sum(values):.0f} of {len(values)}" if values else "–"
