"""Answers worded by a chat model over a real connection: only what stands is shown; the quoted answer takes over else."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import EXTRACTIVE, Answer, Outcome, Turn
from assistant.assistant import Assistant
from assistant.compose import open_assistant
from assistant.errors import BadSettings, GeneratorUnknown
from assistant.generation import ModelSpec, open_model
from assistant.phrases import phrase
from assistant.settings import Settings
from assistant.verification.reading import read
from assistant.verify import marks, quote_stands
from tests.fake_model_server import FakeModelServer, serving

DAY = date(2026, 9, 1)
QUESTION = "Nghị quyết 52 đặt mục tiêu kinh tế số năm 2030 là bao nhiêu?"
ASKED = "Nghị quyết 52-NQ/TW đặt mục tiêu gì đến năm 2030?"


@pytest.fixture(scope="module")
def server() -> Iterator[FakeModelServer]:
    with serving() as state:
        yield state


class Switched:
    """A chat model that is another one from question to question, so that one assistant serves all tests."""

    sends_to = ""

    def __init__(self) -> None:
        self.now = open_model(ModelSpec("openai:honest", "http://127.0.0.1:9/v1"))

    @property
    def name(self) -> str:
        return self.now.name

    def stream(self, system: str, user: str) -> Generator[str, None, bool]:
        return self.now.stream(system, user)


@pytest.fixture(scope="module")
def opened(attache: Assistant, attache_home: Path) -> dict[bool, tuple[Assistant, Switched]]:
    """Assistants over the bundled library, by whether they show what is not verified, each with its model."""
    models = {show: Switched() for show in (False, True)}
    return {show: (open_assistant(Settings(attache_home, show_unverified=show), model=model), model) for show, model in models.items()}


@pytest.fixture
def using(server: FakeModelServer, opened: dict[bool, tuple[Assistant, Switched]]) -> Callable[..., Assistant]:
    """Return the assistant with a model of the server."""

    def make(model: str, show: bool = False, **patience: float) -> Assistant:
        server.sent.clear()
        assistant, switched = opened[show]
        patient: dict[str, Any] = {"pause": 0.01, "silence": 10.0} | patience
        switched.now = open_model(ModelSpec(f"openai:{model}", server.address, **patient))
        return assistant

    return make


def sound(assistant: Assistant, answer: Answer) -> bool:
    """Tell whether every mark has its citation, every citation its mark and its words."""
    documents = {d.number: d for d in assistant.documents()}
    assert set(marks(answer.text)) == {c.mark for c in answer.citations}
    assert [c.mark for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    return bool(answer.citations) and all(quote_stands(c, documents) and c.verified for c in answer.citations)


@pytest.mark.parametrize("model", ["honest", "no-marks", "invents-marks", "invents-figures", "thinks", "lists", "markup", "repeats", "busy-once"])
def test_what_stands_is_shown_with_marks_of_its_own(using: Callable[..., Assistant], model: str) -> None:
    assistant = using(model)
    answer = assistant.ask(ASKED, (), DAY)
    assert answer.generator == f"openai:{model}" and answer.outcome is Outcome.ANSWERED and sound(assistant, answer)
    assert "87,3" not in answer.text and "99]" not in answer.text and "evil" not in answer.text
    assert answer.text.count(answer.citations[0].quote[:30]) == 1
    assert answer.reply and answer.reply.failed == (model in ("invents-figures", "markup"))
    dropped = phrase("model_dropped", "vi", count=1, model=f"openai:{model}")
    assert (dropped in answer.notes) == bool(answer.reply.failed)


FALLS_BACK = {
    "only-invents": "model_unsupported", "silent": "model_unsupported", "cut": "model_unsupported", "declines": "model_declined",
    "busy": "model_failed", "broken": "model_failed", "keyless": "model_failed", "gone": "model_failed", "moved": "model_failed",
    "breaks-off": "model_failed", "nonsense": "model_failed",
}  # fmt: skip


@pytest.mark.parametrize("model", FALLS_BACK)
def test_otherwise_the_quoted_answer_is_given_with_the_reason(using: Callable[..., Assistant], attache: Assistant, model: str) -> None:
    assistant = using(model)
    answer, quoted = assistant.ask(ASKED, (), DAY), attache.ask(ASKED, (), DAY)
    assert (answer.text, answer.citations, answer.generator) == (quoted.text, quoted.citations, EXTRACTIVE)
    assert answer.outcome is (Outcome.PARTIAL if model == "declines" else quoted.outcome)
    assert answer.notes[0].split(f"openai:{model}")[0] == phrase(FALLS_BACK[model], "vi", model="\n", reason="\n").split("\n")[0]
    assert answer.notes[1:] == quoted.notes


def test_a_server_that_stalls_costs_no_more_than_its_time(using: Callable[..., Assistant], server: FakeModelServer) -> None:
    answer = using("stalls", silence=0.3).ask(ASKED, (), DAY)
    assert answer.generator == EXTRACTIVE and "too long" in answer.notes[0]
    assert server.hung_up.wait(5)


def test_an_answer_without_the_thing_asked_for_is_not_enough(using: Callable[..., Assistant], server: FakeModelServer) -> None:
    server.scripted = "Nghị quyết 52-NQ/TW do Bộ Chính trị ban hành [1]."
    answer = using("scripted").ask("Nghị quyết 52-NQ/TW ban hành ngày nào?", (), DAY)
    assert answer.generator == EXTRACTIVE and "27/9/2019" in answer.text


def test_unverified_sentences_are_labelled_when_they_are_wished_for(using: Callable[..., Assistant]) -> None:
    assistant = using("invents-figures", show=True)
    answer = assistant.ask(ASKED, (), DAY)
    assert phrase("unverified", "vi", sentence="Kinh tế số chiếm 87,3% GDP vào năm 2099.") in answer.text
    assert sound(assistant, answer) and answer.notes[0] == phrase("model_shown", "vi", count=1, model="openai:invents-figures")


@pytest.mark.parametrize(
    "question", ["Xin chào!", "Mật khẩu là gì?", "", "Vé tàu Huế – Đà Nẵng giá bao nhiêu tiền?", "Bạn nghĩ gì về Nghị quyết 57?"]
)
def test_what_the_documents_do_not_answer_is_sent_to_no_model(using: Callable[..., Assistant], server: FakeModelServer, question: str) -> None:
    answer = using("honest").ask(question, (), DAY)
    assert server.sent == [] and not answer.outcome.says_something


def test_sentences_are_shown_as_they_come_and_add_up(using: Callable[..., Assistant]) -> None:
    *pieces, answer = using("lists").stream(ASKED, (), DAY)
    assert isinstance(answer, Answer) and "".join(map(str, pieces)) == answer.text
    assert len([piece for piece in pieces if piece]) >= 2


def test_a_reader_who_leaves_stops_the_model(using: Callable[..., Assistant], server: FakeModelServer) -> None:
    server.hung_up.clear()
    stream = using("waits").stream(ASKED, (), DAY)
    for _ in range(3):
        next(stream)
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    assert server.hung_up.wait(5)


def test_a_follow_up_is_sent_alone_and_with_what_was_said_before(using: Callable[..., Assistant], server: FakeModelServer) -> None:
    using("honest").ask("Còn năm 2045 thì sao?", [Turn(ASKED, ("52-NQ/TW",), "Chính phủ số [1].")], DAY)
    user = str(server.sent[-1]["messages"][-1]["content"])
    assert f"Hỏi: {ASKED}\nĐáp: Chính phủ số." in user and "2045" in user.split("Câu hỏi")[-1]


def test_an_english_question_is_answered_in_english(using: Callable[..., Assistant]) -> None:
    assistant = using("honest")
    answer = assistant.ask("What targets does Resolution 52-NQ/TW set for 2030?", (), DAY)
    assert answer.language == "en" and answer.generator == "openai:honest" and sound(assistant, answer)


def test_settings_name_the_model_its_place_and_its_key(attache: Assistant, attache_home: Path, server: FakeModelServer, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("of-a-file\n", "utf-8")
    settings = Settings(attache_home, model="openai:honest", model_url=server.address, model_key_file=tmp_path / "key")
    assistant = open_assistant(settings)
    assert (assistant.generator, assistant.sends_to) == ("openai:honest", "")
    assistant.ask(ASKED, (), DAY)
    assert server.headers[-1]["authorization"] == "Bearer of-a-file"
    assert (attache.generator, attache.sends_to) == (EXTRACTIVE, "")


def test_a_model_that_is_none_is_told_of_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(GeneratorUnknown):
        open_assistant(Settings(tmp_path / "home", model="nosuch:x"))
    with pytest.raises(BadSettings):
        open_assistant(Settings(tmp_path / "home", model="openai:x", model_key_file=tmp_path / "gone"))
    assert not (tmp_path / "home").exists()


def test_a_reply_longer_than_anybody_reads_is_left(using: Callable[..., Assistant], server: FakeModelServer) -> None:
    server.scripted = "".join(f"Cá heo xanh bơi lần thứ {n} [1]. " for n in range(3000))
    reply = using("scripted").ask(ASKED, (), DAY).reply
    assert reply and len(reply.judged) == reply.failed < 50


@pytest.mark.parametrize(("question", "said", "day"), [
    ("luat chuyen doi so co hieu luc tu ngay nao", "Luật Chuyển đổi số có hiệu lực từ 01/7/2026", "2026-07-01"),
    ("Nghị quyết 59-NQ/TW ban hành ngày nào và về việc gì?", "Nghị quyết 59-NQ/TW ban hành ngày 24/01/2025", "2025-01-24"),
    ("Chỉ thị 25-CT/TW về đối ngoại đa phương ban hành ngày nào?", "Chỉ thị 25-CT/TW ban hành ngày 8/8/2018", "2018-08-08"),
])  # fmt: skip
@pytest.mark.parametrize("mark", [1, 2, 3, 4, 5])
def test_a_day_of_issue_or_effect_stands_in_the_words_that_are_cited(
    using: Callable[..., Assistant], server: FakeModelServer, question: str, said: str, day: str, mark: int
) -> None:
    """The day was known from the document's card, and the mark led to words of the same document that tell of something else."""
    server.scripted = f"{said} [{mark}]."
    assistant = using("scripted")
    answer = assistant.ask(question, (), DAY)
    assert sound(assistant, answer) and day in {iso for c in answer.citations for iso, _, _ in read(c.quote, "vi").dates}
