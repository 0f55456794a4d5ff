"""What a page has around its text is left out and told of; words are not."""

from __future__ import annotations

import pytest

from corpus.regular.furniture import without_furniture
from corpus.regular.signatures import signature_box
from corpus.source import Line, Source

WORDS = "một hai ba bốn năm sáu bảy tám chín mười".split()


def _pages(*pages: list[str], boxes: bool = False) -> Source:
    """A source of pages, a line every 14 points."""
    lines = [
        Line(text, number, (72.0, 60.0 + 14 * at, 520.0, 72.0 + 14 * at) if boxes else None)
        for number, page in enumerate(pages, 1)
        for at, text in enumerate(page)
    ]
    return Source("pdf", tuple(lines), wrapped=True, pages=len(pages))


def _kept(source: Source) -> list[str]:
    return [line.text for line in without_furniture(source).lines]


@pytest.mark.parametrize("boxes", [False, True])
def test_heads_and_numbers_of_the_gazette(boxes: bool) -> None:
    pages = [
        [f"CÔNG BÁO/Số {2 * n} + {2 * n + 1}/Ngày 12-01-2026", str(n + 30), f"Câu thứ {word} của bài.", f"Hết trang {word}.", f"Trang {n}/9"]
        for n, word in enumerate(WORDS[:9], 1)
    ]
    source = _pages(*pages, boxes=boxes)
    assert _kept(source) == [text for page in pages for text in page[2:4]]
    assert [fault.reason.split(":")[0] for fault in without_furniture(source).faults] == [
        "left out as the head of the Công báo", "left out as a page number",
    ]  # fmt: skip
    assert without_furniture(source).faults[0].reason.endswith("9 lines alike")


def test_running_lines_on_even_and_odd_pages_and_numbers_in_dashes() -> None:
    pages = [["Bộ Ngoại giao" if n % 2 else "Sổ tay ngoại giao số", f"Câu {word}.", f"- {n} -"] for n, word in enumerate(WORDS, 1)]
    kept = _kept(_pages(*pages))
    assert kept == ["Bộ Ngoại giao", *[page[1] for page in pages]]  # the first page's may be its title


def test_a_title_that_the_header_repeats_elsewhere_stays() -> None:
    lines = [Line("Sổ tay ngoại giao số", 1, (150, 300, 400, 320)), Line("Mở đầu.", 1, (72, 340, 520, 352))]
    for number, word in enumerate(WORDS[:5], 2):
        lines += [Line("Sổ tay ngoại giao số", number, (72, 30, 300, 42)), Line(f"Câu {word}.", number, (72, 60, 520, 72))]
    assert _kept(Source("pdf", tuple(lines), wrapped=True, pages=6)) == ["Sổ tay ngoại giao số", "Mở đầu.", *[f"Câu {word}." for word in WORDS[:5]]]


def test_what_repeats_and_is_no_furniture_stays() -> None:
    head = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    forms = [[*head, f"Đơn {word}", "ngày 05 tháng 6 năm 2025"] for word in WORDS[:4]]
    assert _kept(_pages(*forms))[: len(head)] == head
    assert _kept(_pages(*[[*page[:3], f"{page[3]} {word}"] for page, word in zip(forms, WORDS, strict=False)])) == [
        text for page, word in zip(forms, WORDS, strict=False) for text in (*page[:3], f"{page[3]} {word}")
    ]
    clauses = [["Điều 5. Phạm vi", "1. Như sau:", f"a) {word}", "7"] for word in WORDS[:2]]
    assert _kept(_pages(*clauses)) == [text for page in clauses for text in page]


def test_a_table_is_never_furniture() -> None:
    rows = tuple(Line("STT | Tên", page, cells=("STT", "Tên")) for page in range(1, 6))
    assert without_furniture(Source("pdf", rows, wrapped=True, pages=5)).lines == rows


def test_the_words_between_two_furnishings_are_safe() -> None:
    pages = [[f"{word} {word}.", "có hiệu lực thi hành kể từ ngày", f"{word}."] for word in WORDS]
    assert _kept(_pages(*pages)) == [text for page in pages for text in page]


def test_the_box_of_a_signature() -> None:
    box = ["Ký bởi: Cổng Thông tin điện tử Chính", "phủ", "Email: tin@chinhphu.vn", "Cơ quan: Văn phòng Chính phủ"]
    box += ["Thời gian ký: 26.06.2026", "17:15:02 +07:00"]
    assert signature_box([*box, "CHÍNH PHỦ"], 0) == 6
    assert signature_box([" ".join(box), "CHÍNH PHỦ"], 0) == 1
    assert signature_box(["Người ký: Phó Thủ tướng", "Nơi nhận:", "- Như trên;"], 0) == 0
    source = without_furniture(_pages([*box, "CHÍNH PHỦ", "Số: 244/2026/NĐ-CP"]))
    assert [line.text for line in source.lines] == ["CHÍNH PHỦ", "Số: 244/2026/NĐ-CP"]
    assert "Văn phòng Chính phủ" in source.faults[0].reason and source.faults[0].name == "page 1"


def test_what_the_reader_calls_header_or_footer_is_out() -> None:
    lines = (Line("Bộ Ngoại giao", aside="header"), Line("Điều 1."), Line("1 Xem Điều 2.", aside="footnote"), Line("3", aside="footer"))
    assert [line.text for line in without_furniture(Source("docx", lines)).lines] == ["Điều 1.", "1 Xem Điều 2."]
