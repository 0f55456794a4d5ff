"""What has ended is struck through wherever an answer is shown, and names what stands in its place; what disagrees stands side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Outcome
from corpus.document import Document, Relation
from corpus.errors import UnknownDocument
from tests.fake_assistant import DOCUMENTS, FakeAssistant, cite
from ui.markup import answer_html, paragraphs
from ui.render import answered, plain_copy
from ui.struck import ended_marks, struck

DAY = date(2026, 8, 22)
OLD = "24/2018/QH14"


def bars(text: str, *ended: int) -> str:
    return struck(text, ended, lambda words: f"~{words}~")


def test_only_what_has_ended_is_struck() -> None:
    assert bars("Cũ [1]. Mới [2].", 1) == "~Cũ~ [1]. Mới [2]."
    assert bars("Cũ [1]. Mới [2]. Cũ [1][3]!", 1, 3) == "~Cũ~ [1]. Mới [2]. ~Cũ~ [1][3]!"
    assert bars("Mới và cũ [1][2].", 1) == "Mới và cũ [1][2]."
    assert bars("Đối chiếu:\n- Cũ [1]\n- Mới [2]\n| A | Cũ [1] |", 1) == "Đối chiếu:\n- ~Cũ~ [1]\n- Mới [2]\n| A | ~Cũ~ [1] |"


@given(st.text(), st.sets(st.integers(1, 3)))
def test_no_word_is_lost(text: str, ended: set[int]) -> None:
    assert struck(text, ended, lambda words: words) == text


def old(day: date) -> Answer:
    return FakeAssistant().ask("Luật An ninh mạng 2018?", as_of=day)


def test_the_page_strikes_it_and_opens_what_replaced_it() -> None:
    answer = old(DAY)
    page = answered("k", "?", answer, FakeAssistant().document)
    assert ended_marks(answer) == {1} and re.search(r'<div class="words"><p><s>.+?</s>', page)
    assert re.search(r'<div class="text" lang="vi"><p><s>.*<mark>', page)
    assert "<s>" not in answered("k", "?", old(date(2025, 1, 1)), FakeAssistant().document)


def test_what_stands_in_its_place_has_a_card_that_opens() -> None:
    new = replace(DOCUMENTS[0], number="116/2025/QH15", relations=())
    ended = replace(
        DOCUMENTS[0], status="replaced", relations=(Relation("replaced_by", new.number, "2026-07-01"), Relation("repealed_by", "1/2026/QH15"))
    )

    def lookup(number: str) -> Document:
        if number == "1/2026/QH15":
            raise UnknownDocument(number, ())
        return new if number == new.number else ended

    citation = replace(cite(1, "52-NQ/TW", "Thuộc tính", "do Bộ Chính trị", "vi", DAY), status="replaced")
    page = answered("k", "?", Answer("?", "vi", DAY, Outcome.SUPERSEDED_ONLY, "do Bộ Chính trị [1]", (citation,)), lookup)
    card = re.search(r'data-ev="([^"]+)" aria-controls="evidence-pane"><b>116/2025/QH15</b></button>', page)
    assert card and f'id="{card.group(1)}"' in page and "<b>1/2026/QH15</b>" in page


def test_words_of_editors_are_not_struck() -> None:
    answer = old(DAY)
    for change in ({"role": "note"}, {"text_kind": "card"}):
        assert not ended_marks(replace(answer, citations=tuple(replace(c, **change) for c in answer.citations)))  # type: ignore[arg-type]


def test_the_copy_strikes_as_markdown_does() -> None:
    assert plain_copy(old(DAY)).startswith("~~") and "~~" not in plain_copy(old(date(2025, 1, 1)))


def test_sides_are_columns() -> None:
    text = "Không thống nhất.\n| Văn bản | Nội dung |\n| --- | --- |\n| A, Điều 1 | Một ngày [1]. |\n| B, Điều 2 | Hai ngày [2]. |"
    html = answer_html(text, {}, sides=True)
    assert re.findall(r"<th scope=\"col\">(.*?)</th>", html) == ["A, Điều 1", "B, Điều 2"]
    assert html.count("<tr>") == 2 and "Một" in html and "Hai" in html
    assert "Văn bản" in answer_html(text, {}) and answer_html(text, {}).count("<tr>") == 3


@pytest.mark.parametrize("span", [None, (0, 3)])
def test_paragraphs_are_struck_whole(span: tuple[int, int] | None) -> None:
    assert paragraphs("một\nhai", span, struck=True).count("<s>") == 2 and "<s>" not in paragraphs("một\nhai", span)
