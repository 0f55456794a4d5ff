"""Soft alignment of a question with sentences."""

from __future__ import annotations

import pytest

from assistant.alignment import Alignment
from index.embedding import HashingEncoder, StaticEncoder

QUESTION = "Nghị định hết hiệu lực từ khi nào?"
SENTENCES = ["Nghị định hết hiệu lực.", "Hội thảo khai mạc ở Huế.", ""]


def equal(_: str) -> float:
    return 1.0


def test_the_same_words_align_and_others_do_not(encoder: HashingEncoder) -> None:
    (whole, weakest), (other, _), nothing = Alignment(encoder).scores(QUESTION, SENTENCES, "vi", equal)
    assert whole == pytest.approx(1.0, abs=1e-5)
    assert weakest == pytest.approx(1.0, abs=1e-5)
    assert other < 0.6
    assert nothing == (0.0, 0.0)


def test_the_bundled_encoder_sees_other_words_of_the_same_meaning() -> None:
    scores = Alignment(StaticEncoder()).scores("Nghị định bị hủy bỏ?", ["Văn bản bị bãi bỏ.", "Đại sứ trình quốc thư."], "vi", equal)
    assert scores[0][0] > scores[1][0]


def test_the_weakest_phrase_tells_what_is_not_said(encoder: HashingEncoder) -> None:
    whole, weakest = Alignment(encoder).scores("digital embassy Tallinn", ["The digital embassy."], "en", equal)[0]
    assert weakest < whole


def test_a_question_without_a_subject_aligns_with_nothing(encoder: HashingEncoder) -> None:
    assert Alignment(encoder).scores("là gì?", SENTENCES, "vi", equal) == [(0.0, 0.0)] * 3


def test_a_rare_phrase_weighs_more(encoder: HashingEncoder) -> None:
    alignment = Alignment(encoder)
    flat = alignment.scores("embassy Tallinn", ["An embassy."], "en", equal)[0][0]
    weighted = alignment.scores("embassy Tallinn", ["An embassy."], "en", lambda word: 9.0 if word == "tallinn" else 1.0)[0][0]
    assert weighted < flat


def test_what_was_asked_before_changes_nothing(encoder: HashingEncoder) -> None:
    used = Alignment(encoder)
    used.scores("Một câu hỏi khác về băng thông rộng", ["Băng thông rộng."], "vi", equal)
    assert used.scores(QUESTION, SENTENCES, "vi", equal) == Alignment(encoder).scores(QUESTION, SENTENCES, "vi", equal)
