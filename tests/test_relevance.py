"""How well words cover a question."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.relevance import Subject
from assistant.understand import Understander
from corpus.passages import Passage
from index.analysis import plain_terms


@pytest.fixture(scope="module")
def frequencies(passages: list[Passage]) -> Counter[str]:
    return Counter(term for passage in passages for term in set(plain_terms(passage.embedding_text)))


def subject(understander: Understander, frequencies: Counter[str], question: str) -> Subject:
    return Subject(understander.read(question), frequencies.__getitem__, sum(frequencies.values()))


QUESTION = "Năng suất lao động tăng bình quân bao nhiêu?"


def test_a_text_that_says_everything_covers_all(understander: Understander, frequencies: Counter[str]) -> None:
    coverage = subject(understander, frequencies, QUESTION).cover("năng suất lao động tăng bình quân trên 7% một năm")
    assert coverage.share == pytest.approx(1.0)
    assert coverage.missing == ()


def test_a_text_that_says_nothing_covers_nothing(understander: Understander, frequencies: Counter[str]) -> None:
    coverage = subject(understander, frequencies, QUESTION).cover("Bộ Chính trị")
    assert (coverage.share, coverage.covered) == (0.0, frozenset())


def test_missing_words_are_told_as_they_were_typed(understander: Understander, frequencies: Counter[str]) -> None:
    asked = subject(understander, frequencies, "Giá gạo xuất khẩu ở cảng là bao nhiêu?")
    assert {"gạo", "cảng"} <= set(asked.cover("xuất khẩu").missing)


def test_diacritics_and_order_of_words_cost_little(understander: Understander, frequencies: Counter[str]) -> None:
    asked = subject(understander, frequencies, QUESTION)
    assert asked.cover("nang suat lao dong tang binh quan").share == pytest.approx(1.0)
    reversed_words = " ".join(reversed("năng suất lao động tăng bình quân".split()))
    assert 0.4 < asked.cover(reversed_words).share < 1.0


def test_a_rare_word_weighs_more_than_a_common_one(understander: Understander, frequencies: Counter[str]) -> None:
    asked = subject(understander, frequencies, "Apostille trong nghị quyết là gì?")
    assert asked.rarity("apostille") > asked.rarity("nghi")
    assert asked.unknown_share > 0


def test_another_name_of_a_concept_counts(understander: Understander, frequencies: Counter[str]) -> None:
    asked = subject(understander, frequencies, "What does it say of the electronic signature?")
    assert asked.cover("các bên chọn chữ ký điện tử").share > 0.9
    assert asked.concepts_share("chữ ký điện tử") == 1.0
    assert asked.concepts_share("chữ viết tay") == 0.0


def test_given_terms_count_as_said(understander: Understander, frequencies: Counter[str]) -> None:
    asked = subject(understander, frequencies, QUESTION)
    first = asked.cover("năng suất lao động")
    assert asked.cover("tăng bình quân", given=first.covered).share > asked.cover("tăng bình quân").share
    assert asked.gain(first, first.covered) == 0.0
    assert asked.gain(first, frozenset()) == pytest.approx(first.share)


def test_names_that_no_passage_holds_are_alien(understander: Understander, frequencies: Counter[str]) -> None:
    asked = subject(understander, frequencies, QUESTION)
    assert asked.alien("Kuala Lumpur")
    assert not asked.alien("Nguyễn Phú Trọng")


def test_shares_lie_between_nought_and_one(understander: Understander, frequencies: Counter[str], passages: list[Passage]) -> None:
    asked = subject(understander, frequencies, "Mục tiêu kinh tế số năm 2030 của Nghị quyết 52 là bao nhiêu?")
    for passage in passages:
        coverage = asked.cover(passage.text)
        for share in (
            coverage.share, asked.known_share(coverage), asked.focus_share(coverage), asked.pair_share(coverage), asked.gap(coverage),
            asked.concepts_share(passage.text),
        ):  # fmt: skip
            assert 0.0 <= share <= 1.0 + 1e-9
