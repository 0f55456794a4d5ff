"""Word files: all text in order, what Word counts, what nobody can see, notes, tables, boxes, tracked changes."""

from __future__ import annotations

import contextlib
import html
import io
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import Unreadable
from corpus.formats.docx import read_docx
from corpus.formats.numbering import count_label
from corpus.source import Source
from tests.format_files import add, shared, word

ANY = Path("tep.docx")
WHITE, TINY = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'
BLACK_GROUND = '<w:shd w:val="clear" w:fill="000000"/>'
LISTS = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/><w:suff w:val="nothing"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="3">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


def item(number: int, level: int, text: str) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def read(*paragraphs: str, **options: Any) -> Source:
    return read_docx(word(lambda document: add(document, *paragraphs), **options), ANY)


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines if line.text]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_real_law_loses_no_letter() -> None:
    path = shared("official", "original", "116-2025-QH15.docx")
    source = read_docx(path.read_bytes(), path)
    with zipfile.ZipFile(path) as package:
        written = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", package.read("word/document.xml").decode()))
    wanted = sum(not c.isspace() for c in html.unescape(written))
    assert source.characters >= wanted * 0.995
    assert sum(bool(re.match(r"Điều \d+\.", line.text)) for line in source.lines) == 45
    assert not source.faults


def test_numbers_that_word_counts_stand_before_the_text() -> None:
    source = read(
        item(1, 0, "Phạm vi"), item(1, 1, "Một"), item(1, 1, "Hai"), item(1, 2, "chữ a"), item(1, 2, "chữ b"),
        item(1, 0, "Đối tượng"), item(1, 1, "Lại một"), item(2, 0, "Chung"), item(2, 1, "Nhỏ"), item(3, 0, "chấm"), item(3, 1, "gạch"),
        numbering=LISTS,
    )  # fmt: skip
    assert texts(source) == [
        "Điều 1. Phạm vi", "1. Một", "2. Hai", "a) chữ a", "b) chữ b", "Điều 2. Đối tượng", "1. Lại một", "I. Chung", "1.1.Nhỏ", "• chấm", "- gạch",
    ]  # fmt: skip
    assert [line.label for line in source.lines if line.text][:4] == ["Điều 1.", "1.", "2.", "a)"]


def test_a_list_that_starts_anew_does_so_once() -> None:
    source = read(item(1, 0, "một"), item(4, 0, "bảy"), item(4, 0, "tám"), item(1, 0, "chín"), numbering=LISTS)
    assert texts(source) == ["Điều 1. một", "Điều 7. bảy", "Điều 8. tám", "Điều 9. chín"]


def test_an_empty_or_unnumbered_paragraph_is_not_counted() -> None:
    source = read(item(1, 0, "một"), item(1, 0, "  "), item(0, 0, "không số"), item(1, 0, "hai"), item(99, 0, "lạ"), numbering=LISTS)
    assert texts(source) == ["Điều 1. một", "không số", "Điều 2. hai", "lạ"]


@pytest.mark.parametrize(
    ("number", "style", "label"),
    [
        (4, "lowerRoman", "iv"),
        (49, "upperRoman", "XLIX"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (3, "decimalZero", "03"),
        (5, "none", ""),
    ],
)
def test_labels(number: int, style: str, label: str) -> None:
    assert count_label(number, style) == label


def test_hidden_text_is_left_out_and_told() -> None:
    source = read(
        f"<w:p>{run('Thấy')}{run(' ẩn', '<w:vanish/>')}{run(' trắng', WHITE)}{run(' tí', TINY)}</w:p>",
        f"<w:p>{run('nền đen', WHITE + BLACK_GROUND)}</w:p>",
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
        f"<w:p>{run('ô đen', WHITE)}</w:p></w:tc><w:tc><w:p>{run('ô')}</w:p></w:tc></w:tr></w:tbl>",
    )
    assert texts(source) == ["Thấy", "nền đen", "ô đen | ô"]
    assert {fault.reason.partition(": ")[2] for fault in source.faults} == {"marked as hidden", "white on white", "of one point or less"}


def test_insertions_are_read_and_deletions_are_not() -> None:
    source = read(
        f'<w:p>{run("thời hạn ")}<w:del w:id="1"><w:r><w:delText>10</w:delText></w:r></w:del><w:ins w:id="2">{run("15")}</w:ins>{run(" ngày")}'
        f'<w:moveFrom w:id="3">{run(" cũ")}</w:moveFrom></w:p>'
    )
    assert texts(source) == ["thời hạn 15 ngày"]


def test_links_fields_breaks_and_content_controls() -> None:
    source = read(
        f"<w:p><w:hyperlink>{run('Điều 5')}</w:hyperlink><w:r><w:tab/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>{run('khoản 2')}"
        f"<w:r><w:br/></w:r>{run('dòng sau')}</w:p>",
        f"<w:sdt><w:sdtContent><w:p>{run('trong khung')}</w:p></w:sdtContent></w:sdt>",
    )
    assert texts(source) == ["Điều 5 khoản 2", "dòng sau", "trong khung"]


def test_tables_nested_merged_and_framing() -> None:
    def build(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Chỉ tiêu", "Năm 2030"
        table.cell(1, 0).text = "Kinh tế số"
        inner = table.cell(1, 1).add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "30%", "GDP"
        tall = document.add_table(rows=2, cols=2)
        tall.cell(0, 0).merge(tall.cell(1, 0)).text = "gộp"
        tall.cell(0, 1).text, tall.cell(1, 1).text = "trên", "dưới"
        frame = document.add_table(rows=1, cols=1)
        frame.cell(0, 0).text = "Điều 1. Trong khung"
        frame.cell(0, 0).add_paragraph("1. Khoản một")

    source = read_docx(word(build), ANY)
    assert texts(source) == [
        "Chỉ tiêu | Năm 2030", "Kinh tế số | 30% | GDP", "gộp | trên",  " | dưới", "Điều 1. Trong khung", "1. Khoản một",
    ]  # fmt: skip
    assert source.lines[1].cells == ("Kinh tế số", "30% | GDP")
    assert source.lines[-1].cells == ()


def test_heads_feet_and_notes_stand_aside() -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Được sửa đổi năm 2025.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )

    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "CÔNG BÁO"
        document.sections[0].footer.paragraphs[0].text = "Trang"
        add(document, f'<w:p>{run("Điều 1.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>', f"<w:p>{run('Sau')}</w:p>")

    source = read_docx(word(build, parts={"footnotes.xml": ("footnotes", notes)}), ANY)
    assert [(line.text, line.aside) for line in source.lines] == [
        ("CÔNG BÁO", "header"), ("Điều 1.", ""), ("1 Được sửa đổi năm 2025.", "footnote"), ("Sau", ""), ("Trang", "footer"),
    ]  # fmt: skip


def test_a_text_box_is_read_once() -> None:
    box = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">'
        "<w:r><w:t>Ngoài</w:t></w:r>"
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>"
        "<w:p><w:r><w:t>Trong hộp</w:t></w:r></w:p></w:txbxContent></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Trong hộp</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read(box)) == ["Ngoài", "Trong hộp"]


def test_headings_bold_and_centred() -> None:
    def build(document: Any) -> None:
        document.add_heading("Chương I", 1)
        add(document, f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run("NGHỊ ĐỊNH", "<w:b/>")}</w:p>')
        add(document, f"<w:p>{run('nửa đậm ', '<w:b/>')}{run('nửa không')}</w:p>")

    heading, title, plain = read_docx(word(build), ANY).lines
    assert (heading.level, title.level) == (1, 0)
    assert title.bold and title.centred and not plain.bold and not plain.centred


def test_text_is_composed() -> None:
    source = read(f"<w:p>{run(unicodedata.normalize('NFD', 'Điều ước quốc tế'))}</w:p>")
    assert texts(source) == ["Điều ước quốc tế"]


@settings(max_examples=20)
@given(st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=0x1EFF, categories=("L", "N", "P")), min_size=1, max_size=30), max_size=8))
def test_every_paragraph_comes_back_in_order(written: list[str]) -> None:
    def build(document: Any) -> None:
        for text in written:
            document.add_paragraph(text)

    source = read_docx(word(build), ANY)
    assert texts(source) == [unicodedata.normalize("NFC", text) for text in written]
    assert Source.from_json(source.to_json()) == source


def test_damaged_packages_are_refused() -> None:
    data = word(lambda document: add(document, f"<w:p>{run('x')}</w:p>"))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:document" if name == "word/document.xml" else old.read(name))
    for broken in (data[: len(data) // 2], stream.getvalue(), b""):
        with pytest.raises(Unreadable, match="damaged"):
            read_docx(broken, ANY)


def test_an_outside_entity_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("BIMAT", encoding="utf-8")
    data = word(lambda document: add(document, f"<w:p>{run('x')}</w:p>"))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                content = re.sub(
                    r"(<\?xml[^>]*\?>)?", rf'\g<0><!DOCTYPE d [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>', content, count=1
                )
                content = content.replace(">x<", ">x&e;<")
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
    with contextlib.suppress(Unreadable):  # refusing it is as good
        assert "BIMAT" not in "".join(texts(read_docx(stream.getvalue(), ANY)))
