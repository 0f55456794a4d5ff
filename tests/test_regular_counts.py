"""Garbled marks of clauses and points in recognised text, put right by their neighbours alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.regular.counts import recount
from corpus.source import Line


def _mended(*texts: str) -> list[str]:
    return [line.text for line in recount([Line(text, page=1) for text in texts], lambda page: True)[0]]


def test_a_number_between_its_neighbours() -> None:
    assert _mended("Điều 3. Từ ngữ", "1. Một là thế.", "oe: Hai là thế.", "3. Ba là thế.")[2] == "2. Hai là thế."


def test_a_number_read_as_another_number() -> None:
    assert _mended("Điều 3. Từ ngữ", "1. Một.", "2. Hai.", "8. Ba.", "4. Bốn.")[3] == "3. Ba."


def test_the_last_clause_after_a_full_stop() -> None:
    assert _mended("Điều 3. Từ ngữ", "1. Một là thế.", "¿. Cơ quan nhà nước.", "Điều 4. Khác")[2] == "2. Cơ quan nhà nước."


def test_the_first_point_after_a_colon() -> None:
    assert _mended("Điều 3. Từ ngữ", "1. Gồm:", "8) Một;", "b) Hai;", "c) Ba.")[2] == "a) Một;"


def test_a_number_that_is_wholly_missing() -> None:
    found, faults = recount([Line(text, page=2) for text in ("Điều 1. A", "1. Một.", "Hai là thế.", "3. Ba.")], lambda page: True)
    assert found[2].text == "2. Hai là thế."
    assert faults[0].name == "page 2" and "“2.”" in faults[0].reason


@pytest.mark.parametrize(
    "texts",
    [
        ("Điều 1. A", "1. Một.", "Hai.", "Hai nữa.", "3. Ba."),  # either may be the second
        ("Điều 1. A", "1. Một.", "Bộ Tài chính hướng dẫn.", "Điều 2. B"),  # begins with a word
        ("Điều 1. A", "1. Một.", "- Gạch đầu dòng.", "Điều 2. B"),
        ("Điều 1. A", "1. Một.", "UBND Thành phố hướng dẫn.", "Điều 2. B"),
        ("Điều 1. A", "1. Một:", "“1. Sửa đổi.", "2. Hai.", "3. Ba."),
        ("Điều 1. A", "1. Một.", "3. Ba.", "5. Năm."),  # a gap in the file itself
        ("Bài viết", "oe: Hai là thế.", "3. Ba."),
    ],
)
def test_what_the_neighbours_do_not_settle_stays(texts: tuple[str, ...]) -> None:
    assert _mended(*texts) == list(texts)


def test_letters_of_the_file_itself_are_never_changed() -> None:
    lines = [Line(text, page=1) for text in ("Điều 3. Từ ngữ", "1. Một.", "oe: Hai.", "3. Ba.")]
    assert recount(lines, lambda page: False) == (tuple(lines), ())


_SENTENCE = st.sampled_from(["Một là thế.", "Bộ Ngoại giao hướng dẫn.", "Cơ quan được giao;", "Gồm các việc sau:"])


@given(st.lists(st.lists(_SENTENCE, max_size=4), min_size=1, max_size=8))
def test_a_well_counted_article_is_left_alone(clauses: list[list[str]]) -> None:
    texts = ["Điều 1. Quy định"]
    for number, points in enumerate(clauses, 1):
        texts += [f"{number}. Quy định sau:", *(f"{letter}) {text}" for letter, text in zip("abcd", points, strict=False))]
    assert _mended(*texts) == texts


@given(st.integers(3, 12), st.data())
def test_any_one_garbled_number_is_found_again(count: int, data: st.DataObject) -> None:
    texts = ["Điều 1. Quy định", *(f"{number}. Quy định ấy." for number in range(1, count + 1))]
    at = data.draw(st.integers(2, count - 1))
    garbled = [*texts]
    garbled[at] = f"{data.draw(st.sampled_from(['oe:', '¿.', 'Z.', '<7', '/Zm', '~']))} Quy định ấy."
    assert _mended(*garbled) == texts
