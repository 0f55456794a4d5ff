"""The HTTP API over the application itself: asked, streamed, searched, read, refused; what OpenAPI says is what comes."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.fake_assistant import DOCUMENTS, HOSTILE, FakeAssistant
from ui.api.problems import PROBLEMS
from ui.plainly import REFUSALS
from ui.web import make_app

QUESTION = "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"


@pytest.fixture(scope="module")
def service() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def client(service: FakeAssistant) -> Iterator[TestClient]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with TestClient(make_app(service), raise_server_exceptions=False) as client:
            yield client


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream: name and data."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.partition(": ")[::2] for line in block.splitlines() if not line.startswith(":"))
        if "data" in lines:
            found.append((lines.get("event", ""), lines["data"] if lines["data"] == "[DONE]" else json.loads(lines["data"])))
    return found


def test_an_answer_is_the_one_of_the_command_line(client: TestClient, service: FakeAssistant) -> None:
    reply = client.post("/api/v1/ask", json={"question": QUESTION, "as_of": "2026-01-02", "id": "a1"})
    assert reply.status_code == 200 and reply.headers["content-type"] == "application/json"
    expected = service.ask(QUESTION, (), date(2026, 1, 2)).to_json("a1")
    assert reply.json() == expected and list(reply.json()) == list(expected)


def test_history_day_and_language_reach_the_assistant(client: TestClient, service: FakeAssistant) -> None:
    history = ["Mục tiêu?", {"question": "Còn luật?", "documents": ["52-NQ/TW"], "answer": "Có."}]
    client.post("/api/v1/ask", json={"question": "kinh tế số", "history": history, "as_of": "2020-02-29", "language": "en"})
    question, turns, day = service.asked[-1]
    assert question == "kinh tế số" and [t.question for t in turns] == ["Mục tiêu?", "Còn luật?"] and turns[1].documents == ("52-NQ/TW",)
    assert day == date(2020, 2, 29)


@pytest.mark.parametrize("by_header", [True, False])
def test_a_stream_ends_with_the_whole_answer(client: TestClient, by_header: bool) -> None:
    headers = {"accept": "text/event-stream"} if by_header else {}
    reply = client.post("/api/v1/ask", json={"question": QUESTION} | ({} if by_header else {"stream": True}), headers=headers)
    assert reply.headers["content-type"].startswith("text/event-stream")
    found = events(reply.text)
    assert {name for name, _ in found[:-1]} == {"piece"} and found[-1][0] == "answer" and len(found) > 3
    assert "".join(data["text"] for _, data in found[:-1]) == found[-1][1]["text"] and found[-1][1]["citations"]


def test_a_reader_who_leaves_stops_the_assistant(service: FakeAssistant) -> None:
    from ui.api.asking import _events
    from ui.api.models import AskRequest

    service.closed.clear()
    stream = _events(service, AskRequest(question=f"chậm {QUESTION}"), "en")
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert service.closed.is_set()


def test_an_error_of_ours_is_a_sentence_and_a_next_step(client: TestClient) -> None:
    reply = client.post("/api/v1/ask", json={"question": "hỏng rồi"})
    assert reply.status_code == 500
    assert reply.json()["error"]["message"] == "The chat model does not answer <b>at all</b>. Check the model’s address."
    streamed = events(client.post("/api/v1/ask", json={"question": "hỏng rồi", "stream": True}).text)
    assert streamed == [("problem", reply.json())]


@pytest.mark.parametrize("path", ["/api/v1/ask", "/v1/chat/completions"])
@pytest.mark.parametrize("stream", [True, False])
def test_what_fails_unforeseen_tells_nothing_of_itself(client: TestClient, path: str, stream: bool) -> None:
    asked = {"question": "nổ rồi"} if "ask" in path else {"messages": [{"role": "user", "content": "nổ rồi"}]}
    reply = client.post(path, json=asked | {"stream": stream}, headers={"accept-language": "vi"})
    assert "shadow" not in reply.text and "Traceback" not in reply.text and PROBLEMS["failed"].vi in reply.text
    assert reply.status_code == (200 if stream else 500)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422), ("{", 422), ("[]", 422), ("null", 422), ('"x"', 422), ("{}", 422), ('{"question": ""}', 422), ('{"question": 3}', 422),
        ('{"question": null}', 422), (json.dumps({"question": "x" * 4001}), 422), (json.dumps({"question": "x", "history": ["y"] * 41}), 422),
        ('{"question": "x", "as_of": "yesterday"}', 422),
        ('{"question": "x", "as_of": 0}', 422), ('{"question": "x", "language": "fr"}', 422), ('{"question": "x", "extra": 1}', 422),
        ('{"question": "\\ud800"}', 422), (json.dumps({"question": "x" * 300_000}), 413), ("[" * 100_000, 400),
    ],
)  # fmt: skip
def test_bad_bodies_get_the_right_status_and_one_sentence(client: TestClient, body: str, status: int) -> None:
    reply = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert reply.status_code == status
    error = reply.json()["error"]
    assert error["code"] == status and 10 < len(error["message"]) < 400 and "\n" not in error["message"]


def test_a_body_of_untold_length_is_counted_too(client: TestClient) -> None:
    reply = client.post("/api/v1/ask", content=(b"x" * 1000 for _ in range(400)), headers={"content-type": "application/json"})
    assert reply.status_code == 413 and reply.json()["error"]["message"] == REFUSALS["too_large"][1].en


def test_search_gives_rows_of_the_command_line(client: TestClient) -> None:
    rows = client.get("/api/v1/search", params={"q": "kinh tế số", "k": 2, "document": "57-NQ/TW", "year": 2024}).json()
    assert [sorted(row) for row in rows] == [["document", "locator", "passage_id", "score", "text"]] and rows[0]["document"] == "57-NQ/TW"
    for params, status in (
        ({"q": "x", "document": "none"}, 404), ({"q": "x", "kind": "none"}, 404), ({"q": "x", "k": 0}, 422), ({"q": "x", "year": 10**30}, 422),
        ({}, 422), ({"q": "x", "valid_on": "0"}, 422),
    ):  # fmt: skip
        reply = client.get("/api/v1/search", params=params)
        assert reply.status_code == status and reply.json()["error"]["message"], params


def test_documents_and_provisions_are_read_by_their_printed_numbers(client: TestClient) -> None:
    listed = client.get("/api/v1/documents", params={"as_of": "2026-08-01", "limit": 2, "offset": 1}).json()
    assert listed["total"] == 3 and [d["number"] for d in listed["documents"]] == ["57-NQ/TW", "24/2018/QH14"]
    assert listed["documents"][1]["status_on"] == "replaced" and "provisions" not in listed["documents"][0]
    for address in ("24/2018/QH14", "24%2F2018%2FQH14"):
        whole = client.get(f"/api/v1/documents/{address}", params={"locator": "Điều 43, khoản 1"}).json()
        assert whole["number"] == "24/2018/QH14" and [p["locator"] for p in whole["provisions"]] == ["Điều 43, khoản 1"]
    assert len(client.get("/api/v1/documents/52-NQ/TW").json()["provisions"]) == 3
    missing = client.get("/api/v1/documents/52-NQ/TW", params={"locator": "Điều 999"})
    assert missing.status_code == 404 and "999" in missing.json()["error"]["message"]
    assert client.get("/api/v1/documents/no%2Fsuch").status_code == 404


def test_a_conversation_in_the_openai_form_has_footnotes_and_citations(client: TestClient, service: FakeAssistant) -> None:
    messages = [
        {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Mục tiêu?"}, {"role": "assistant", "content": "Có [1]."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {"url": "http://x/"}}]},
    ]  # fmt: skip
    reply = client.post("/v1/chat/completions", json={"model": "attache", "messages": messages, "temperature": 0.2}).json()
    said = reply["choices"][0]["message"]["content"]
    assert reply["object"] == "chat.completion" and reply["choices"][0]["finish_reason"] == "stop"
    assert "[1] 52-NQ/TW, II (mục tiêu 2030): “Kinh tế số chiếm trên 30% GDP”" in said and reply["citations"][0]["mark"] == 1
    assert reply["attache"]["outcome"] == "answered"
    question, turns, _ = service.asked[-1]
    assert question == QUESTION and [(t.question, t.answer) for t in turns] == [("Mục tiêu?", "Có [1].")]
    assert [m["id"] for m in client.get("/v1/models").json()["data"]] == ["attache", "extractive"]


def test_a_streamed_conversation_says_the_same(client: TestClient) -> None:
    asked: dict[str, Any] = {"messages": [{"role": "user", "content": QUESTION}]}
    whole = client.post("/v1/chat/completions", json=asked).json()["choices"][0]["message"]["content"]
    found = [data for _, data in events(client.post("/v1/chat/completions", json=asked | {"stream": True}).text)]
    assert found[-1] == "[DONE]" and found[-2]["choices"][0]["finish_reason"] == "stop" and found[-2]["citations"]
    assert "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in found[:-1]) == whole


def test_the_openai_client_itself_reads_it(client: TestClient) -> None:
    from openai import OpenAI

    openai = OpenAI(base_url="http://testserver/v1", api_key="none", http_client=client)  # type: ignore[arg-type]
    completion = openai.chat.completions.create(model="attache", messages=[{"role": "user", "content": QUESTION}])
    assert "[1]" in str(completion.choices[0].message.content) and completion.citations[0]["document"] == "52-NQ/TW"  # type: ignore[attr-defined]
    chunks = list(openai.chat.completions.create(model="attache", messages=[{"role": "user", "content": QUESTION}], stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == completion.choices[0].message.content


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"model": "gpt-4", "messages": [{"role": "user", "content": "x"}]}, 404), ({"messages": []}, 422),
        ({"messages": [{"role": "system", "content": "x"}]}, 422), ({"messages": [{"role": "user", "content": "x" * 4001}]}, 422),
        ({"messages": [{"role": "admin", "content": "x"}]}, 422),
    ],
)  # fmt: skip
def test_conversations_that_make_no_sense_are_refused(client: TestClient, asked: dict[str, Any], status: int) -> None:
    reply = client.post("/v1/chat/completions", json=asked)
    assert reply.status_code == status and reply.json()["error"]["message"]


def test_the_docs_load_nothing_and_name_every_path(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/v1/docs")
    assert page.status_code == 200 and all(path in page.text for path in schema["paths"]) and len(schema["paths"]) == 6
    assert all(f'id="{name}"' in page.text for name in schema["components"]["schemas"])
    assert all(f"<code>{field}</code>" in page.text for field in schema["components"]["schemas"]["AskRequest"]["properties"])
    assert "src=" not in page.text and "<script" not in page.text and "<link" not in page.text and "//cdn" not in page.text
    assert client.get("/docs").status_code == 404 and client.get("/redoc").status_code == 404


def test_hostile_words_come_back_as_json_with_no_other_type(client: TestClient) -> None:
    reply = client.post("/api/v1/ask", json={"question": f"xss {HOSTILE}"})
    assert reply.headers["content-type"] == "application/json" and reply.headers["x-content-type-options"] == "nosniff"
    assert reply.json()["question"] == f"xss {HOSTILE}" and len(DOCUMENTS) == 3
