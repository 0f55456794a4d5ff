"""The page for measuring in a real browser: run, stopped, refused, compared, in both languages; and nothing leaves loopback."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fake_assistant import FakeAssistant
from tests.served import code_served
from tests.watched import Watched, watching
from ui.evaluating_words import BENCH
from ui.page import shell
from ui.words import WORDS

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SERVER = """
import sys
from pathlib import Path
from assistant.settings import Settings
from evals.workbench import Workbench
from tests.fake_assistant import FakeAssistant
from ui.web import serve
home = Path(sys.argv[2])
bench = Workbench(Settings(home=home, library=Path(sys.argv[3])))
serve(FakeAssistant(), port=int(sys.argv[1]), temp=home / "gradio", bench=bench)
"""
CASE = {"id": "1", "lang": "vi", "question": "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số năm 2030 là bao nhiêu?", "answer_short": "30% GDP",
        "type": "factoid", "gold": [{"doc_number": "52-NQ/TW"}]}  # fmt: skip
FILES: dict[str, list[object]] = {
    "mine": [CASE, {"id": "2", "lang": "en", "question": f"What is gold worth {HOSTILE}?", "type": "unanswerable", "gold": []}],
    "long": [{**CASE, "id": str(n)} for n in range(59)],
    "bad": [CASE, {**CASE, "id": "2", "type": HOSTILE}],
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, library_folder: Path) -> Iterator[str]:
    home = tmp_path_factory.mktemp("evaluating")
    (home / "cases").mkdir()
    for name, rows in FILES.items():
        (home / "cases" / f"{name}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    with code_served(home, SERVER, home, library_folder) as made:
        yield made.url


def get(address: str) -> tuple[int, Any, str]:
    """Return status, headers and text of one request."""
    try:
        with urllib.request.urlopen(address, timeout=30) as reply:
            return reply.status, reply.headers, reply.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode("utf-8")


class Tab(Watched):
    """The page for measuring."""

    def order(self, *files: str, limit: str = "", provisions: tuple[str, ...] = ("",)) -> None:
        """Choose files and configurations and start."""
        for name, wanted in (("file", {f"own/{file}.jsonl" for file in files}), ("provisions", set(provisions))):
            for box in self.page.locator(f"[name={name}]").all():
                box.set_checked(box.get_attribute("value") in wanted)
        self.page.locator("#bench-limit").fill(limit)
        before = int(self.page.locator("#bench-progress .run").get_attribute("data-version"))
        self.page.locator("#bench-start").click()
        grown = "(before) => document.querySelector('.problem:not(.run *)') || +document.querySelector('.run').dataset.version > before"
        self.page.wait_for_function(grown, arg=before)

    def until(self, kind: str) -> str:
        """Wait until the run is of that kind and return what is told of it."""
        self.page.locator(f"#bench-progress .run[data-kind={kind}]").wait_for()
        return str(self.page.locator("#bench-progress").inner_text())

    def report(self, title: str) -> str:
        """Wait for a report of that title and return its words."""
        frame = self.page.frame_locator("#bench-frame")
        frame.locator("h1", has_text=title).wait_for()
        return str(frame.locator("body").inner_text())

    def runs(self) -> int:
        """Return how many runs are listed."""
        self.page.locator("#bench-runs h3").wait_for()
        return int(self.page.locator("#bench-runs tbody tr").count())


@pytest.fixture
def open_tab(chromium: Any, url: str) -> Iterator[Callable[..., Tab]]:
    with watching(chromium, Tab, url, "body[data-bench] #bench-runs h3") as opened:
        yield lambda language="vi", width=1280: opened(f"?lang={language}#evaluate", viewport={"width": width, "height": 844})


def test_a_run_ends_in_a_report_that_shows_other_people_s_words_as_words(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    before = tab.runs()
    tab.order("mine")
    assert BENCH["done"].vi in tab.until("done")
    assert "Đúng hoàn toàn" in tab.report("Kết quả đo")
    tab.page.frame_locator("#bench-frame").locator("summary", has_text="gold").click()
    assert HOSTILE in tab.report("Kết quả đo")
    frame = tab.page.locator("#bench-frame")
    assert frame.get_attribute("sandbox") == "" and tab.runs() == before + 1
    tab.page.get_by_role("button", name="EN – English").click()
    tab.page.frame_locator("#bench-frame").locator("html[lang=en]").wait_for()
    assert "Right in every way" in tab.report("Benchmark report") and BENCH["runs"].en in tab.page.locator("#bench-runs").inner_text()
    with tab.page.expect_download() as download:
        tab.page.locator("#bench-download").click()
    saved = download.value.path().read_text("utf-8")
    assert saved.startswith("<!doctype html>") and "default-src 'none'" in saved and "<script" not in saved


def test_configurations_run_side_by_side_and_two_runs_are_compared(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("en")
    tab.order("mine", provisions=("", "2"))
    tab.until("done")
    shown = tab.report("Configurations side by side")
    assert "k = 2" in shown and "as set" in shown
    assert tab.page.locator("#bench-compare").is_disabled()
    boxes = tab.page.locator("[name=run]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    tab.page.locator("#bench-compare").click()
    shown = tab.report("Two runs compared")
    assert "the same" in shown and "Questions that changed" in shown


def test_a_run_is_stopped_goes_on_and_only_one_runs_at_a_time(open_tab: Callable[..., Tab]) -> None:
    tab, other = open_tab(), open_tab("en")
    tab.order("long")
    tab.page.locator(".run[data-kind=running] progress[value]").wait_for()
    other.order("mine")
    assert "only one runs at a time" in other.until("running") and other.page.locator("#bench-stop").is_visible()
    tab.page.locator("#bench-stop").click()
    assert BENCH["stopped"].vi in tab.until("stopped") and BENCH["stopped"].en in other.until("stopped")
    # the list is asked for anew once the run is told of
    tab.page.locator("#bench-runs", has_text=BENCH["interrupted"].vi.split("{")[0].strip()).wait_for()
    tab.order("long", limit="2")
    tab.until("done")
    tab.page.locator("#bench-runs tbody tr:first-child", has_text="2 câu").wait_for()


def test_faults_of_a_case_file_are_told_by_file_line_and_reason(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("en")
    before = tab.runs()
    tab.order("bad")
    told = tab.until("failed")
    assert BENCH["faults"].en in told and "bad.jsonl:2" in told and f"“{HOSTILE}” is no type" in told and tab.runs() == before
    tab.order()
    tab.page.locator("#bench-progress .problem", has_text="No case file on the list was chosen.").wait_for()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_scrolls_sideways_and_the_pages_change_by_their_links(open_tab: Callable[..., Tab], width: int) -> None:
    tab = open_tab("vi", width)
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.page.get_by_role("link", name=WORDS["view_ask"].vi).click()
    tab.page.locator("#question").wait_for()
    assert tab.page.locator("#question").is_visible() and tab.page.locator("#bench-form").is_hidden()
    tab.page.get_by_role("link", name=WORDS["view_evaluate"].vi).click()
    tab.page.locator("#bench-form").wait_for()  # the address changes first, the page in its next turn
    assert tab.page.locator("#bench-form").is_visible() and tab.page.locator("#question").is_hidden()
    assert tab.page.get_by_role("link", name=WORDS["view_evaluate"].vi).get_attribute("aria-current") == "page"


@pytest.mark.parametrize("path", ["report?run=..", "report?run=../cases", "report?run=/etc/passwd", "report", "compare?run=x", "beside?run=x&run=y"])
def test_a_report_that_is_not_listed_is_not_there(url: str, path: str) -> None:
    status, headers, text = get(f"{url}evaluate/{path}")
    assert status == 404 and BENCH["not_there"].vi in text and BENCH["not_there"].en in text
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'") and headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["evaluate/", "evaluate/report/x", "evaluate/..%2Fconfig", "evaluate/secret", "cases/mine.jsonl", "evals"])
def test_no_other_path_is_open(url: str, path: str) -> None:
    assert get(url + path)[0] == 404


def test_without_a_workbench_there_is_no_such_page() -> None:
    assert "#evaluate" not in shell(FakeAssistant()) and "#evaluate" in shell(FakeAssistant(), ("evaluate",))
