"""Runs ordered by a page: what is offered, what is refused, one at a time, stopped and gone on with, compared and set side by side."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import Settings
from evals.bench_gate import Try, summed_up
from evals.errors import BadOrder, BadRun
from evals.evaluate import read_report, sample_cases, shipped_cases
from evals.order import MOST_CONFIGURATIONS, choices
from evals.report import summarise
from evals.workbench import State, Workbench
from index.home import Home
from ui.evaluating import form, progress, refused, runs
from ui.evaluating_page import read_order, watched
from ui.evaluating_words import BENCH
from ui.offered import offered

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUESTION = {"id": "1", "lang": "vi", "question": "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số năm 2030 là bao nhiêu?", "answer_short": "30% GDP",
            "type": "factoid", "gold": [{"doc_number": "52-NQ/TW"}]}  # fmt: skip
ABSENT = {"id": "2", "lang": "en", "question": f"What is the price of gold {HOSTILE}?", "answer_short": "", "type": "unanswerable", "gold": []}


def write(folder: Path, name: str, *rows: object) -> Path:
    """Write a case file of a person's own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench")
    write(path / "cases", "mine.jsonl", QUESTION, ABSENT)
    write(path / "cases", "long.jsonl", *({**QUESTION, "id": str(n)} for n in range(80)))
    write(path / "cases", "bad.jsonl", QUESTION, "{", {**QUESTION, "id": "3", "type": "luck"}, {**QUESTION, "id": "1"})
    return path


@pytest.fixture
def bench(home: Path, library_folder: Path) -> Workbench:
    return Workbench(Settings(home=home, library=library_folder))


def ended(bench: Workbench) -> State:
    """Wait until no run goes on and return how the last one ended."""
    state = bench.state()
    while state.busy:
        state = bench.state(state.version, 60)
    return state


class Tags(HTMLParser):
    """Which tags a page has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.names.append(tag)
        assert not any(name.startswith("on") or name == "src" for name, _ in attrs)


def test_files_come_from_two_folders_by_key_and_links_are_not_followed(home: Path, bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, "secret.jsonl", QUESTION)
    (home / "cases" / "link.jsonl").symlink_to(tmp_path / "secret.jsonl")
    offered_now = bench.choices()
    (home / "cases" / "link.jsonl").unlink()
    assert {one.key for one in offered_now.files if one.own} == {"own/mine.jsonl", "own/long.jsonl", "own/bad.jsonl"}
    assert {one.path for one in offered_now.files if one.chosen} == set(shipped_cases())
    assert {one.key: one.count for one in offered_now.files}["own/mine.jsonl"] == 2


@pytest.mark.parametrize("key", ["../secret.jsonl", "/etc/passwd", "own/../../x.jsonl", "own/nothing.jsonl", "mine.jsonl", ""])
def test_what_is_not_on_the_list_is_refused(bench: Workbench, key: str) -> None:
    for call in (lambda: bench.start([key], {}), lambda: bench.start([], {}), lambda: bench.start(["own/mine.jsonl"], {"provisions": [key or "x"]})):
        with pytest.raises(BadOrder) as told:
            call()
        assert told.value.vi and told.value.vi_advice and told.value.advice
    assert not bench.state().busy


def test_an_order_of_nothing_or_of_too_much_is_refused(bench: Workbench, home: Path) -> None:
    with pytest.raises(BadOrder, match="At least one question"):
        bench.start(["own/mine.jsonl"], {}, limit=0)
    with_model = Workbench(Settings(home=home, model="ollama:qwen3"))
    every = {one.name: one.keys for one in choices(Settings(home=home, model="ollama:qwen3")).variations}
    assert every["model"] == ("ollama:qwen3", "extractive")
    with pytest.raises(BadOrder, match=f"at most {MOST_CONFIGURATIONS}"):
        with_model.start(["own/mine.jsonl"], every)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["files", "varied", "limit", "day", "curve", "provisions"]), inner), max_leaves=12))  # fmt: skip
def test_whatever_a_browser_sends_becomes_arguments_of_their_kinds(data: object) -> None:
    read = read_order(data)
    assert set(read) == {"files", "varied", "limit", "day", "curve"} and isinstance(read["curve"], bool)
    assert all(isinstance(key, str) for key in read["files"]) and all(isinstance(keys, list) for keys in read["varied"].values())
    assert read["limit"] is None or type(read["limit"]) is int


def test_a_run_side_by_side_is_listed_and_told_on_pages_that_run_nothing(bench: Workbench) -> None:
    bench.start(["own/mine.jsonl"], {"provisions": ["", "2"]})
    with pytest.raises(BadOrder, match="only one runs"):
        bench.start(["own/mine.jsonl"], {})
    state = ended(bench)
    assert (state.kind, len(state.runs), state.place) == ("done", 2, 2)
    listed = bench.runs()
    assert [one.name for one in listed[:2]] == list(state.runs)[::-1] and listed[0].settings == "k = 2" and listed[0].n == 2
    for kind, names in (("report", state.runs[:1]), ("compare", state.runs), ("beside", state.runs)):
        for language in ("vi", "en"):
            page = bench.page(kind, names, language)
            assert f'<html lang="{language}">' in page and f'id="{language}" checked' in page and page.count(" checked") == 1
            assert not set(Tags(page).names) & {"script", "img", "iframe", "link", "object"} and "http" not in page.replace("http-equiv", "")
    assert "&lt;script&gt;" in bench.page("report", state.runs[:1], "vi")


@pytest.mark.parametrize("names", [[], ["../cases"], ["/etc"], ["no-such-run"], ["."], [""]])
def test_a_page_of_a_run_that_is_not_listed_is_refused(bench: Workbench, names: list[str]) -> None:
    for kind in ("report", "compare", "beside", "nonsense"):
        with pytest.raises(BadRun):
            bench.page(kind, names, "vi")


def test_faults_are_told_with_file_line_and_reason_before_anything_is_asked(bench: Workbench, home: Path) -> None:
    before = {path.name for path in (home / "evals").glob("*")}
    bench.start(["own/bad.jsonl"], {})
    state = ended(bench)
    assert state.kind == "failed" and [fault.partition(": ")[0] for fault in state.faults] == ["bad.jsonl:2", "bad.jsonl:3", "bad.jsonl:4"]
    drawn = progress(state)
    assert "<td>bad.jsonl:3</td>" in drawn and "“luck” is no type" in drawn and BENCH["faults"].vi in drawn and BENCH["faults"].en in drawn
    assert {path.name for path in (home / "evals").glob("*")} == before


def test_a_stopped_run_keeps_what_was_asked_and_goes_on(bench: Workbench) -> None:
    bench.start(["own/long.jsonl"], {}, curve=False, limit=50)
    state = bench.state()
    while state.busy and state.done < 3:
        state = bench.state(state.version, 60)
    bench.stop()
    stopped = ended(bench)
    assert stopped.kind == "stopped" and 3 <= stopped.done < 50
    unfinished = [one for one in bench.runs() if one.right is None]
    assert len(unfinished) == 1 and unfinished[0].n in (stopped.done, stopped.done + 1)  # the answer in hand is kept too
    with pytest.raises(BadRun, match="interrupted"):
        bench.page("report", [unfinished[0].name], "vi")
    bench.start(["own/long.jsonl"], {}, curve=False, limit=50)
    assert ended(bench).runs == (unfinished[0].name,) and not [one for one in bench.runs() if one.right is None]


def test_processes_are_stopped_too(bench: Workbench) -> None:
    bench.start(["own/long.jsonl"], {}, curve=False)
    state = bench.state()
    while state.busy and not state.done:
        state = bench.state(state.version, 60)
    bench.close()
    assert bench.state().kind == "stopped" and bench.state().done < 80


def test_what_breaks_a_run_is_told_and_another_may_begin(home: Path, tmp_path: Path) -> None:
    broken = Workbench(Settings(home=home, library=tmp_path / "nowhere"))
    broken.start(["own/mine.jsonl"], {})
    state = ended(broken)
    assert state.kind == "failed" and state.problem and not state.busy
    drawn = progress(state)
    assert BENCH["failed"].vi in drawn and BENCH["next"].en in drawn


def test_a_folder_that_holds_no_run_is_passed_over(bench: Workbench, home: Path) -> None:
    before = bench.runs()
    for name, text in (("zz-empty", "{}"), ("zz-half", '{"finished": true'), ("zz-list", "[]")):
        (home / "evals" / name).mkdir(parents=True)
        (home / "evals" / name / "run.json").write_text(text, "utf-8")
    assert bench.runs() == before


def test_the_drawn_parts_show_other_people_s_words_as_words(bench: Workbench) -> None:
    assert HOSTILE not in form(bench) + runs(bench.runs())
    assert HOSTILE not in progress(State("failed", problem=HOSTILE, advice=HOSTILE)) + progress(State("running", "questions", 1, 2, HOSTILE, 1, 2))
    assert HOSTILE not in refused(BadOrder(HOSTILE, vi=HOSTILE), HOSTILE)
    assert list(watched(bench)) == [progress(bench.state())]


def test_a_sample_is_always_the_same_and_in_order() -> None:
    every: tuple[Any, ...] = tuple(range(100))
    assert sample_cases(every, 10) == sample_cases(every, 10) == tuple(sorted(sample_cases(every, 10)))
    assert sample_cases(every, None) == sample_cases(every, 500) == every


def test_another_encoder_gets_an_index_of_its_own(home: Path, library_folder: Path, root: Path) -> None:
    shutil.copytree(root / "index" / "encoder", home / "encoders" / "copy")
    bench = Workbench(Settings(home=home, library=library_folder))
    bench.start(["own/mine.jsonl"], {}, limit=1)  # beside folders of runs that cannot be read
    assert ended(bench).kind == "done"
    before = Home(home).current().name
    bench.start(["own/mine.jsonl"], {"encoder": ["", "copy"]}, limit=1)
    state = ended(bench)
    shutil.rmtree(home / "encoders")
    assert state.kind == "done" and [one.settings for one in bench.runs()[:2]] == ["copy", ""]
    assert Home(home).current().name == before and Home(home / "evals-encoders" / "copy").manifest().documents > 0


def test_the_gate_tells_of_what_differs_between_two_times(bench: Workbench, home: Path) -> None:
    bench.start(["own/mine.jsonl"], {})
    report = read_report(home / "evals" / ended(bench).runs[0])
    worse = summarise(report.source, [replace(row, measures=dict.fromkeys(row.measures, 0.0)) for row in report.rows])
    same = summed_up([Try(report, (), 1.0), Try(report, (), 3.0)])
    assert (same["passed"], same["changed"], same["differing"], same["seconds"]) == (2, [], [], [1.0, 3.0, 3.0])
    other = summed_up([Try(report, (), 1.0), Try(worse, ("right on all cases",), 3.0)])
    assert other["passed"] == 1 and other["changed"] and "language" in other["differing"] and other["spread"]["language"][0] == 0.0


def test_the_page_finds_the_workbench_by_its_entry_point(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path))
    opened: Callable[[], Workbench] | None = offered("attache.pages", "evaluate")
    assert opened is not None and opened().runs() == () and offered("attache.pages", "nothing") is None
