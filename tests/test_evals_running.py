"""A run as a whole: kept row by row, resumed, refused where a folder is another's, compared, and told in three forms."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.verification.judge import Verifier
from evals.asking import Asked
from evals.case import EvalCase
from evals.errors import BadRun
from evals.evaluate import compare_runs, finished_runs, read_report, start_run, write_report
from evals.opening import Held
from evals.provenance import provenance
from evals.report import consistency, parity_gap, risk_coverage, summarise
from evals.row import Row

DAY = date(2026, 11, 23)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ROWS = [
    {"id": "1", "lang": "vi", "question": "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số năm 2030 là bao nhiêu?", "answer_short": "30% GDP",
     "type": "factoid", "gold": [{"doc_number": "52-NQ/TW"}]},
    {"id": "2", "lang": "en", "question": "What is the digital economy target of Resolution 52 for 2030?", "answer_short": "30% of GDP",
     "type": "factoid", "gold": [{"doc_number": "52-NQ/TW"}], "group": "g"},
    {"id": "3", "lang": "vi", "question": f"Giá vàng hôm nay {HOSTILE}?", "answer_short": HOSTILE, "type": "unanswerable", "gold": []},
]  # fmt: skip


@dataclass
class Counting:
    """The tiny assistant, counting what it is asked; stops as Ctrl-C does after so many questions."""

    real: Assistant
    stop_after: int = 99
    asked: list[str] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        if len(self.asked) == self.stop_after:
            raise KeyboardInterrupt
        self.asked.append(question)
        return self.real.ask(question, history, as_of, language)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), "utf-8")
    return path


def run(counting: Counting, cases: Path, home: Path, out: Path | None = None) -> Path:
    asked = Asked(counting, Held(counting.real), Verifier(), DAY)
    return start_run(Settings(home=home), [cases], out=out, day=DAY, asked=lambda: asked)[0]


def test_a_run_writes_its_rows_and_three_reports(tiny_assistant: Assistant, cases: Path, tmp_path: Path) -> None:
    folder = run(Counting(tiny_assistant), cases, tmp_path / "home")
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "report.md", "rows.jsonl", "run.json"]
    report = read_report(folder)
    assert [row.case.id for row in report.rows] == ["1", "2", "3"] and report.failed == 0
    data = json.loads((folder / "report.json").read_text("utf-8"))
    assert data["n"] == 3 and data["source"]["day"] == "2026-11-23" and len(data["source"]["code"]) == 16
    assert set(data["slices"]["language"]) == {"vi", "en"} and data["scores"]["right"]["n"] == 3
    assert str(tmp_path) not in (folder / "report.html").read_text("utf-8") + json.dumps(data)
    assert finished_runs(tmp_path / "home") == (folder,)


def test_an_interrupted_run_goes_on_where_it_stopped(tiny_assistant: Assistant, cases: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(Counting(tiny_assistant, stop_after=2), cases, tmp_path / "home")
    (left,) = (tmp_path / "home" / "evals").iterdir()
    with pytest.raises(BadRun, match="interrupted"):
        read_report(left)
    with (left / "rows.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "3", "se')  # the machine went down within a line
    again = Counting(tiny_assistant)
    assert run(again, cases, tmp_path / "home") == left
    assert again.asked == [ROWS[2]["question"]] and [row.case.id for row in read_report(left).rows] == ["1", "2", "3"]


def test_a_finished_run_is_not_taken_for_an_interrupted_one(tiny_assistant: Assistant, cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(Counting(tiny_assistant), cases, tmp_path, out)
    again = Counting(tiny_assistant)
    run(again, cases, tmp_path, out)
    assert len(again.asked) == 3


def test_a_folder_that_holds_something_else_is_left_alone(tiny_assistant: Assistant, cases: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("mine")
    with pytest.raises(BadRun, match="other files"):
        run(Counting(tiny_assistant), cases, tmp_path, tmp_path / "full")
    with pytest.raises(KeyboardInterrupt):
        run(Counting(tiny_assistant, stop_after=1), cases, tmp_path, tmp_path / "half")
    cases.write_text(json.dumps(ROWS[0]) + "\n", "utf-8")
    with pytest.raises(BadRun, match="unfinished run of something else"):
        run(Counting(tiny_assistant), cases, tmp_path, tmp_path / "half")
    with pytest.raises(BadRun, match="no run"):
        read_report(tmp_path / "full")


class Page(HTMLParser):
    """Collects the tags of a page and what would load or run something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loads: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loads += [f"{name}={value}" for name, value in attrs if name in ("src", "href", "srcset", "action", "data") or name.startswith("on")]
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_nothing_else_and_runs_nothing(tiny_assistant: Assistant, cases: Path, tmp_path: Path) -> None:
    folder = run(Counting(tiny_assistant), cases, tmp_path, tmp_path / "out")
    write_report(folder, read_report(folder), compare_runs(folder, folder))
    text = (folder / "report.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.loads == [] and page.open == [] and not {"script", "img", "link", "iframe", "object"} & page.tags and {"svg", "details"} <= page.tags
    assert "url(" not in text and "@import" not in text and HOSTILE not in text and "&lt;script&gt;" in text
    assert text.count('class="vi"') == text.count('class="en"') and "@media print" in text and "prefers-color-scheme: dark" in text
    for row in ROWS:
        assert str(row["question"]).split("<")[0] in text
    assert "None" not in re.sub(r"<style>.*</style>", "", text, flags=re.S)


def test_the_markdown_has_whole_tables(tiny_assistant: Assistant, cases: Path, tmp_path: Path) -> None:
    folder = run(Counting(tiny_assistant), cases, tmp_path, tmp_path / "out")
    text = (folder / "report.md").read_text("utf-8")
    for table in re.findall(r"(?:^\|.*\n)+", text, re.M):
        assert len({line.count("|") for line in table.splitlines()}) == 1
    assert "| Right in every way | Đúng hoàn toàn |" in text


def test_a_run_is_the_same_as_itself_and_runs_without_common_cases_are_not_compared(tiny_assistant: Assistant, cases: Path, tmp_path: Path) -> None:
    folder = run(Counting(tiny_assistant), cases, tmp_path, tmp_path / "out")
    found = compare_runs(folder, folder)
    assert found.verdict == "same" and found.changes == () and found.n == 3
    other = cases.with_name("other.jsonl")
    other.write_text(cases.read_text("utf-8"), "utf-8")
    with pytest.raises(BadRun, match="no case in common"):
        compare_runs(folder, run(Counting(tiny_assistant), other, tmp_path, tmp_path / "out2"))


def _row(number: int, right: bool, chance: float, said: bool = True, language: str = "vi", group: str = "", place: str = "a") -> Row:
    case = EvalCase(str(number), "?", "factoid", language, group=group)
    citations = [{"document": "d", "locator": place}] if said else []
    outcome = "answered" if said else "not_in_corpus"
    answer = {"citations": citations, "outcome": outcome, "text": "", "language": language}
    return Row(case, answer, {"right": float(right)}, chance=chance, bold_right=None if said else right)


def test_risk_and_coverage_by_hand() -> None:
    rows = [_row(1, True, 0.9), _row(2, True, 0.8), _row(3, False, 0.5), _row(4, False, 0.2, said=False)]
    curve = risk_coverage(rows)
    assert curve and curve.points == ((0.25, 0.0), (0.5, 0.0), (0.75, 1 / 3), (1.0, 0.5))
    assert curve.operating == (0.75, 1 / 3) and curve.area == pytest.approx(0.25 * (1 / 3 + 0.5))
    assert risk_coverage([]) is None


def test_equal_chances_are_one_step() -> None:
    curve = risk_coverage([_row(1, True, 0.5), _row(2, False, 0.5)])
    assert curve and curve.points == ((1.0, 0.5),)


def test_the_gap_between_languages_and_consistency_by_hand() -> None:
    rows = [_row(1, True, 1), _row(2, True, 1), _row(3, True, 1, language="en"), _row(4, False, 1, language="en")]
    gap = parity_gap(rows)
    assert gap and gap.mean == 0.5 and gap.low <= 0.5 <= gap.high and parity_gap(rows[:2]) is None
    same = [_row(1, True, 1, group="g"), _row(2, True, 1, group="g"), _row(3, True, 1, group="g", place="b"), _row(4, True, 1, group="h", said=False),
            _row(5, True, 1, group="h", said=False)]  # fmt: skip
    found = consistency(same)
    assert found and found.n == 4 and found.mean == 0.5 and consistency(rows) is None


def test_progress_tells_how_far_it_is(tiny_assistant: Assistant, cases: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    asked = Asked(tiny_assistant, Held(tiny_assistant), Verifier(), DAY)
    start_run(Settings(home=tmp_path), [cases], day=DAY, asked=lambda: asked, progress=lambda *step: told.append(step))
    assert told == [("questions", n, 3) for n in range(4)]


def test_a_failure_is_summed_up_like_any_other_case(tmp_path: Path) -> None:
    failed = Row(EvalCase("1", "?", "factoid"), measures={"right": 0.0}, error="x")
    report = summarise(provenance(Settings(home=tmp_path), (), DAY, {}), [failed])
    assert (
        report.failed == 1
        and report.overall["right"].mean == 0.0
        and report.to_json()["outcomes"] == [{"answerable": False, "outcome": "failed", "n": 1}]
    )
