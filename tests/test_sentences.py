"""Sentences and list items with their spans."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.sentences import Span, items, sentences
from tests.strategies import policy_texts, texts


def _in_order(source: str, spans: tuple[Span, ...]) -> None:
    assert all(source[s.start : s.end] == s.text == s.text.strip() != "" for s in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(policy_texts | texts)
@example("a.\u2028B")
def test_sentences_stand_where_they_say_and_nothing_but_space_is_lost(source: str) -> None:
    found = sentences(source)
    _in_order(source, found)
    rest = source
    for span in reversed(found):
        rest = rest[: span.start] + rest[span.end :]
    assert rest.strip() == ""


@given(policy_texts | texts)
@example("x: ;")
def test_items_stand_where_they_say_behind_the_introduction(sentence: str) -> None:
    introduction, found = items(sentence)
    _in_order(sentence, found)
    assert len(found) != 1
    if found:
        assert introduction.endswith(":") and sentence.strip().startswith(introduction)
        assert found[0].start >= sentence.index(introduction) + len(introduction)
    else:
        assert introduction == sentence


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "(1) ", "a) ", "2. ", "- ", "• ", "iv) ", "đ) "]),
            st.sampled_from(["7.5% growth", "5.000 sinh viên", "30% GDP", "-5 °C", "phủ sóng 5G (trừ đảo; núi)", "Chính phủ số", "e-signature"]),
        ),
        min_size=2,
        max_size=5,
    ),
    st.sampled_from(["", "và ", "and "]),
    st.sampled_from(["", "."]),
)
def test_items_lose_their_marks_and_no_figure(rows: list[tuple[str, str]], last: str, stop: str) -> None:
    parts = [mark + text for mark, text in rows]
    sentence = "Targets to 2030: " + "; ".join([*parts[:-1], last + parts[-1]]) + stop
    introduction, found = items(sentence)
    assert introduction == "Targets to 2030:"
    assert [span.text for span in found] == [text for _, text in rows]


@pytest.mark.parametrize("sentence", ["Mục tiêu: tăng 5%;", "Mục tiêu: tăng 5%.", "Một; hai; ba.", "Giờ 10:30; giờ 11:30.", "", "Kết luận: "])
def test_no_enumeration_of_at_least_two(sentence: str) -> None:
    assert items(sentence) == (sentence, ())


@pytest.mark.parametrize(
    "text",
    [
        "Theo TS. Nguyễn Văn A, Việt Nam tiến nhanh.",
        "Nghị định 13/2023/NĐ-CP quy định tại Điều 5, khoản 2.",
        "Năng suất tăng 7.5% một năm.",
        "Ông Nguyễn V. Anh ký tại TP. Hồ Chí Minh.",
        "Mr. Smith met Dr. Jones, e.g. in Ha Noi.",
        "Nghị quyết số 52 v.v. và các văn bản khác.",
    ],
)
def test_no_cut_inside_a_sentence(text: str) -> None:
    assert [span.text for span in sentences(text)] == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một. Hai! Ba? Bốn", ["Một.", "Hai!", "Ba?", "Bốn"]),
        ("Ông nói: “Được.” Rồi đi.", ["Ông nói: “Được.”", "Rồi đi."]),
        ("Có hiệu lực từ Điều 5. Khoản 2 thì không.", ["Có hiệu lực từ Điều 5.", "Khoản 2 thì không."]),
        ("Một dòng\nhai dòng\n\nba", ["Một dòng", "hai dòng", "ba"]),
        ("Năm 2025. 80% dịch vụ công.", ["Năm 2025.", "80% dịch vụ công."]),
        ("Đạt 20% GDP. “Mục tiêu” sau. (Hết)", ["Đạt 20% GDP.", "“Mục tiêu” sau.", "(Hết)"]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [span.text for span in sentences(text)] == parts


def test_the_items_of_a_real_target() -> None:
    text = "By 2025 it sets: (1) 20% of GDP; (2) 7.5% growth (on average; yearly); and (3) 100% of communes."
    introduction, found = items(text)
    assert introduction == "By 2025 it sets:"
    assert [s.text for s in found] == ["20% of GDP", "7.5% growth (on average; yearly)", "100% of communes"]
    assert re.findall(r"[\d.]+%", " ".join(s.text for s in found)) == ["20%", "7.5%", "100%"]
