"""Printed pages: lines in the order of reading, columns, tables, hidden text, marks by themselves, pages that turn."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pypdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import Unreadable
from corpus.formats.limits import Limits
from corpus.formats.pdf import read_pdf
from corpus.formats.pdf_words import Word, compose
from corpus.source import Source
from tests.format_files import ARTICLES, font, pdf, print_lines

ANY = Path("tep.pdf")
LEFT = [f"Cột trái dòng thứ {n} của văn bản" for n in range(12)]
RIGHT = [f"Cột phải dòng thứ {n} của văn bản" for n in range(12)]


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def one_column(canvas: Canvas) -> None:
    print_lines(canvas, ARTICLES)


def two_columns(canvas: Canvas) -> None:
    canvas.drawCentredString(A4[0] / 2, A4[1] - 60, "LUẬT VỀ CƠ QUAN ĐẠI DIỆN CỦA VIỆT NAM Ở NƯỚC NGOÀI")
    for place, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):  # the file goes row by row
        canvas.drawString(60, A4[1] - 100 - 18 * place, left)
        canvas.drawString(310, A4[1] - 104 - 18 * place, right)
    canvas.drawString(60, A4[1] - 400, "Dòng cuối cùng chạy suốt cả trang, qua cả hai cột của văn bản này.")


def heads(canvas: Canvas) -> None:
    for place, (left, right) in enumerate(
        [
            ("CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("_______", "Độc lập - Tự do - Hạnh phúc"),
            ("Số: 99/2026/NĐ-CP", "Hà Nội, ngày 05 tháng 6 năm 2026"),
        ]
    ):
        canvas.drawCentredString(150, A4[1] - 60 - 18 * place, left)
        canvas.drawCentredString(400, A4[1] - 60 - 18 * place, right)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 140, "NGHỊ ĐỊNH")
    print_lines(canvas, ["Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15 và các luật khác có liên quan;"] * 2, top=170)


def ruled_table(canvas: Canvas) -> None:
    print_lines(canvas, ["Phụ lục kèm theo Nghị định"])
    canvas.grid([60, 250, 350, 500], [A4[1] - 80, A4[1] - 120, A4[1] - 160])
    for x, y, text in ((64, 95, "Tỷ lệ hồ sơ được xử lý"), (64, 110, "trên môi trường mạng"), (254, 95, "80%"), (354, 95, "năm 2030"),
                       (64, 140, "Dịch vụ công"), (254, 140, "100%"), (354, 140, "năm 2027")):  # fmt: skip
        canvas.drawString(x, A4[1] - y, text)
    print_lines(canvas, ["Sau bảng còn một dòng"], top=190)


def hidden(canvas: Canvas) -> None:
    print_lines(canvas, ["Điều 1. Chữ thấy được"])
    canvas.setFillGray(1)
    canvas.drawString(60, 600, "Chữ trắng trên giấy trắng")
    canvas.setFillGray(0)
    canvas.rect(50, 480, 300, 40, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(60, 495, "Chữ trắng trên nền đen")
    canvas.setFillGray(0)
    canvas.drawString(-900, 400, "Chữ ngoài trang giấy")
    text = canvas.beginText(60, 300)
    text.setTextRenderMode(3)
    text.textLine("Chữ không có mực")
    canvas.drawText(text)
    canvas.setFont(font(), 0.8)
    canvas.drawString(60, 200, "Chữ bé tí")


def test_lines_come_with_page_and_box() -> None:
    source = read_pdf(pdf(one_column, one_column), ANY)
    assert texts(source) == [*ARTICLES, *ARTICLES]
    assert source.wrapped and source.pages == 2 and source.lines[-1].page == 2 and not source.faults and not source.confidence
    left, top, right, bottom = source.lines[0].box or (0, 0, 0, 0)
    assert abs(left - 60) < 2 and 40 < top < 60 < bottom < 70 and 150 < right < 300


def test_columns_are_read_one_after_the_other() -> None:
    source = read_pdf(pdf(two_columns), ANY)
    assert texts(source)[1:-1] == LEFT + RIGHT
    assert source.lines[0].centred and source.lines[-1].text.startswith("Dòng cuối")


def test_the_two_heads_of_an_act_are_kept_apart() -> None:
    found = texts(read_pdf(pdf(heads), ANY))
    assert found[:7] == [
        "CHÍNH PHỦ", "_______", "Số: 99/2026/NĐ-CP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 05 tháng 6 năm 2026", "NGHỊ ĐỊNH",
    ]  # fmt: skip


def test_the_numbers_of_a_list_are_no_column() -> None:
    def draw(canvas: Canvas) -> None:
        for place in range(6):
            canvas.drawString(60, A4[1] - 60 - 18 * place, f"{'abcdđe'[place]})")
            canvas.drawString(110, A4[1] - 60 - 18 * place, f"Điểm thứ {place} của khoản này;")

    assert texts(read_pdf(pdf(draw), ANY))[0] == "a) Điểm thứ 0 của khoản này;"


def test_a_ruled_table_is_read_row_by_row() -> None:
    source = read_pdf(pdf(ruled_table), ANY)
    assert texts(source) == [
        "Phụ lục kèm theo Nghị định", "Tỷ lệ hồ sơ được xử lý trên môi trường mạng | 80% | năm 2030", "Dịch vụ công | 100% | năm 2027",
        "Sau bảng còn một dòng",
    ]  # fmt: skip
    assert source.lines[2].cells == ("Dịch vụ công", "100%", "năm 2027")


def test_hidden_text_is_left_out_and_told() -> None:
    source = read_pdf(pdf(hidden), ANY)
    assert texts(source) == ["Điều 1. Chữ thấy được", "Chữ trắng trên nền đen"]
    assert {fault.reason.rpartition(": ")[2] for fault in source.faults} == {
        "white on white", "outside the page", "printed without ink", "of one point or less",
    }  # fmt: skip
    assert {fault.name for fault in source.faults} == {"tep.pdf, page 1"}


def test_what_a_form_paints_is_where_the_form_stands() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("khung")
        canvas.rect(0, 0, 100, 20, fill=1)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(50, 480)
        canvas.scale(3, 2)
        canvas.doForm("khung")
        canvas.restoreState()
        canvas.setFont(font(), 11)
        canvas.setFillGray(1)
        canvas.drawString(60, 495, "Chữ trắng trên nền đen")
        canvas.drawString(60, 10, "Chữ trắng trên giấy trắng")

    assert texts(read_pdf(pdf(draw), ANY)) == ["Chữ trắng trên nền đen"]


def test_a_page_that_is_turned_or_cut_reads_the_same() -> None:
    for turn, cut in ((90, 0), (180, 0), (270, 0), (0, 20)):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(two_columns)))
        page = writer.pages[0]
        page.rotate(turn)
        page.cropbox.lower_left = (cut, cut)
        page.mediabox.lower_left = (cut, cut)
        stream = io.BytesIO()
        writer.write(stream)
        source = read_pdf(stream.getvalue(), ANY)
        if turn == 0:
            assert texts(source)[1:13] == LEFT
            assert abs((source.lines[1].box or (0,))[0] - (60 - cut)) < 2
        else:
            assert sorted("".join(texts(source)).replace(" ", "")) == sorted("".join(texts(read_pdf(pdf(two_columns), ANY))).replace(" ", ""))


def test_letters_drawn_with_their_marks_apart_are_composed() -> None:
    def draw(canvas: Canvas) -> None:
        print_lines(canvas, [unicodedata.normalize("NFD", "Điều ước quốc tế về quyền miễn trừ")])

    assert texts(read_pdf(pdf(draw), ANY)) == ["Điều ước quốc tế về quyền miễn trừ"]


def test_marks_written_before_or_after_their_letter_find_it() -> None:
    letter = Word("quô", 0, 0, 18, 10)
    rest = Word("c", 18.1, 0, 24, 10, breaks=True)
    after = compose([letter, Word("´", 13, 0, 16, 10), rest, Word("tế", 0, 12, 10, 22)])
    assert [word.text for word in after] == ["quốc", "tế"]
    before = compose([Word("`", 1, 0, 4, 10), Word("a", 0, 0, 6, 10)])
    assert [word.text for word in before] == ["à"]
    alone = compose([Word("´", 50, 0, 53, 10, breaks=True), Word("x", 0, 12, 6, 22)])
    assert [word.text for word in alone] == ["´", "x"]


def test_bold_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(60, 700, "Article 1")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(60, 680, "The present Convention")

    assert [line.bold for line in read_pdf(pdf(draw), ANY).lines] == [True, False]


def test_encrypted_empty_and_endless_files_are_refused() -> None:
    locked = pdf(one_column, encrypt=StandardEncryption("mật", canPrint=0))
    with pytest.raises(Unreadable, match="encrypted"):
        read_pdf(locked, ANY)
    with pytest.raises(Unreadable, match="no text in it"):
        read_pdf(pdf(lambda canvas: None), ANY)
    with pytest.raises(Unreadable, match="damaged"):
        read_pdf(b"%PDF-1.7\n" + b"x" * 500, ANY)
    with pytest.raises(Unreadable, match="it has 4 pages, more than the 3"):
        read_pdf(pdf(*[one_column] * 4), ANY, Limits(pages=3))


def test_a_file_broken_off_in_the_middle_is_read_or_refused() -> None:
    data = pdf(*[one_column] * 3)
    for share in (0.2, 0.5, 0.9, 0.99):
        try:
            assert read_pdf(data[: int(len(data) * share)], ANY).pages <= 3
        except Unreadable as error:
            assert error.reason


def test_five_thousand_pages_are_refused_at_once() -> None:
    writer = pypdf.PdfWriter()
    for _ in range(5000):
        writer.add_blank_page(200, 200)
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(Unreadable, match="it has 5000 pages"):
        read_pdf(stream.getvalue(), ANY)
