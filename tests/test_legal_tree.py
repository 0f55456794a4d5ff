"""The walk over an act: counts go up, quoted words open nothing, faults of numbering are told; and a law for made acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.legal.document_of import document_of, kept
from corpus.legal.reading import Reading
from corpus.locator import Locator
from corpus.source import Line, Source
from tests.legal_sources import source_of


def _read(text: str) -> Reading:
    return document_of(source_of(text), "act.txt", sha256="")


def _printed(reading: Reading) -> list[str]:
    return [str(provision.locator) for provision in reading.document.provisions]


def test_a_reference_at_the_beginning_of_a_line_opens_no_article() -> None:
    reading = _read("Điều 1. Phạm vi\n1. Theo quy định tại\nĐiều 2. Luật khác không áp dụng.\n2. Hai.\nĐiều 2. Đối tượng\nMọi người.")
    assert _printed(reading) == ["Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 2"]


@pytest.mark.parametrize(
    "printed", ["Điều 2. Hai", "Điêu 2. Hai", "Đieu 2. Hai", "ĐIỀU 2: Hai", "Ðiều 2. Hai", "Điều 2 Hai", "Điều 2\nHai", "Điều 2.Hai"]
)
def test_an_article_is_known_however_it_is_spelt(printed: str) -> None:
    reading = _read(f"Điều 1. Một\nNội dung một.\n{printed}\nNội dung hai.\nĐiều 3. Ba\nNội dung ba.")
    assert _printed(reading) == ["Điều 1", "Điều 2", "Điều 3"]
    assert reading.document.provisions[1].heading.vi == "Hai"


def test_a_heading_goes_on_in_the_next_line_where_it_broke_off() -> None:
    reading = _read("Điều 1. Trách nhiệm của cơ quan, tổ chức và\ncá nhân\nMọi người có trách nhiệm.\nĐiều 2. 1. Một.\n2. Hai.")
    assert reading.document.provisions[0].heading.vi == "Trách nhiệm của cơ quan, tổ chức và cá nhân"
    assert _printed(reading) == ["Điều 1", "Điều 2, khoản 1", "Điều 2, khoản 2"]


def test_brackets_inside_clauses_with_points_are_no_clauses() -> None:
    reading = _read("Điều 1. Một\n1. Gồm:\n1) Con một;\n2) Con hai.\n2. Hai.")
    assert _printed(reading) == ["Điều 1, khoản 1", "Điều 1, khoản 2"]


def test_rows_of_a_table_of_contents_open_nothing() -> None:
    reading = _read("MỤC LỤC\nĐiều 1. Phạm vi ........ 3\nĐiều 2. Đối tượng ........ 4\nĐiều 1. Phạm vi\nMột.\nĐiều 2. Đối tượng\nHai.")
    assert _printed(reading) == ["Tiêu đề", "Điều 1", "Điều 2"]


def test_a_quotation_that_is_never_closed_swallows_nothing() -> None:
    reading = _read("Điều 1. Sửa đổi\n1. Sửa đổi khoản 3 như sau:\n“3. Ba.\n2. Bãi bỏ khoản 4.\nĐiều 2. Hiệu lực\nHai.")
    assert _printed(reading) == ["Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 2"]


def test_gaps_repetitions_and_steps_back_are_told() -> None:
    reading = _read("Điều 1. Một\nMột.\nĐiều 4. Bốn\nBốn.\nĐiều 3. Ba\nBa.\nĐiều 4. Bốn nữa\nBốn.\nĐiều 5. Năm\n1. Một.\n3. Ba.")
    assert [fault.reason for fault in reading.faults] == [
        "Điều 4 follows 1: articles are missing between them",
        "Điều 3 comes after article 4",
        "Điều 4 stands more than once",
        "Điều 5: clause 3 follows 1",
    ]
    assert "Điều 4 (lần 2)" in _printed(reading)


def test_a_text_attached_without_a_title_has_its_own_count() -> None:
    reading = _read("Điều 1. Ban hành Quy chế.\nĐiều 2. Thi hành.\nNơi nhận:\n- Lưu: VT.\nĐiều 1. Phạm vi\nMột.\nĐiều 2. Đối tượng\nHai.")
    assert _printed(reading) == ["Điều 1", "Điều 2", "Ký ban hành", "Văn bản kèm theo, Điều 1", "Văn bản kèm theo, Điều 2"]


def test_an_article_printed_as_one_line_is_parted_into_its_clauses() -> None:
    first = "Cơ quan có trách nhiệm thực hiện đầy đủ các quy định của pháp luật về dữ liệu và bảo đảm an toàn thông tin"
    reading = _read(f"Điều 1. Trách nhiệm 1. {first}. 2. {first} theo Điều 1. 3. {first}.")
    assert _printed(reading) == ["Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 1, khoản 3"]
    assert reading.document.provisions[0].heading.vi == "Trách nhiệm"


def test_what_programs_leave_is_furniture() -> None:
    text = (
        "## Chương I | None | Điều 1. Phạm vi\n[Khoản 1 ] 1. Một.\n[Khoản 2 Điểm a] 2. Gồm:\na) Một;\n[Khoản 2 Điểm b] 2. Gồm:\nb) Hai.\n"
        "## Chương I | None | Điều 2. Đối tượng\n[ ] Điều 2. Đối tượng\nMọi người."
    )
    reading = document_of(Source("text", tuple(map(Line, text.split("\n")))), "act.txt", sha256="")
    assert _printed(reading) == ["Chương I", "Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 2"]
    assert reading.document.provisions[2].text.vi == "2. Gồm:\na) Một;\nb) Hai."
    assert reading.document.provisions[3].text.vi == "Mọi người."


def test_headers_are_passed_over_and_footnotes_open_nothing() -> None:
    lines = (Line("CÔNG BÁO", aside="header"), Line("Điều 1. Một", page=1), Line("Nội dung.", page=2), Line("2. Xem Luật.", aside="footnote"))
    document = document_of(Source("pdf", lines), "act.pdf", sha256="").document
    assert [(str(p.locator), p.text.vi, p.page) for p in document.provisions] == [("Điều 1", "Nội dung.\n2. Xem Luật.", 1)]


def test_rows_stay_whole_inside_an_article() -> None:
    lines = (
        Line("Điều 1. Mức phí"),
        Line("1 | Hộ chiếu | 200", cells=("1", "Hộ chiếu", "200")),
        Line("2 | Thị thực | 300", cells=("2", "Thị thực", "300")),
    )
    document = document_of(Source("docx", lines), "act.docx", sha256="").document
    assert [(str(p.locator), p.text.vi) for p in document.provisions] == [("Điều 1", "1 | Hộ chiếu | 200\n2 | Thị thực | 300")]


def test_an_empty_source_is_an_empty_document() -> None:
    document = document_of(Source("text", ()), "empty.txt", sha256="").document
    assert (document.number, tuple(document.provisions)) == ("empty", ())


def test_words_that_a_document_lacks_are_missed() -> None:
    source = source_of("Điều 1. Một\nNội dung thứ nhất.\nĐiều 2. Hai\nNội dung thứ hai.")
    document = document_of(source, "act.txt", sha256="").document
    assert kept(source, document) == 1.0
    lesser = Source("text", source.lines[:2])
    assert kept(source, document_of(lesser, "act.txt", sha256="").document) < 0.6


@given(st.lists(st.lists(st.integers(0, 4), max_size=5), min_size=1, max_size=6), st.booleans())
def test_a_made_act_is_read_as_it_was_made(articles: list[list[int]], english: bool) -> None:
    lines, expected = [], []
    for number, clauses in enumerate(articles, start=1):
        lines.append(f"Article {number}: Duties" if english else f"Điều {number}. Trách nhiệm")
        if not clauses:
            lines.append("The Parties shall cooperate." if english else "Cơ quan có trách nhiệm phối hợp.")
            expected.append(f"Article {number}" if english else f"Điều {number}")
        for clause, points in enumerate(clauses, start=1):
            lines.append(f"{clause}. The Parties shall:" if english else f"{clause}. Cơ quan có trách nhiệm:")
            lines += [f"({letter}) cooperate;" if english else f"{letter}) Phối hợp;" for letter in "abcd"[:points]]
            expected.append(f"Article {number}({clause})" if english else f"Điều {number}, khoản {clause}")
    source = source_of("\n".join(lines))
    document = document_of(source, "act.txt", sha256="").document
    printed = [str(p.locator) for p in document.provisions]
    assert printed == expected
    assert [str(Locator.parse(locator)) for locator in printed] == printed
    assert kept(source, document) == 1.0
    ends = [0, *(p.span[1] for p in document.provisions)]
    assert all(end <= p.span[0] <= p.span[1] for end, p in zip(ends, document.provisions, strict=False))


@given(st.lists(st.text("Điều.1 2khoảna)“”:;\t|-–(IV", max_size=30), max_size=30))
def test_no_text_is_too_odd(lines: list[str]) -> None:
    source = Source("text", tuple(Line(line) for line in lines))
    document = document_of(source, "odd.txt", sha256="").document
    assert all(Locator.parse(str(p.locator)) == p.locator for p in document.provisions)
    assert len({str(p.locator).casefold() for p in document.provisions}) == len(document.provisions)
    assert kept(source, document) >= 0.995
