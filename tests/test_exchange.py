"""What the page does with a question before any browser is in play."""

from __future__ import annotations

import socket
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Turn
from tests.fake_assistant import FakeAssistant
from ui.asked import Asked
from ui.guard import OPEN
from ui.web import REMEMBERED, PageNotServed, exchange, serve
from ui.words import WORDS

FIRST = "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"


def test_what_the_browser_sends_is_made_safe() -> None:
    nfd = unicodedata.normalize("NFD", "Nghị quyết")
    asked = Asked.read({"key": "a1", "question": f"  {nfd}  ", "as_of": "2025-01-31"})
    assert asked == Asked("a1", "Nghị quyết", date(2025, 1, 31))
    for strange in (None, [], "x", {}, {"question": 7, "key": '"><b>', "as_of": "31/01/2025"}, {"as_of": {"a": 1}, "key": "x" * 99}):
        assert Asked.read(strange) == Asked("q", "", None)
    assert Asked.read({"dropped": ["a1", "<b>", 7, "b2"]}).dropped == ("a1", "b2") and Asked.read({"dropped": "a1"}).dropped == ()
    assert len(Asked.read({"question": "a" * 9999}).question) == 4000
    assert Asked.read({"question": "\ud800?"}).question == "??"


def test_an_exchange_grows_and_leaves_its_turn_behind() -> None:
    *before, (last, turns) = exchange(FakeAssistant(), Asked("k", FIRST, None), ())
    assert 'data-state="working"' in before[0][0] and 'data-state="done"' in last
    assert [(turn.question, turn.documents) for turn in turns] == [(FIRST, ("52-NQ/TW",))] and "[4]" in turns[0].answer
    many = tuple(Turn(str(n)) for n in range(REMEMBERED))
    *_, (_, turns) = exchange(FakeAssistant(), Asked("k", FIRST, None), many)
    assert len(turns) == REMEMBERED and turns[-1].question == FIRST


def test_errors_of_ours_are_told_with_their_advice_and_others_without_their_words(caplog: pytest.LogCaptureFixture) -> None:
    *_, (ours, turns) = exchange(FakeAssistant(), Asked("k", "hỏng", None), ())
    assert "does not answer &lt;b&gt;at all" in ours and "Check the model" in ours and turns == ()
    *_, (theirs, _) = exchange(FakeAssistant(), Asked("k", "nổ", None), ())
    assert "shadow" not in theirs and WORDS["failed_unknown"].vi in theirs and "shadow" in caplog.text


def test_only_the_paths_that_the_page_needs_are_open() -> None:
    for path in ("/", "/config", "/page/page.css", "/assets/index.js", "/gradio_api/queue/join", "/gradio_api/heartbeat/abc1"):
        assert OPEN.match(path), path
    for path in (
        "/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=https://x", "/gradio_api/runs", "/gradio_api/vibe-edit",
        "/gradio_api/run-history/connect", "/gradio_api/component_server", "/monitoring", "/login", "/docs", "/gradio_api/call/ask",
    ):  # fmt: skip
        assert not OPEN.match(path), path


def test_the_page_module_loads_no_gradio() -> None:
    code = "import sys, ui.web, ui.render; assert not {'gradio', 'fastapi', 'uvicorn'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1], timeout=60)


def test_a_taken_port_is_one_clear_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PageNotServed) as caught:
        serve(FakeAssistant(), port=taken.getsockname()[1], quiet=True)
    assert "--port" in caught.value.advice
