"""Plain text, Markdown, web pages and books: encodings, printed numbers, tables, hidden text, nothing lost."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import Unreadable
from corpus.formats.epub import read_epub
from corpus.formats.html import read_html
from corpus.formats.markdown import read_markdown
from corpus.formats.plain import decode, read_plain
from corpus.source import Source
from tests.format_files import shared, zipped

ANY = Path("tep.txt")
LAW = "Điều 1. Phạm vi điều chỉnh"


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines if line.text]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_unicode_are_told_apart(encoding: str) -> None:
    assert texts(read_plain((LAW + "\r\nKhoản 2").encode(encoding), ANY)) == [LAW, "Khoản 2"]


def test_a_text_broken_off_in_a_letter_is_read() -> None:
    assert decode(LAW.encode() + "ế".encode()[:2], ANY).startswith(LAW)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Unreadable, match="neither text"):
        decode(bytes(range(256)) * 3, ANY)


def test_every_sample_of_an_old_encoding_is_read() -> None:
    for path in sorted(shared("hostile", "vi_encodings").glob("*.txt")):
        lines = texts(read_plain(path.read_bytes(), path))
        assert len(lines) >= 300
        if path.stem in ("cp1258", "viscii", "tcvn5712-1"):
            assert lines == texts(read_plain(shared("hostile", "vi_encodings", "nfc.utf8.txt").read_bytes(), path))


def test_lines_broken_by_hand_are_told_from_paragraphs() -> None:
    broken = (
        "Luật này quy định về chức năng, nhiệm vụ,\nquyền hạn và tổ chức của cơ quan\nđại diện nước Cộng hòa xã hội chủ nghĩa\n"
        "Việt Nam ở nước ngoài.\n" * 3
    )
    assert read_plain(broken.encode(), ANY).wrapped
    assert not read_plain("a) Cơ quan đại diện;\nb) Tổ chức quốc tế;\nc) cá nhân.\n".encode() * 5, ANY).wrapped


@given(st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=0x1EFF, categories=("L", "N", "P")), min_size=1), min_size=1, max_size=9))
def test_plain_text_comes_back(written: list[str]) -> None:
    assert texts(read_plain("\n".join(written).encode(), ANY)) == [unicodedata.normalize("NFC", line) for line in written]


MARKDOWN = f"""---
title: "Luật mẫu"
---
# LUẬT

**QUỐC HỘI**\\
Luật số: 91/2025/QH15

{LAW}
1. Luật này quy định về **dữ liệu** [cá nhân](https://example.org).
2. Luật này áp dụng đối với:
   * a) Cơ quan;
    b) Tổ chức <5 tỷ đồng;
- gạch đầu dòng
CHÍNH PHỦ
---------
| Chỉ tiêu | 2030 |
|---|---|
| Kinh tế số | 30%<br>GDP |

[1]: Chú thích không phải liên kết
"""


def test_markdown_keeps_printed_numbers_and_lines() -> None:
    source = read_markdown(MARKDOWN.encode(), ANY)
    assert source.title == "Luật mẫu"
    assert texts(source) == [
        "LUẬT", "QUỐC HỘI", "Luật số: 91/2025/QH15", LAW, "1. Luật này quy định về dữ liệu cá nhân.", "2. Luật này áp dụng đối với:",
        "* a) Cơ quan;", "b) Tổ chức <5 tỷ đồng;", "- gạch đầu dòng", "CHÍNH PHỦ", "Chỉ tiêu | 2030", "Kinh tế số | 30% GDP",
        "[1]: Chú thích không phải liên kết",
    ]  # fmt: skip
    assert source.lines[0].level == 1 and [line.cells for line in source.lines if line.cells][1] == ("Kinh tế số", "30%\nGDP")


def test_official_texts_in_markdown_lose_no_letter() -> None:
    for path in sorted(shared("official").glob("*.md")):
        source = read_markdown(path.read_bytes(), path)
        written = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.S)
        written = re.sub(r"<br\s*/?>|\]\([^)]*\)", "", written)
        wanted = sum(c.isalnum() for c in written)
        assert sum(c.isalnum() for line in source.lines for c in line.text) >= wanted * 0.995, path.name


PAGE = f"""<!DOCTYPE html><html><head><meta charset="windows-1252"><title>Trang  luật</title><style>p {{}}</style></head><body>
<nav>Trang chủ</nav><script>alert(1)</script>
<h1>LUẬT</h1><p align=center><b>QUỐC HỘI<br>Số 1</b></p><p>{LAW}</p><div>1. Khoản
một<p>2. Khoản hai</div>
<p hidden>ẩn</p><p style="display:none">ẩn nữa</p><p style="color:#fff">trắng</p><p style="color:#fff;background:#000">trên đen</p>
<p style="font-size:1px">bé</p><p style="position:absolute;left:-9999px">ngoài</p>
<ol type=a start=2><li>điểm b<li>điểm c</ol><ul><li>gạch</ul>
<table><tr><th>Chỉ tiêu<th>2030<tr><td>Kinh tế số<td>30%<p>GDP</table>
<table><tr><td><p>Trong khung</p></td></tr></table><pre>dòng 1
dòng 2</pre></body></html>"""


def test_a_web_page_is_read_block_by_block() -> None:
    source = read_html(PAGE.encode(), ANY)
    assert source.title == "Trang luật"
    assert texts(source) == [
        "LUẬT", "QUỐC HỘI", "Số 1", LAW, "1. Khoản một", "2. Khoản hai", "trên đen", "b. điểm b", "c. điểm c", "gạch", "Chỉ tiêu | 2030",
        "Kinh tế số | 30% GDP", "Trong khung", "dòng 1", "dòng 2",
    ]  # fmt: skip
    heading, assembly, *_ = source.lines
    assert heading.level == 1 and heading.bold and assembly.centred and assembly.bold and assembly.level == 0
    assert {fault.reason.partition(": ")[2] for fault in source.faults} == {
        "marked as hidden", "white on white", "of one point or less", "outside the page",
    }  # fmt: skip


def test_a_declared_encoding_is_used_when_the_bytes_are_not_utf8() -> None:
    page = "<html><head><meta charset=shift_jis></head><body><p>外交政策</p></body></html>"
    assert texts(read_html(page.encode("shift_jis"), ANY)) == ["外交政策"]


def test_an_empty_page_and_one_of_hidden_words_are_refused() -> None:
    for page, reason in (("<html><body></body></html>", "no text in it"), ("<p hidden>x</p>", "nobody can see its text")):
        with pytest.raises(Unreadable, match=reason):
            read_html(page.encode(), ANY)


def test_a_page_nested_without_end_is_read() -> None:
    assert texts(read_html(("<div>" * 1500 + "x" + "<p>y</p>").encode(), ANY)) == ["x y"]


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    book = zipped({
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>',
        "O/b.opf": "<package><dc:title>Sách</dc:title><manifest><item id='x' href='2.xhtml'/><item href=\"1.xhtml\" id=\"y\"/></manifest>"
                   "<spine><itemref idref='y'/><itemref idref='x'/><itemref idref='z'/></spine></package>".encode(),
        "O/1.xhtml": f"<?xml version='1.0' encoding='utf-8'?><html><body><p>{LAW}</p></body></html>".encode(),
        "O/2.xhtml": b"<html><body><p>Hai</p></body></html>",
    })  # fmt: skip
    source = read_epub(book, ANY)
    assert (source.title, texts(source)) == ("Sách", [LAW, "Hai"]) and len(source.faults) == 1
