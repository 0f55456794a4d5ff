"""Whether the server lives, is ready, what it counts and what it writes: never a question, unless that is allowed."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date
from threading import Event

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.answer import Answer, Outcome
from assistant.errors import GenerationFailed
from assistant.following import Following
from ui.answers_told import Told
from ui.health import Health
from ui.metrics import Metrics
from ui.observing import Lines, Observing, route_of

_QUESTION = "Đại sứ quán nào sẽ đóng cửa?"


class _Service:
    """Answers anything."""

    def ask(self, question: str, *_: object) -> Answer:
        return Answer(question, "vi", date(2026, 11, 26), Outcome.NOT_IN_CORPUS, "Không có.", seconds=0.25)

    def stream(self, question: str, *_: object) -> Iterator[str | Answer]:
        yield "Không "
        yield self.ask(question)


def _served(metrics: Metrics, lines: Lines, trouble: list[str]) -> TestClient:
    """Return a client of a small application that is observed."""
    told = Told(_Service(), metrics, lines)

    async def ask(request: Request) -> Response:
        return PlainTextResponse(told.ask((await request.body()).decode()).text)

    async def broken(request: Request) -> Response:
        raise ValueError(request.query_params["q"])

    app = Starlette(routes=[Route("/api/v1/ask", ask, methods=["POST"]), Route("/api/v1/search", broken)])
    app.add_middleware(Health, ready=lambda: trouble[0])
    app.add_middleware(Observing, metrics=metrics, lines=lines)
    return TestClient(app, raise_server_exceptions=False)


def test_who_asks_after_our_health_is_told_why_we_cannot_answer_and_when_we_can_again() -> None:
    trouble, written = ["The catalogue cannot be read."], list[str]()
    client = _served(Metrics(), Lines(written.append), trouble)
    assert client.get("/healthz").status_code == 200
    unready = client.get("/readyz")
    assert (unready.status_code, unready.text) == (503, "The catalogue cannot be read.\n")
    trouble[0] = ""
    assert client.get("/readyz").status_code == 200 and client.head("/readyz").text == ""
    assert written == []  # a load balancer asks every few seconds


def test_the_log_and_the_numbers_hold_no_word_of_a_question() -> None:
    written: list[str] = []
    metrics, lines = Metrics(), Lines(written.append)
    handler = lines.taking(logging.getLogger("attache.test"))
    client = _served(metrics, lines, [""])
    client.post("/api/v1/ask", content=_QUESTION.encode())
    client.get("/api/v1/search", params={"q": _QUESTION})
    try:
        raise ValueError(_QUESTION)
    except ValueError:
        logging.getLogger("attache.test").exception("a question could not be answered: %s", _QUESTION)
    logging.getLogger("attache.test").removeHandler(handler)
    everything = "\n".join(written) + metrics.text()
    assert "sứ quán" not in everything and "Đại" not in everything
    events = [json.loads(line) for line in written]
    assert [event["event"] for event in events] == ["answer", "request", "request", "log"]
    assert events[1]["route"] == "/api/v1/ask" and events[1]["status"] == 200 and events[2]["status"] == 500
    assert (events[3]["error"] == "ValueError" and events[3]["where"].startswith(__name__.split(".")[-1])) or "test_observing" in events[3]["where"]
    assert 'attache_answers_total{outcome="not_in_corpus"} 1.0' in metrics.text()
    assert 'attache_requests_total{route="/api/v1/search",status="500"} 1.0' in metrics.text()


def test_questions_are_written_down_where_that_is_allowed() -> None:
    written: list[str] = []
    _served(Metrics(), Lines(written.append, words=True), [""]).post("/api/v1/ask", content=_QUESTION.encode())
    assert json.loads(written[0])["question"] == _QUESTION


def test_a_streamed_answer_is_counted_once() -> None:
    metrics = Metrics()
    assert len([*Told(_Service(), metrics).stream(_QUESTION)]) == 2
    assert 'attache_answers_total{outcome="not_in_corpus"} 1.0' in metrics.text()


def test_addresses_are_told_as_a_few_routes() -> None:
    assert {route_of(path) for path in ("/api/v1/documents/57-NQ/TW", "/api/v1/documents")} == {"/api/v1/documents"}
    assert route_of("/") == "/" and route_of("/wp-admin/x") == "other" and route_of("/history/abc") == "/history"


def test_a_worker_follows_what_others_change_and_comes_back_by_itself_after_a_fall() -> None:
    states, renewed, failing = ["a"], Event(), Event()

    def state() -> str:
        if failing.is_set():
            raise GenerationFailed("The database does not answer.", advice="Start it.")
        return states[0]

    with Following(state, renewed.set, seconds=0.01) as following:
        assert not renewed.wait(0.05) and following.trouble == ""
        states[0] = "b"
        assert renewed.wait(10)
        failing.set()
        _until(lambda: following.trouble == "The database does not answer. Start it.")
        failing.clear()
        _until(lambda: following.trouble == "")


def _until(met: object) -> None:
    """Wait until something is so, ten seconds at most."""
    waiting = Event()
    assert callable(met)
    for _ in range(1000):
        if met():
            return
        waiting.wait(0.01)
    raise AssertionError("it never was so")
