"""A streamed reply becomes sentences, the same however it was cut into pieces, and nothing that could come alive."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reply import Reply, Said


def read(text: str, size: int = 10_000, complete: bool = True) -> list[Said]:
    reply = Reply()
    found = [said for at in range(0, len(text), size) for said in reply.feed(text[at : at + size])]
    return [*found, *reply.end(complete)]


def words(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(said.text, said.marks) for said in read(text)]


def test_marks_before_and_behind_the_stop_are_of_their_sentence() -> None:
    expected = [("Kinh tế số chiếm 30% GDP.", (1,)), ("Năng suất tăng 7,5%.", (2, 3)), ("Hết.", ())]
    assert words("Kinh tế số chiếm 30% GDP. [1] Năng suất tăng 7,5% [2, 3]. Hết.") == expected
    assert words("Kinh tế số chiếm 30% GDP [1]. Năng suất tăng 7,5%.[2][3] Hết.") == expected
    assert words("Kinh tế số chiếm 30% GDP 【1】. Năng suất tăng 7,5% [Đoạn 2; 3]. Hết.") == expected


def test_lists_lines_and_emphasis() -> None:
    found = read("**Mục tiêu:**\n1. Một. [1]\n2) Hai [2]\n- ba\n### Đề mục\n| a | b |\n|---|---|")
    assert [(s.text, s.bullet) for s in found] == [
        ("Mục tiêu:", False), ("Một.", True), ("Hai", True), ("ba", True), ("Đề mục", False), ("a – b", False),
    ]  # fmt: skip
    assert found[0].introduces and not found[1].introduces


def test_a_thought_is_not_said() -> None:
    assert words("<think>87% [1]. Hm.\n</think>\nBa mươi phần trăm [1].") == [("Ba mươi phần trăm.", (1,))]
    assert words("<think>87% [1]. Hm.") == []


@pytest.mark.parametrize(
    "text", ["KHÔNG CÓ TRONG TÀI LIỆU.", "Không có trong tài liệu [1].", "“Not in the documents”", "NOT IN THE DOCUMENTS: nothing."]
)
def test_a_refusal_is_seen(text: str) -> None:
    assert read(text)[0].refuses
    assert not read("Luật có trong tài liệu [1].")[0].refuses


def test_of_a_reply_that_was_cut_the_last_sentence_goes() -> None:
    text = "Cấm làm. Không áp dụng với cơ"
    assert [s.text for s in read(text, complete=False)] == ["Cấm làm."]
    assert len(read(text)) == 2


LIVE = [
    "Xem [tại đây](http://evil.example/a?x=1).", "![x](//evil.example/p.png)", "Xem [đây][1]", "[1]: http://evil.example", 
    "Hay <b>đậm</b>.",
    "<img src=x onerror=alert(1)>chữ", "Tới http://evil.example/?q=1 nhé", "javascript:alert(1) đó", "[1](javascript:alert(1)) a", 
    "www.evil.example a",
    "a \\\\evil.example\\x //evil.example/y", "<a href='x", "chữ <!-- chú thích --> chữ", "[a](<http://evil.example>)",
    "data:text/html;base64,AAAA chữ",
]  # fmt: skip


@pytest.mark.parametrize("text", LIVE)
def test_what_could_come_alive_is_gone_and_noticed(text: str) -> None:
    found = read(text)
    assert all(s.tainted for s in found)
    assert not re.search(r"[<>\[\]`]|://|//|javascript:|evil\.example/|www\.", " ".join(s.text for s in found))


def test_figures_that_look_like_markup_are_left_alone() -> None:
    found = read("Tỷ lệ < 5% và > 3% [1]. Từ 2/11/2022 đến 3:30.")
    assert not any(s.tainted for s in found) and found[0].marks == (1,)


def test_hidden_characters_go() -> None:
    assert read("Kinh\u200b tế\U000e0041 số\u202e [1].")[0].text == "Kinh tế số."


@given(
    st.lists(
        st.sampled_from(["Một câu", " [1]", ". ", "\n- ", "[2, 3]", "5,5%", ": ", " Hai", "**", "\n", "TS. A", "1. ", "?", "<think>"]), max_size=25
    )
)
def test_the_pieces_do_not_matter(parts: list[str]) -> None:
    text = "".join(parts)
    assert read(text, 1) == read(text, 3) == read(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for said in read(text, 5):
        assert not re.search(r"[<>\[\]|`]", said.text)
