"""The printed address of a provision."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from corpus.errors import BadLocator
from corpus.locator import Locator, Step
from tests.strategies import locators, texts


@given(locators | texts)
@example("a,\u0301b")
@example("Điều\u20281 , khoản\t2")
def test_what_is_printed_is_read_back(text: str) -> None:
    try:
        locator = Locator.parse(text)
    except BadLocator:
        return
    assert Locator.parse(str(locator)) == locator
    assert all(step.text == step.text.strip() != "" for step in locator.steps)
    assert locator.contains(locator)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Điều 5, khoản 2, điểm a", ["Điều 5", "khoản 2", "điểm a"]),
        ("III (mục tiêu 2025, 2030)", ["III (mục tiêu 2025, 2030)"]),
        ("Điều 1,  II.1.a  (2025)", ["Điều 1", "II.1.a (2025)"]),
        ("b) một, hai", ["b) một", "hai"]),
        ("Đie\u0302\u0300u 5", ["Điều 5"]),
    ],
)
def test_steps(text: str, steps: list[str]) -> None:
    assert [step.text for step in Locator.parse(text).steps] == steps


@pytest.mark.parametrize("text", ["", "  ", ",", "Điều 5,", ", khoản 2", "Điều 5,, điểm a"])
def test_an_empty_step_is_refused_with_advice(text: str) -> None:
    with pytest.raises(BadLocator, match="a step is empty") as caught:
        Locator.parse(text)
    assert "Điều 5" in caught.value.advice


@pytest.mark.parametrize(
    ("text", "level", "label"),
    [
        ("Điều 5", "điều", "5"),
        ("ĐIỀU 5A", "điều", "5a"),
        ("Article 5", "điều", "5"),
        ("Art. 5", "điều", "5"),
        ("khoản 2", "khoản", "2"),
        ("Clause 2", "khoản", "2"),
        ("điểm đ", "điểm", "đ"),
        ("Tiểu mục 2", "tiểu mục", "2"),
        ("Mục II", "mục", "ii"),
        ("Phụ lục I (kèm theo)", "phụ lục", "i (kèm theo)"),
        ("III (mục tiêu 2025)", None, "iii (mục tiêu 2025)"),
        ("Điều", None, "điều"),
    ],
)
def test_level_and_label(text: str, level: str | None, label: str) -> None:
    assert (Step(text).level, Step(text).label) == (level, label)


def test_a_provision_holds_what_lies_inside_it() -> None:
    article = Locator.parse("Điều 5")
    assert article.contains(Locator.parse("ĐIỀU 5, khoản 2")) and article.contains(Locator.parse("Article 5"))
    for other in ("Điều 50", "Điều 6, khoản 5", "khoản 5"):
        assert not article.contains(Locator.parse(other)), other
    assert not Locator.parse("Điều 5, khoản 2").contains(article)
    assert not Locator.parse("điểm d").contains(Locator.parse("điểm đ"))


@pytest.mark.parametrize("text", ["Mục tiêu 2025-2027", "Phần trăm", "Điểm mới"])
def test_words_that_begin_like_a_level_are_none(text: str) -> None:
    assert [step.level for step in Locator.parse(text).steps] == [None]
