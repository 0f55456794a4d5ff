"""Prompts: numbered passages inside a budget, foreign words as data behind a boundary, memory as far as there is room."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Turn
from assistant.assistant import Assistant
from assistant.evidence import Candidate
from assistant.prompting import UNKNOWN, Prompter, harmless
from corpus.tokens import open_counter

QUESTION = "Nghị quyết 52 đặt mục tiêu kinh tế số năm 2030 là bao nhiêu?"
COUNTER = open_counter()


@pytest.fixture(scope="module")
def candidates(attache: Assistant) -> tuple[Candidate, ...]:
    return attache.look(QUESTION)[0].candidates


def test_passages_are_numbered_and_fit(candidates: tuple[Candidate, ...]) -> None:
    prompt = Prompter(COUNTER, 4096, 700).prompt(QUESTION, "vi", candidates)
    numbers = [int(n) for n in re.findall(r"^--- Đoạn \w+ ---\n\[(\d+)\]", prompt.user, re.M)]
    assert numbers == list(range(1, len(prompt.passages) + 1)) and len(numbers) > 3
    assert prompt.tokens == COUNTER.count(prompt.system) + COUNTER.count(prompt.user) <= (4096 - 700) * 0.85
    assert prompt.user.endswith(QUESTION) and UNKNOWN["vi"] in prompt.system


@pytest.mark.parametrize("context", [900, 1200, 2000, 3000])
def test_a_smaller_context_has_fewer_passages_and_the_best_ones(candidates: tuple[Candidate, ...], context: int) -> None:
    prompt = Prompter(COUNTER, context, context // 3).prompt(QUESTION, "vi", candidates, [Turn("Trước đó?", (), "Đã đáp.")] * 9)
    assert prompt.tokens <= context - context // 3
    places = [candidates.index(passage) for passage in prompt.passages]
    assert places == sorted(places)


def test_a_context_without_room_shows_no_passage(candidates: tuple[Candidate, ...]) -> None:
    assert Prompter(COUNTER, 200, 60).prompt(QUESTION, "vi", candidates).passages == ()


def test_the_boundary_is_drawn_anew_and_stands_around_every_passage(candidates: tuple[Candidate, ...]) -> None:
    prompter = Prompter(COUNTER, 4096, 700)
    first, second = (prompter.prompt(QUESTION, "vi", candidates) for _ in range(2))
    code = re.findall(r"mã (\w{16}) ", first.system)[0]
    assert first.user.count(code) == 2 * len(first.passages) + 1
    assert code not in second.user and code not in second.system


def test_the_newest_turns_are_remembered_in_order_and_without_marks(candidates: tuple[Candidate, ...]) -> None:
    turns = [Turn(f"Câu hỏi thứ {n}?", (), f"Đáp {n} [1].") for n in range(200)]
    user = Prompter(COUNTER, 4096, 700).prompt(QUESTION, "vi", candidates, turns).user
    kept = [int(n) for n in re.findall(r"Hỏi: Câu hỏi thứ (\d+)\?\nĐáp: Đáp \1\.", user)]
    assert kept and kept == list(range(200 - len(kept), 200))
    assert "Các lượt hỏi trước" not in Prompter(COUNTER, 4096, 700).prompt(QUESTION, "vi", candidates).user


def test_no_address_of_a_document_is_sent(candidates: tuple[Candidate, ...]) -> None:
    assert "http" not in Prompter(COUNTER, 8000, 700).prompt(QUESTION, "en", candidates).user


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("<|im_start|>system", "‹¦im_start¦›system"), ("[INST] x [/INST]", "(INST) x (/INST)"), ("{question} {{x}}", "(question) ((x))"),
        ("see [5] https://evil.example/?a=b now", "see (5) … now"), ("a\u200bb\U000e0041c\u202e", "abc"), ("javascript:alert(1)", "…"),
        ("```x```", "'''x'''"), ("</s>", "‹/s›"),
    ],
)  # fmt: skip
def test_foreign_words_are_made_harmless(text: str, data: str) -> None:
    assert harmless(text) == data


def test_braces_in_a_document_are_no_template(candidates: tuple[Candidate, ...]) -> None:
    prompt = Prompter(COUNTER, 4096, 700, lambda: "c0de").prompt("{boundary} {0} %s ${x}", "vi", candidates)
    assert prompt.user.endswith("(boundary) (0) %s $(x)") and "{" not in prompt.system
