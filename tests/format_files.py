"""Word files and PDFs made for the tests of the readers, by the libraries that people make them with."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.formats.scan import missing

SHARED = Path(__file__).parents[2] / "shared"
ARTICLES = (
    "Điều 1. Phạm vi điều chỉnh",
    "1. Nghị định này quy định chi tiết về việc cung cấp dịch vụ công trực tuyến",
    "của cơ quan đại diện Việt Nam ở nước ngoài, trình tự, thủ tục, trách nhiệm.",
    "2. Nghị định này không áp dụng đối với thông tin thuộc bí mật nhà nước.",
    "Điều 2. Đối tượng áp dụng",
    "1. Cơ quan đại diện ngoại giao, cơ quan đại diện lãnh sự.",
    "2. Tổ chức, cá nhân nước ngoài sử dụng dịch vụ công trực tuyến.",
    "Điều 3. Giải thích từ ngữ",
    "a) Dữ liệu số là dữ liệu được tạo ra bằng phương pháp dùng tín hiệu số;",
    "b) Ngưỡng 7,5% tổng số hồ sơ phải được số hóa trước ngày 31/12/2027;",
    "đ) Hồ sơ điện tử được lưu trữ ít nhất 10 năm kể từ ngày giải quyết xong.",
)  # fmt: skip


def shared(*parts: str) -> Path:
    """Return a path beside the checkout; its absence skips the test, except under CI, where it fails."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{path} is not there")
    return path


def word(build: Callable[[Any], None], *, numbering: str = "", parts: dict[str, tuple[str, str]] | None = None) -> bytes:
    """Return a Word file; `build` fills it, `numbering` replaces its lists, `parts` adds parts (relation's type to XML by name)."""
    document = docx.Document()
    build(document)
    if numbering:
        root = document.part.numbering_part.element
        for old in list(root):
            root.remove(old)
        for new in parse_xml(f"<w:numbering {nsdecls('w')}>{numbering}</w:numbering>"):
            root.append(new)
    for name, (kind, xml) in (parts or {}).items():
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        content = "application/vnd.openxmlformats-officedocument.wordprocessingml." + kind + "+xml"
        part = Part(PackURI("/word/" + name), content, xml.encode(), document.part.package)
        document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xml(text: str) -> Any:
    """Return an element of a Word file written as XML with the prefix w."""
    head, rest = text.split(">", 1)
    closed = head.endswith("/")
    return parse_xml(f"{head.rstrip('/')} {nsdecls('w')}{'/' if closed else ''}>{rest}")


def add(document: Any, *paragraphs: str) -> None:
    """Append paragraphs written as XML to the body."""
    for paragraph in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, xml(paragraph))


def font() -> str:
    """Return the name of a registered font that has all Vietnamese letters."""
    if "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        found = next(iter(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
        if found is None:
            pytest.fail("the font DejaVu Sans is not there; Debian: apt install fonts-dejavu-core")
        pdfmetrics.registerFont(TTFont("DejaVu", str(found)))
    return "DejaVu"


def pdf(*pages: Callable[[Canvas], None], **options: Any) -> bytes:
    """Return a PDF; each function draws one page of A4."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    for draw in pages:
        canvas.setFont(font(), 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def print_lines(canvas: Canvas, lines: Sequence[str], left: float = 60, top: float = 60, leading: float = 18) -> None:
    """Draw lines of text down from `top` points below the upper edge."""
    for place, line in enumerate(lines):
        canvas.drawString(left, A4[1] - top - place * leading, line)


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of some files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


needs_tesseract = pytest.mark.skipif(
    bool(missing()) and os.environ.get("CI") != "true", reason="Tesseract with Vietnamese is not there: apt install tesseract-ocr tesseract-ocr-vie"
)
