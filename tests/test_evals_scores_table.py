"""The table of scores in the README is that of the shipped cases over the shipped library with the shipped weights."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.case import EvalCase, read_cases
from evals.errors import BadRun
from evals.evaluate import shipped_cases
from evals.labels import LABELS
from evals.measures import PARTS
from evals.provenance import code_hash, inputs_hash, provenance
from evals.report import MEASURES, Report, summarise
from evals.row import Row
from evals.scores_table import told_inputs, write_scores


def test_the_table_in_the_readme_is_not_stale(root: Path) -> None:
    told = told_inputs((root / "README.md").read_text("utf-8"))
    assert told == inputs_hash(read_cases(shipped_cases())), "the cases, the library or the weights have changed: run `make evals`"


def test_the_table_has_a_row_for_every_shipped_set(root: Path) -> None:
    table = (root / "README.md").read_text("utf-8").split("<!-- scores -->\n")[1].split("<!-- /scores -->")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {8}
    named = dict(re.findall(r"^\| (\w+) \([^)]+\) \| (\d+) \|", table, re.M))
    shipped = {path.stem: str(len(read_cases([path]))) for path in shipped_cases()}
    assert shipped.items() <= named.items()


def _report(cases: tuple[EvalCase, ...], home: Path) -> Report:
    figures = dict.fromkeys((*PARTS, "right", "citation_recall"), 1.0)
    answer = {"outcome": "answered", "text": "", "citations": [], "language": "vi"}
    rows = [Row(case, answer, figures, seconds=0.01) for case in cases]
    return summarise(provenance(Settings(home=home), cases, date(2026, 1, 2), {}), rows)


def test_a_table_is_written_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- scores -->\nold\n<!-- /scores -->\nafter\n", "utf-8")
    paths = shipped_cases()
    cases = read_cases(paths)
    write_scores(readme, _report(cases, tmp_path), paths)
    text = readme.read_text("utf-8")
    assert text.startswith("before\n<!-- scores -->\n| set |") and text.endswith("<!-- /scores -->\nafter\n") and "old" not in text
    assert told_inputs(text) == inputs_hash(cases) and "| own_test (held out) | 100 | 100 % (100–100) |" in text
    with pytest.raises(BadRun, match="all shipped cases"):
        write_scores(readme, _report(cases[:5], tmp_path), paths)
    (tmp_path / "x.md").write_text("nothing", "utf-8")
    with pytest.raises(BadRun, match="no place"):
        write_scores(tmp_path / "x.md", _report(cases, tmp_path), paths)


def test_hashes_change_with_what_they_are_of(tmp_path: Path) -> None:
    (tmp_path / "evals").mkdir()
    (tmp_path / "evals" / "a.py").write_text("x = 1\n")
    before = code_hash(tmp_path)
    (tmp_path / "evals" / "a.py").write_text("x = 2\n")
    assert code_hash(tmp_path) != before
    library = tmp_path / "library"
    library.mkdir()
    (library / "a.md").write_text("30%")
    first = inputs_hash((), library)
    (library / "a.md").write_text("31%")
    assert inputs_hash((), library) != first != inputs_hash((EvalCase("1", "?", "factoid"),), library)


def test_every_measure_has_its_words_in_both_languages() -> None:
    assert set(MEASURES) <= set(LABELS) and all(vi and en for vi, en in LABELS.values())
