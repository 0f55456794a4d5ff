"""Answers out for people to grade, grades back in, and how far graders agree with each other and with the measures.

The sheet is a CSV that spreadsheets open: a row a case, in the column `grade` a person writes right, partly or wrong. Cells
that a spreadsheet would take for a formula are written with an apostrophe before them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from evals.agreement import cohen_kappa, krippendorff_alpha, observed
from evals.errors import BadSet
from evals.row import Row

__all__ = ["GRADES", "Agreement", "Pair", "agreement", "grading_sheet", "read_grades"]

GRADES = ("right", "partly", "wrong")
_COLUMNS = ("case", "question", "expected", "answer", "citations", "grade", "comment")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MEASURED = "measured"
"""The name under which the deterministic measures stand among the graders."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two graders over the `n` cases that both graded: the share judged alike, and Cohen's kappa."""

    one: str
    other: str
    n: int
    alike: float
    kappa: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """All pairs of graders, and Krippendorff's alpha over the people among them (None for fewer than two)."""

    pairs: tuple[Pair, ...]
    alpha: float | None

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure."""
        return {"alpha": self.alpha, "pairs": [{"one": p.one, "other": p.other, "n": p.n, "alike": p.alike, "kappa": p.kappa} for p in self.pairs]}


def grading_sheet(rows: Sequence[Row]) -> str:
    """Return the sheet for a run, without the verdict of the measures: it would sway whoever grades."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_COLUMNS)
    for row in rows:
        citations = "\n".join(f"[{c['mark']}] {c['document']}, {c['locator']}: {c['quote']}" for c in row.answer.get("citations", ()))
        answer = str(row.answer.get("text", "")) or row.error
        writer.writerow([_cell(text) for text in (row.case.key, row.case.question, row.case.expected, answer, citations, "", "")])
    return sheet.getvalue()


def _cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_grades(path: Path) -> dict[str, str]:
    """Return the grade of each case that has one; raises BadSet with file, line and reason."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadSet(f"{path.name} cannot be read.", advice="Give the sheet back as CSV in UTF-8.") from error
    if not rows or not {"case", "grade"} <= set(rows[0]):
        raise BadSet(f"{path.name} lacks the column case or grade.", advice="Give the sheet back with the columns it came with.")
    grades: dict[str, str] = {}
    for at, row in enumerate(rows, 1):
        grade = (row["grade"] or "").strip().lower()
        if grade and grade not in GRADES:
            raise BadSet(f"{path.name}, case {at} ({row['case']}): “{grade}” is no grade.", advice=f"Write {', '.join(GRADES)}, or nothing.")
        if grade:
            grades[(row["case"] or "").lstrip("'")] = grade
    return grades


def agreement(rows: Sequence[Row], graders: Mapping[str, Mapping[str, str]]) -> Agreement:
    """Compare graders with each other, and each with the measures, for which what a person finds partly right is not right.

    Raises BadSet when a grader graded no case of the run.
    """
    measured = {row.case.key: row.right for row in rows}
    pairs = []
    for name, grades in graders.items():
        common = [key for key in measured if key in grades]
        if not common:
            raise BadSet(f"{name} grades no case of this run.", advice="Give the sheet that was exported from it.")
        mine, theirs = [measured[key] for key in common], [grades[key] == "right" for key in common]
        pairs.append(Pair(MEASURED, name, len(common), observed(mine, theirs), cohen_kappa(mine, theirs)))
    for (one, first), (other, second) in combinations(graders.items(), 2):
        common = [key for key in measured if key in first and key in second]
        if common:
            a, b = [first[key] for key in common], [second[key] for key in common]
            pairs.append(Pair(one, other, len(common), observed(a, b), cohen_kappa(a, b)))
    alpha = krippendorff_alpha([[grades[key] for grades in graders.values() if key in grades] for key in measured]) if len(graders) > 1 else None
    return Agreement(tuple(pairs), alpha)
