"""Lines of print are paragraphs again; what begins something is never joined to what stands before."""

from __future__ import annotations

import io
import os
import re
import textwrap
import unicodedata
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from corpus.formats.pdf import read_pdf
from corpus.regular.hyphens import Hyphens
from corpus.regular.paragraphs import join
from corpus.regular.regular import regular
from corpus.source import Line, Source
from tests.format_files import font

SHARED = Path(__file__).parents[2] / "shared"
LONG = "Cơ quan, tổ chức, cá nhân trong nước và ngoài nước trực tiếp tham gia hoặc có liên quan đến chuyển đổi số tại Việt Nam"


def _official(name: str) -> Path:
    path = SHARED / "official" / name
    if not path.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{path} is not there")
    return path


def _printed(paragraphs: list[str], width: int, height: int) -> Source:
    """Paragraphs as a printer sets them: lines, pages, heads and numbers."""
    lines = [line for text in paragraphs for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)]
    pages = [lines[at : at + height] for at in range(0, len(lines), height)]
    out = []
    for number, page in enumerate(pages, 1):
        head = f"CÔNG BÁO/Số {15 + number} + {16 + number}/Ngày 12-01-2026" if number % 2 else "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ"
        out += [Line(text, number) for text in (head, *page, f"Trang {number}/{len(pages)}" if number % 3 else f"- {number} -")]
    return Source("pdf", tuple(out), wrapped=True, pages=len(pages))


@pytest.mark.parametrize(
    ("name", "least"),
    [("116-2025-QH15.txt", 0.99), ("91-2025-QH15.md", 0.985), ("224-2026-ND-CP.md", 0.98), ("356-2025-ND-CP.md", 0.965), ("57-NQ-TW.md", 0.89)],
)
@pytest.mark.parametrize("width", [72, 80])
def test_a_law_wrapped_with_furniture_comes_back(name: str, least: float, width: int) -> None:
    text = re.sub(r"\A---\n.*?\n---\n", "", unicodedata.normalize("NFC", _official(name).read_text("utf-8")), flags=re.S)
    paragraphs = [" ".join(line.split()) for line in text.split("\n") if line.strip() and not line.startswith(("#", "|", "---", "*"))]
    source = regular(_printed(paragraphs, width, 40))
    same = sum((Counter(paragraphs) & Counter(line.text for line in source.lines)).values())
    assert same / len(paragraphs) >= least
    assert "".join("".join(line.text for line in source.lines).split()) == "".join("".join(paragraphs).split())


@pytest.mark.parametrize(("name", "articles"), [("20-2023-QH15_luat-giao-dich-dien-tu.txt", 53), ("108-2016-QH13_luat-dieu-uoc-quoc-te.txt", 84)])
def test_a_law_broken_by_hand_has_its_articles_at_the_beginning_of_paragraphs(name: str, articles: int) -> None:
    lines = tuple(Line(line) for line in _official(f"laws/{name}").read_text("utf-8").split("\n"))
    source = regular(Source("plain", lines, wrapped=True))
    numbers = [int(found[1]) for line in source.lines if (found := re.match(r"Điều (\d+)\. \S", line.text))]
    assert numbers == list(range(1, articles + 1))
    assert source.characters == sum(not c.isspace() for line in lines for c in unicodedata.normalize("NFC", line.text))


def _joined(*texts: str) -> list[str]:
    return [line.text for line in join([Line(text) for text in texts])]


def test_beginnings_are_kept_apart() -> None:
    lines = (LONG, "Điều 5. Nguyên tắc", "1. Bảo đảm:", "a) Chủ quyền;", "- Lợi ích;", "Chương II", "QUY ĐỊNH CHUNG", "Luật này quy định.")
    assert _joined(*lines) == list(lines)


def test_a_number_torn_from_its_word_is_no_beginning() -> None:
    full = "Việc thực hiện theo quy định tại điểm b khoản 2 và điểm c khoản 3 Điều"
    assert _joined(full, "8. Trường hợp khác thì theo Luật.") == [f"{full} 8. Trường hợp khác thì theo Luật."]
    assert _joined("Luật này được sửa đổi, bổ sung bởi Nghị định số", "313/2025/NĐ-CP.") == [
        "Luật này được sửa đổi, bổ sung bởi Nghị định số 313/2025/NĐ-CP."
    ]


def test_rows_of_a_table_declared_headings_and_footnotes() -> None:
    lines = [
        Line("Điều 1. Cơ quan đại diện là cơ quan của Nhà nước ở nước ngoài và", 1), Line("1 Xem Điều 2 của", 1, aside="footnote"),
        Line("Luật này.", 1, aside="footnote"), Line("2 Xem Điều 3.", 1, aside="footnote"),
        Line("tại tổ chức quốc tế.", 2), Line("a | b", 2, cells=("a", "b")),
        Line("c | d", 2, cells=("c", "d")), Line("Mở đầu", 2, level=1), Line("và kết thúc", 2),
    ]  # fmt: skip
    assert [(line.text, line.page, line.aside) for line in join(lines)] == [
        ("Điều 1. Cơ quan đại diện là cơ quan của Nhà nước ở nước ngoài và tại tổ chức quốc tế.", 1, ""),
        ("1 Xem Điều 2 của Luật này.", 1, "footnote"), ("2 Xem Điều 3.", 1, "footnote"), ("a | b", 2, ""), ("c | d", 2, ""), ("Mở đầu", 2, ""),
        ("và kết thúc", 2, ""),
    ]  # fmt: skip


def test_two_columns_and_first_lines_set_in() -> None:
    lines, wanted = [], []
    for column, left in enumerate((72.0, 310.0)):
        for number in range(4):
            text = f"Đoạn {column}{number} của bản này nói rằng việc ấy cần được làm ngay. Nếu không thì mọi điều khác sẽ phải chờ đến kỳ sau."
            wanted.append(text)
            for at, part in enumerate(textwrap.wrap(text, 40)):
                top = 72.0 + 14 * (3 * number + at)
                begin = left + (20 if at == 0 else 0)
                lines.append(Line(part, 1, (begin, top, begin + 5 * len(part), top + 11)))
    assert [line.text for line in join(lines)] == wanted


def test_a_gap_parts_paragraphs_that_end_at_the_edge() -> None:
    def at(top: float, text: str) -> Line:
        return Line(text, 1, (72, top, 72 + 5 * len(text), top + 11))

    lines = [
        at(72, "Một câu đầy dòng cho đến hết mép phải."),
        at(86, "Câu thứ hai cũng đầy dòng đến mép phải."),
        at(114, "Câu thứ ba đứng riêng một đoạn đến mép."),
    ]
    assert [len(line.text) for line in join(lines)] == [78, 39]


def test_hyphens_of_english() -> None:
    hyphens = Hyphens(["The co-operation and the transformation of policy", "trans-", "co-", "Việt-"])
    assert hyphens.joined("digital trans-", "formation of") == "digital transformation of"
    assert hyphens.joined("their co-", "operation in") == "their co-operation in"
    assert hyphens.joined("hữu nghị Việt-", "Nga") == "hữu nghị Việt-Nga"
    assert hyphens.joined("kinh tế -", "xã hội") == "kinh tế - xã hội"
    assert hyphens.joined("diplo\xad", "macy") == "diplomacy"


@given(
    st.lists(
        st.builds(
            Line,
            st.text(alphabet="aĐể 1.)-;,x\n|Điều", max_size=40),
            st.sampled_from([None, 1, 2]),
            bold=st.booleans(),
            aside=st.sampled_from(["", "footnote"]),
        )
    )
)
def test_joining_loses_no_letter(lines: list[Line]) -> None:
    out = join(lines)
    assert Counter("".join(line.text for line in out).replace(" ", "").replace("\n", "").replace("-", "")) == Counter(
        "".join(line.text for line in lines).replace(" ", "").replace("\n", "").replace("-", "")
    )


def test_pieces_of_a_web_page_kept_as_text() -> None:
    lines = tuple(map(Line, ("1.", "Dữ liệu số", "là dữ liệu về sự vật.", "", "2. Theo Luật Quản lý thuế", ", bao gồm:", "a ) Thuế;")))
    assert [line.text for line in regular(Source("plain", lines)).lines] == [
        "1. Dữ liệu số là dữ liệu về sự vật.", "2. Theo Luật Quản lý thuế, bao gồm:", "a) Thuế;",
    ]  # fmt: skip


def test_letters_spaces_and_signs_nobody_sees() -> None:
    old = "Hµnh vi nµo sau ®©y bÞ nghiªm cÊm: n\xad­íc"
    lines = (Line(old), Line("Đi ều\u200b 5.\xa0 Ph ạm  vi"), Line("\uf0b7 nµo | g×", cells=("nµo", "g×")), Line(" "))
    source = regular(Source("docx", lines, title=" Luật  A\u0301n "))
    assert [line.text for line in source.lines][1:] == ["Điều 5. Phạm vi", "• nào | gì"] and source.lines[0].text.startswith("Hành vi nào sau đây")
    assert source.lines[2].cells == ("nào", "gì") and source.title == "Luật Án"


def _set_in_type(paragraphs: list[str], columns: int, indent: float) -> bytes:
    """A PDF as an office's word processor sets it: justified, with a head and a number on each page."""
    width, height = A4
    stream = io.BytesIO()

    def furnish(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("DejaVu", 9)
        canvas.drawCentredString(width / 2, height - 30, "CÔNG BÁO/Số 15 + 16/Ngày 12-01-2026" if document.page % 2 else "CHÍNH PHỦ")
        canvas.drawRightString(width - 60, 30, str(document.page + 20))

    each = (width - 120) / columns
    frames = [Frame(60 + each * at, 60, each - 10, height - 120) for at in range(columns)]
    document = BaseDocTemplate(stream, pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=frames, onPage=furnish)])
    size = 12 if columns == 1 else 9
    style = ParagraphStyle("body", fontName=font(), fontSize=size, leading=1.25 * size, firstLineIndent=indent, alignment=TA_JUSTIFY)
    document.build([Paragraph(escape(text), style) for text in paragraphs])
    return stream.getvalue()


@pytest.mark.parametrize(("columns", "indent", "least"), [(1, 28, 1.0), (1, 0, 0.98), (2, 28, 0.98), (2, 0, 0.98)])
def test_a_pdf_in_one_and_two_columns_comes_back(columns: int, indent: float, least: float, tmp_path: Path) -> None:
    text = unicodedata.normalize("NFC", _official("116-2025-QH15.txt").read_text("utf-8"))
    paragraphs = [" ".join(line.split()) for line in text.split("\n") if line.strip() and not line.startswith("#")][:120]
    source = regular(read_pdf(_set_in_type(paragraphs, columns, indent), tmp_path / "law.pdf"))
    same = sum((Counter(paragraphs) & Counter(line.text for line in source.lines)).values())
    assert same / len(paragraphs) >= least
    assert source.characters == sum(not c.isspace() for text in paragraphs for c in text)
    assert all(line.page and line.box for line in source.lines)


@pytest.mark.parametrize("hidden", ["\u200b", "\u2066", "\ufe0f", "\U000e0041", "\U000e01ef", "\u061c", "\x07"])
def test_a_character_that_hides_words_is_left_out(hidden: str) -> None:
    (line,) = regular(Source("plain", (Line(f"Điều{hidden} 5. Phạm{hidden} vi"),))).lines
    assert line.text == "Điều 5. Phạm vi"
