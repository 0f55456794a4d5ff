"""Questions as people type them: what each change does, and that it does the same every time."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.transform import TRANSFORMS

QUESTION = "Hộ chiếu phổ thông của người đủ 14 tuổi có Thời hạn bao lâu?"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("none", QUESTION),
        ("nodiac", "Ho chieu pho thong cua nguoi du 14 tuoi co Thoi han bao lau?"),
        ("nodiac_lower", "ho chieu pho thong cua nguoi du 14 tuoi co thoi han bao lau?"),
        ("nfd", unicodedata.normalize("NFD", QUESTION)),
        ("upper", QUESTION.upper()),
    ],
)
def test_what_a_change_does(name: str, expected: str) -> None:
    assert TRANSFORMS[name](QUESTION) == expected


def test_d_with_a_stroke_is_a_letter_that_is_stripped_too() -> None:
    assert TRANSFORMS["nodiac"]("Đường đê") == "Duong de"


@given(st.text())
def test_a_change_is_the_same_every_time(text: str) -> None:
    for change in TRANSFORMS.values():
        assert change(text) == change(text)


@given(st.text(st.characters(codec="utf-8")))
def test_typos_keep_words_their_letters_and_the_first_of_them(text: str) -> None:
    before, after = text.split(" "), TRANSFORMS["typo"](text).split(" ")
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert sorted(old) == sorted(new) and old[:1] == new[:1]
        assert len(old) >= 4 or old == new


def test_typos_there_are() -> None:
    questions = [f"điều kiện cấp giấy chứng nhận đăng ký doanh nghiệp lần thứ {n * 'i'}" for n in range(20)]
    assert sum(TRANSFORMS["typo"](text) != text for text in questions) > 10
