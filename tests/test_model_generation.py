"""A chat model over a real connection: pieces, ends, refusals, waiting, stopping, and where prompts go."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from assistant.errors import BadSettings, GenerationFailed, GeneratorUnknown
from assistant.generation import ModelSpec, address_of, is_this_machine, open_model
from tests.fake_model_server import FakeModelServer, serving

PROMPT = ("Rules.", "--- Passage c0de ---\n[1] 52-NQ/TW\nThe digital economy exceeds 30% of GDP. More.\n--- End of passage c0de ---")


@pytest.fixture
def server() -> Iterator[FakeModelServer]:
    with serving() as state:
        yield state


def said(server: FakeModelServer, model: str, **patience: float) -> tuple[str, bool]:
    """What a model of the server says, and whether it came to its own end."""
    spec = ModelSpec(f"openai:{model}", server.address, **({"seconds": 20.0, "silence": 10.0, "pause": 0.01} | patience))  # type: ignore[arg-type]
    stream, text = open_model(spec).stream(*PROMPT), ""
    while True:
        try:
            text += next(stream)
        except StopIteration as end:
            return text, bool(end.value)


def test_pieces_come_in_order_to_the_model_s_own_end(server: FakeModelServer) -> None:
    assert said(server, "honest") == ("The digital economy exceeds 30% of GDP [1].", True)
    asked = server.sent[0]
    assert (asked["stream"], asked["temperature"], asked["max_tokens"]) == (True, 0.0, 700)
    assert [m["content"] for m in asked["messages"]] == list(PROMPT)
    assert "max_completion_tokens" not in asked


def test_a_reply_that_was_cut_says_so(server: FakeModelServer) -> None:
    assert said(server, "cut")[1] is False


def test_an_empty_reply_is_one(server: FakeModelServer) -> None:
    assert said(server, "silent") == ("", True)


def test_a_busy_server_is_asked_again(server: FakeModelServer) -> None:
    assert said(server, "busy-once")[1] and len(server.sent) == 2


@pytest.mark.parametrize(
    ("model", "words", "asked"),
    [
        ("busy", "429", 3), ("broken", "500", 3), ("keyless", "refused the key", 1), ("gone", "no such chat model", 1), ("moved", "307", 1),
        ("breaks-off", "broke off", 1), ("nonsense", "makes no sense", 1),
    ],
)  # fmt: skip
def test_what_fails_fails_with_a_sentence_after_so_many_attempts(server: FakeModelServer, model: str, words: str, asked: int) -> None:
    with pytest.raises(GenerationFailed, match=words) as caught:
        said(server, model)
    assert caught.value.advice and len(server.sent) == asked


@pytest.mark.parametrize("patience", [{"silence": 0.2}, {"seconds": 0.2}])
def test_a_server_that_stalls_is_left(server: FakeModelServer, patience: dict[str, float]) -> None:
    with pytest.raises(GenerationFailed, match="too long"):
        said(server, "stalls", **patience)
    assert server.hung_up.wait(5) and len(server.sent) == 1


def test_a_server_that_is_not_there(server: FakeModelServer) -> None:
    spec = ModelSpec("openai:x", "http://127.0.0.1:9/v1", retries=1, pause=0.01)
    with pytest.raises(GenerationFailed, match="cannot be reached") as caught:
        list(open_model(spec).stream(*PROMPT))
    assert caught.value.retryable


def test_stopping_hangs_up_at_once(server: FakeModelServer) -> None:
    stream = open_model(ModelSpec("openai:waits", server.address)).stream(*PROMPT)
    while not next(stream):
        pass
    stream.close()
    assert server.hung_up.wait(5)


def test_while_it_is_silent_empty_pieces_keep_the_reader_in_charge(server: FakeModelServer) -> None:
    stream = open_model(ModelSpec("openai:waits", server.address)).stream(*PROMPT)
    seen = [next(stream) for _ in range(12)]
    assert seen[-1] == "" and "".join(seen)
    stream.close()


def test_a_key_goes_where_it_is_meant_for_alone(server: FakeModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    said(server, "honest")
    assert server.headers[0]["authorization"] == "Bearer none"
    list(open_model(ModelSpec("openai:honest", server.address, key="mine")).stream(*PROMPT))
    assert server.headers[1]["authorization"] == "Bearer mine"


def test_tracing_is_off_and_the_key_is_not_printed(server: FakeModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    spec = ModelSpec("openai:honest", server.address, key="a-secret")
    list(open_model(spec).stream(*PROMPT))
    assert os.environ["LANGSMITH_TRACING"] == os.environ["LANGCHAIN_TRACING_V2"] == "false"
    assert "a-secret" not in repr(spec)


@pytest.mark.parametrize(
    ("name", "url", "found", "host"),
    [
        ("ollama:qwen3:8b", "", ("openai", "qwen3:8b", "http://127.0.0.1:11434/v1"), ""),
        ("vllm:a/b", "http://localhost:8000/v1/", ("openai", "a/b", "http://localhost:8000/v1"), ""),
        ("openai:x", "http://[::1]:8080/v1", ("openai", "x", "http://[::1]:8080/v1"), ""),
        ("openai:gpt-x", "https://llm.example.org/v1", ("openai", "gpt-x", "https://llm.example.org/v1"), "llm.example.org"),
        ("openai:x", "http://127.0.0.1.evil.example/v1", ("openai", "x", "http://127.0.0.1.evil.example/v1"), "127.0.0.1.evil.example"),
    ],
)
def test_where_a_prompt_goes_is_known_before_it_is_sent(name: str, url: str, found: tuple[str, str, str], host: str) -> None:
    spec = ModelSpec(name, url)
    assert address_of(spec) == found
    assert open_model(spec).sends_to == host


def test_the_commercial_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert open_model(ModelSpec("openai:gpt-x", key="k")).sends_to == "api.openai.com"
    with pytest.raises(GeneratorUnknown, match="cannot be set up"):
        open_model(ModelSpec("openai:gpt-x"))


@pytest.mark.parametrize("name", ["x", "", ":x", "openai:", "nosuch:model", "anthropic:x"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(GeneratorUnknown):
        open_model(ModelSpec(name))


@pytest.mark.parametrize("url", ["ftp://x/v1", "127.0.0.1:80", "http://", "http://a:b@127.0.0.1/v1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadSettings):
        open_model(ModelSpec("openai:x", url))


def test_this_machine() -> None:
    assert all(map(is_this_machine, ["localhost", "LOCALHOST.", "127.0.0.1", "127.9.9.9", "::1", "[::1]"]))
    assert not any(map(is_this_machine, ["", "0.0.0.0", "10.0.0.1", "localhost.evil.example", "192.0.2.1"]))
