"""The finest address of words inside a clause, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Bilingual, Document, Provision
from corpus.legal.address import inside, items, narrow, open_at, within
from corpus.locator import LETTERS, Locator

VI = "2. Cơ quan có trách nhiệm:\na) Công khai;\nb) Bảo đảm:\n- Kịp thời;\n- Chính xác;\nd) Khác;\nđ) Báo cáo.\nĐoạn cuối của điểm đ."
EN = "2. It does not apply to:\n(a) military networks;\n(b) data, including:\n(i) documents;\n(ii) recordings;\n(c) other networks."


def _provision(locator: str, text: str, language: str = "vi") -> Provision:
    return Provision(Locator.parse(locator), Bilingual(), Bilingual(**{language: text}))


def _document(*provisions: Provision) -> Document:
    return Document("1/2026/QH16", Bilingual("Luật"), Bilingual(), "law", None, "unknown", provisions=provisions)


@pytest.mark.parametrize(
    ("locator", "text", "words", "language", "address"),
    [
        ("Điều 5, khoản 2", VI, "Cơ quan có trách nhiệm", "vi", "Điều 5, khoản 2"),
        ("Điều 5, khoản 2", VI, "Công khai", "vi", "Điều 5, khoản 2, điểm a"),
        ("Điều 5, khoản 2", VI, "Chính xác", "vi", "Điều 5, khoản 2, điểm b, gạch đầu dòng 2"),
        ("Điều 5, khoản 2", VI, "Báo cáo", "vi", "Điều 5, khoản 2, điểm đ"),
        ("Điều 5, khoản 2", VI, "Đoạn cuối", "vi", "Điều 5, khoản 2, điểm đ"),
        ("Điều 5, khoản 2", VI, "Công khai;\nb) Bảo đảm", "vi", "Điều 5, khoản 2"),
        ("III.2", VI, "Công khai", "vi", "III.2.a"),
        ("Điều 1, II.1", VI, "Công khai", "vi", "Điều 1, II.1.a"),
        ("Article 2(2)", EN, "military", "en", "Article 2(2)(a)"),
        ("Article 2(2)", EN, "recordings", "en", "Article 2(2)(b)(ii)"),
        ("Article 2(2)", EN, "other", "en", "Article 2(2)(c)"),
        ("paragraph 7", EN, "other", "en", "paragraph 7(c)"),
    ],
)
def test_words_have_their_finest_address(locator: str, text: str, words: str, language: str, address: str) -> None:
    provision = _provision(locator, text, language)
    start = text.index(words)
    found = within(provision, start, start + len(words), language)
    assert str(found) == address
    assert Locator.parse(address) == found
    opened = open_at(_document(provision), address)
    assert opened is not None
    span = opened[2]
    assert words in text[span[0] : span[1]]


def test_letters_of_lists_are_vietnamese_ones() -> None:
    assert LETTERS.startswith("abcdđeghik")
    assert not set("fjwz") & set(LETTERS)


def test_a_label_used_twice_addresses_nothing() -> None:
    text = "1. Gồm:\na) Một;\nb) Hai.\nvà gồm:\na) Ba."
    provision = _provision("Điều 1, khoản 1", text)
    place = text.index("Ba")
    assert within(provision, place, place + 2, "vi") == provision.locator
    assert narrow(text, ["điểm a"]) is None
    assert open_at(_document(provision), "Điều 1, khoản 1, điểm a") is None


def test_points_in_quoted_words_are_no_points() -> None:
    text = "1. Sửa đổi khoản 2 như sau:\n“2. Gồm:\na) Một;\nb) Hai.”."
    assert items(text, "vi") == ()


def test_an_inserted_point_has_its_own_label() -> None:
    assert [item.label for item in items("1. Gồm:\na) Một;\na1) Một rưỡi;\nb) Hai.", "vi")] == ["a", "a1", "b"]


def test_i_after_h_is_a_letter_and_no_roman_number() -> None:
    text = "\n".join(f"({letter}) item;" for letter in "abcdefghijk")
    assert [(item.depth, item.label) for item in items(text, "en")] == [(1, letter) for letter in "abcdefghijk"]


def test_an_article_opens_as_its_clauses() -> None:
    printed = ("Chương I", "Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 10, khoản 1", "II", "II.1", "III", "Article 2(1)", "Article 21")
    document = _document(*(_provision(locator, "Một.") for locator in printed))
    assert [str(p.locator) for p in inside(document, "điều 1")] == ["Điều 1, khoản 1", "Điều 1, khoản 2"]
    assert [str(p.locator) for p in inside(document, "II")] == ["II", "II.1"]
    assert [str(p.locator) for p in inside(document, "Article 2")] == ["Article 2(1)"]
    assert inside(document, "Điều 3") == ()


def test_nothing_opens_where_nothing_is() -> None:
    document = _document(_provision("Điều 1, khoản 1", "1. Một."))
    assert open_at(document, "Điều 1, khoản 1, điểm a") is None
    assert open_at(document, "Điều 9, khoản 1") is None


@given(st.lists(st.integers(0, 3), min_size=1, max_size=len(LETTERS)))
def test_each_point_of_a_list_is_found_by_its_label(dashes: list[int]) -> None:
    lines = ["1. Bao gồm:"]
    for letter, count in zip(LETTERS, dashes, strict=False):
        lines += [f"{letter}) Nội dung {letter}:", *(f"- Ý {n}" for n in range(1, count + 1))]
    text = "\n".join(lines)
    for letter in LETTERS[: len(dashes)]:
        span = narrow(text, [f"điểm {letter}"])
        assert span is not None
        assert text[span[0] : span[1]].startswith(f"{letter}) ")
        assert text[: span[1]].count(") Nội dung") == LETTERS.index(letter) + 1
