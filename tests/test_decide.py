"""The decision whether what was found is good enough."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.decide import SIGNALS, Decision, Support, names_in, unsupported_particulars
from assistant.evidence import satisfied
from assistant.question import Want, read_form
from assistant.understand import Understander

signals = st.lists(st.floats(-3, 3), min_size=len(SIGNALS), max_size=len(SIGNALS))


@given(signals)
def test_a_chance_is_a_chance(row: list[float]) -> None:
    assert 0.0 <= Decision().chance(row) <= 1.0


def test_a_chance_is_the_logistic_of_the_weighted_sum() -> None:
    decision = Decision((1.0, 2.0, *[0.0] * (len(SIGNALS) - 2)), bias=0.5)
    assert decision.chance([1.0, 1.0, *[9.0] * (len(SIGNALS) - 2)]) == pytest.approx(1 / (1 + math.exp(-3.5)))
    with pytest.raises(ValueError):
        decision.chance([1.0])


def support(chance: float, **more: bool) -> tuple[Support, Decision]:
    decision = Decision((1.0, *[0.0] * (len(SIGNALS) - 1)), bias=0.0, bar=0.4)
    return Support((math.log(chance / (1 - chance)), *[0.0] * (len(SIGNALS) - 1)), (), (), **more), decision


def test_the_bar_decides() -> None:
    for chance, shown in ((0.45, True), (0.35, False)):
        found, decision = support(chance)
        assert found.enough(decision) is shown


def test_what_cannot_answer_is_never_shown() -> None:
    found, decision = support(0.99, impossible=True)
    assert not found.enough(decision)
    assert not replace(found, certain=True).enough(decision)


def test_where_the_documents_are_certain_half_the_chance_is_enough() -> None:
    found, decision = support(0.25, certain=True)
    assert found.enough(decision)
    assert not replace(found, certain=False).enough(decision)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đại sứ Trần Hưng Đạo trình quốc thư ở Kuala Lumpur.", ["Trần Hưng Đạo", "Kuala Lumpur"]),
        ("Who met Angela Merkel's adviser?", ["Angela Merkel"]),
        ("Bộ Ngoại giao ký Nghị quyết nào?", []),
        ("Ai ký?", []),
        ("Nghị quyết ấy nói gì — Còn năm 2045 thì sao?", []),
        ("", []),
    ],
)
def test_names_of_a_question(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_particulars_that_stand_nowhere(understander: Understander) -> None:
    understanding = understander.read("Có phải Nghị quyết 52-NQ/TW đặt mục tiêu 45% và do ông Trần Hưng Đạo ký?")
    strange = unsupported_particulars(understanding, "Nghị quyết đặt mục tiêu 30%.")
    assert "45" in strange
    assert "52" not in strange
    assert any("Hưng Đạo" in name for name in strange)
    assert unsupported_particulars(understanding, "Mục tiêu 45%; ông Trần Hưng Đạo ký.") == ()


def signal(assistant: Assistant, question: str, name: str) -> float:
    (look,) = assistant.look(question)
    assert look.support is not None
    return look.support.signals[SIGNALS.index(name)]


def test_signals_tell_a_good_question_from_a_strange_one(tiny_assistant: Assistant) -> None:
    good = "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số năm 2030 bao nhiêu phần trăm GDP?"
    strange = "Sản lượng cá tra xuất sang Uruguay năm 1987 là bao nhiêu phần trăm?"
    assert signal(tiny_assistant, good, "coverage") > signal(tiny_assistant, strange, "coverage")
    assert signal(tiny_assistant, good, "unknown") < signal(tiny_assistant, strange, "unknown")
    assert (signal(tiny_assistant, good, "named"), signal(tiny_assistant, strange, "named")) == (1.0, 0.0)
    assert (signal(tiny_assistant, good, "strange"), signal(tiny_assistant, strange, "strange")) == (0.0, 2.0)


@pytest.mark.parametrize(
    "question",
    [
        "Lệ phí cấp chữ ký điện tử là bao nhiêu tiền?",
        "Điều 77 Luật Giao dịch điện tử 2023 quy định gì?",
        "Diễn đàn lần thứ 88 nói gì về Nghị quyết 52?",
        "Nghị quyết 52-NQ/TW nêu bao nhiêu tàu ngầm?",
    ],
)
def test_what_is_not_there_cannot_answer(tiny_assistant: Assistant, question: str) -> None:
    (look,) = tiny_assistant.look(question)
    assert look.support is not None
    assert look.support.impossible


@pytest.mark.parametrize(
    "question", ["Khoản 2 Điều 4 Luật Giao dịch điện tử 2023 quy định gì?", "Nghị quyết 52-NQ/TW ban hành ngày nào?", "So sánh mốc 2025 và 2030."]
)
def test_what_is_there_can_answer(tiny_assistant: Assistant, question: str) -> None:
    (look,) = tiny_assistant.look(question)
    assert look.support is not None
    assert not look.support.impossible


def test_a_thing_wanted_and_absent_is_told(tiny_assistant: Assistant) -> None:
    (look,) = tiny_assistant.look("Nghị quyết 52-NQ/TW do ai ký ban hành ngày nào?")
    assert look.support is not None and not look.support.wanting
    (look,) = tiny_assistant.look("Mục tiêu kép của Chương trình 749 do ai đề xuất khi nào trong phiên họp kín?")
    assert look.support is not None and look.support.wanting


@pytest.mark.parametrize(
    "question",
    [
        "Thụy Điển có đại sứ phụ trách công nghệ không, tên là gì?",
        "Which vendor built Sweden's consular chatbot?",
        "Luật Nhà ở quy định bao nhiêu điều?",
        "What does the Housing Law say about digital signatures?",
        "Bộ Ngoại giao xếp thứ mấy về cải cách hành chính năm 2019?",
    ],
)
def test_what_the_library_is_not_about_is_not_answered_by_what_is_like_it(attache: Assistant, question: str) -> None:
    answer = attache.ask(question)
    assert answer.outcome is Outcome.NOT_IN_CORPUS, answer.text


def test_a_chapter_beyond_the_last_is_answered_by_the_structure(attache: Assistant) -> None:
    answer = attache.ask("Chương IX Luật Công nghiệp công nghệ số nói gì?")
    assert answer.outcome is Outcome.ANSWERED and "6 chương" in answer.text


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("Việt Nam xếp thứ mấy về chính phủ điện tử?", Want.RANK),
        ("What was Viet Nam's rank in the survey?", Want.RANK),
        ("Hồ sơ được giải quyết trong bao nhiêu ngày?", Want.DURATION),
        ("How long does legalisation take?", Want.DURATION),
    ],
)
def test_a_rank_and_a_length_of_time_are_kinds_of_thing(question: str, want: Want) -> None:
    assert want in read_form(question).wants
    assert satisfied(want, "hạng 71 trong 3 ngày làm việc, ranked 71st, 3 working days", frozenset(), ())
    assert not satisfied(want, "Bộ đã có nhiều tiến bộ năm 2022.", frozenset(), ())
