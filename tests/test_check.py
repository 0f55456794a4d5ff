"""Every kind of fault that the check of the library names, on spoilt copies of the tiny one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from corpus.check import Finding, check_library

FILE = "749-qd-ttg.md"
NQ52 = "52-nq-tw.md"


@pytest.fixture
def fact_file(library_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny fact base."""
    return Path(shutil.copy(library_folder.parent / "facts.jsonl", tmp_path))


def _spoil(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; returns its line."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def _heading(path: Path, locator: str) -> int:
    """The line of a provision's heading."""
    return path.read_text("utf-8").split("\n").index(f"## {locator}") + 1


def test_the_tiny_library_has_no_faults(library_folder: Path) -> None:
    assert check_library(library_folder) == ()
    assert check_library(library_folder, library_folder.parent / "facts.jsonl") == ()


def test_the_bundled_library_is_true_to_the_fact_base(facts: Path) -> None:
    assert [str(finding) for finding in check_library(facts=facts)] == []


def test_a_file_that_cannot_be_read(library_copy: Path) -> None:
    (library_copy / FILE).write_bytes(b"---\n\xff")
    (finding, *others) = check_library(library_copy)
    assert finding == Finding(FILE, 2, "the file is not UTF-8") and str(finding) == f"{FILE}:2: the file is not UTF-8"
    assert others == []


def test_a_date_that_is_none(library_copy: Path) -> None:
    _spoil(library_copy / FILE, 'issued: "2020-06-03"', 'issued: "2020-06-31"')
    assert [(f.file, f.reason) for f in check_library(library_copy)] == [(FILE, "issued: 2020-06-31 is no date in the form YYYY[-MM[-DD]]")]


def test_a_locator_that_stands_twice(library_copy: Path) -> None:
    line = _spoil(library_copy / FILE, "## Điều 1, II (mục tiêu kép)", "## Thuộc tính")
    assert check_library(library_copy) == (Finding(FILE, line, "the locator “Thuộc tính” stands twice"),)


def test_a_relation_that_ends_nowhere(library_copy: Path) -> None:
    _spoil(library_copy / FILE, 'target: "52-NQ/TW"}', 'target: "một văn bản nào đó"}')
    assert check_library(library_copy) == (Finding(FILE, 2, "the relation based_on ends at “một văn bản nào đó”, which is no document"),)


@pytest.mark.parametrize("number", ["116-HD/BTGTW", "50/NQ-CP (2020)", "20/2023/QH15", "66.22/2026/NQ-CP", "2390/BTTTT-THH"])
def test_a_relation_may_end_at_a_number_outside_the_library(library_copy: Path, number: str) -> None:
    _spoil(library_copy / FILE, 'target: "52-NQ/TW"}', f'target: "{number}"}}')
    assert check_library(library_copy) == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("By 2025, 80% of", "By 2025, 81% of", "vi alone has 80; en alone has 81"),
        ("By 2025, 80% of", "By 2025, most of", "vi alone has 80"),
        ("go global.", "go global by 2030.", "en alone has 2030"),
    ],
)
def test_languages_that_differ_in_figures(library_copy: Path, old: str, new: str, reason: str) -> None:
    _spoil(library_copy / FILE, old, new)
    locator = "Điều 1, II (mục tiêu kép)" if "2030" in new else "Điều 1, II.1.a (2025)"
    line = _heading(library_copy / FILE, locator)
    assert check_library(library_copy) == (Finding(FILE, line, f"“{locator}”: the languages differ in figures: {reason}"),)


def test_small_numbers_may_be_words_in_one_language(library_copy: Path) -> None:
    _spoil(library_copy / FILE, "at level 4", "at level four")
    assert check_library(library_copy) == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "the glossary is missing"),
        (b"terms: 5\n", "there is no list under terms:"),
        (b"- 1\n", "there is no list under terms:"),
        (b"terms: [\n", "the YAML cannot be read"),
        (b"terms:\n  - {vi: so}\n", "a term lacks vi or en"),
        (b"terms:\n  - {vi: \xff}\n", "the file is not UTF-8"),
        ("terms:\n  - {vi: số, en: digital}\n  - {vi: số, en: number}\n".encode(), "the term “số” stands twice"),
        ("terms:\n  - {vi: số, en: digital, fr: nume\u0301rique}\n".encode(), "is not in NFC"),
    ],
)
def test_a_glossary_with_faults(library_copy: Path, content: bytes | None, reason: str) -> None:
    path = library_copy / "glossary.yaml"
    path.unlink() if content is None else path.write_bytes(content)
    (finding,) = check_library(library_copy)
    assert finding.file == "glossary.yaml" and reason in finding.reason


def test_a_fact_of_no_document(library_copy: Path, fact_file: Path) -> None:
    (library_copy / FILE).unlink()
    reasons = [f.reason for f in check_library(library_copy, fact_file)]
    assert reasons == [f"no document carries the fact T-QD749-{n}" for n in (1, 2, 3)]


def test_a_fact_whose_provision_is_missing_or_elsewhere(library_copy: Path, fact_file: Path) -> None:
    line = _spoil(library_copy / FILE, "## Điều 1, II (mục tiêu kép)", "## Điều 1, II")
    assert check_library(library_copy, fact_file) == (
        Finding(FILE, 2, "no provision at “Điều 1, II (mục tiêu kép)” rests on the fact T-QD749-2"),
    )
    _spoil(library_copy / FILE, "## Điều 1, II\n", "## Điều 1, II (mục tiêu kép)\n")
    _spoil(library_copy / FILE, "facts: [T-QD749-2]", "facts: []")
    assert check_library(library_copy, fact_file) == (
        Finding(FILE, line, "no provision at “Điều 1, II (mục tiêu kép)” rests on the fact T-QD749-2"),
    )


def test_a_provision_that_rests_on_an_unknown_fact(library_copy: Path, fact_file: Path) -> None:
    _spoil(library_copy / FILE, "facts: [T-QD749-2]", "facts: [T-QD749-2, T-NONE]")
    line = _heading(library_copy / FILE, "Điều 1, II (mục tiêu kép)")
    reason = "“Điều 1, II (mục tiêu kép)” rests on T-NONE, which is not in the fact base"
    assert check_library(library_copy, fact_file) == (Finding(FILE, line, reason),)


def test_a_figure_that_the_provision_lacks_in_one_language(library_copy: Path, fact_file: Path) -> None:
    _spoil(library_copy / NQ52, "(2) labour productivity grows by more than 7% a year", "(2) labour productivity grows by a little")
    line = _heading(library_copy / NQ52, "III (mục tiêu 2025)")
    reason = "“III (mục tiêu 2025)” (en) lacks the figure >7%/năm of T-NQ52-2: 7"
    assert check_library(library_copy, fact_file) == (Finding(NQ52, line, reason),)


def test_figures_are_compared_as_numbers_not_as_strings(library_copy: Path, fact_file: Path) -> None:
    rows = [json.loads(row) for row in fact_file.read_text("utf-8").splitlines()]
    rows[2]["figures"] = ["7.50 %".replace("7.50", "7.5"), "30,0%".replace(",0", "")]
    rows[4]["figures"] = ["3 June 2020"]
    fact_file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert check_library(library_copy, fact_file) == ()
