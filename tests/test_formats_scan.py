"""Scans: a decree printed, scanned badly and read again; what cannot be recognised is told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import Unreadable
from corpus.formats.limits import Limits
from corpus.formats.pdf import read_pdf
from corpus.formats.scan import missing, read_image
from tests.format_files import ARTICLES, needs_tesseract, pdf, print_lines
from tests.scanner import as_file, scanned

ANY = Path("quet.pdf")
pytestmark = needs_tesseract


def errors(wanted: str, found: str) -> float:
    """Return the edit distance of two texts for each character of the first."""
    row = list(range(len(found) + 1))
    for place, letter in enumerate(wanted, 1):
        last, row[0] = row[0], place
        for column, other in enumerate(found, 1):
            last, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, last + (letter != other))
    return row[-1] / len(wanted)


@pytest.fixture(scope="module")
def decree() -> bytes:
    return pdf(lambda canvas: print_lines(canvas, ARTICLES))


def test_a_scanned_page_of_a_pdf_is_recognised_with_its_confidence(decree: bytes) -> None:
    image = ImageReader(io.BytesIO(as_file(scanned(decree))))

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(image, 0, 0, *A4)

    def stamped(canvas: Canvas) -> None:
        canvas.rect(0, 0, 10, 10, fill=1)
        print_lines(canvas, ["Trang này là chữ in, không cần nhận dạng."])

    source = read_pdf(pdf(scan, stamped), ANY)
    lines = [line for line in source.lines if line.page == 1]
    assert errors(" ".join(ARTICLES), " ".join(line.text for line in lines)) <= 0.03
    assert [line.text[:7] for line in lines if line.text.startswith("Điều")] == ["Điều 1.", "Điều 2.", "Điều 3."]
    assert source.pages == 2 and source.confidence[0] is not None and source.confidence[0] > 0.8 and source.confidence[1] == 1.0
    left, top, _, bottom = lines[0].box or (0, 0, 0, 0)
    assert abs(left - 60) < 12 and 35 < top < bottom < 80


def test_a_picture_that_lies_on_its_side_is_read(decree: bytes) -> None:
    source = read_image(as_file(scanned(decree, turn=90), "JPEG", dpi=(200, 200)), Path("anh.jpg"))
    assert errors(" ".join(ARTICLES), " ".join(line.text for line in source.lines)) <= 0.03
    # the page lies on its left side: its upper edge is the left one, its left edge the lower one
    left, top, right, bottom = source.lines[0].box or (0, 0, 0, 0)
    assert abs(bottom - (A4[0] - 60)) < 12 and 35 < left < right < 80 and bottom - top > 100


def test_an_unreadable_page_of_a_tiff_is_named(decree: bytes) -> None:
    blank = Image.new("L", (800, 1100), 255)
    data = as_file(blank, "TIFF", save_all=True, append_images=[scanned(decree, turn=0)])
    earned: list[float] = []
    source = read_image(data, Path("quet.tif"), Limits(page_seconds=70), earned.append)
    assert source.confidence[0] is None and (source.confidence[1] or 0) > 0.8
    assert [(fault.name, fault.reason) for fault in source.faults] == [("quet.tif, page 1", "no letters could be recognised on it")]
    assert source.lines[0].page == 2 and earned == [70, 70]


def test_pictures_without_letters_and_damaged_ones_are_refused(decree: bytes) -> None:
    with pytest.raises(Unreadable, match="no letters could be recognised"):
        read_image(as_file(Image.new("RGB", (400, 300), "white")), Path("trang.png"))
    with pytest.raises(Unreadable, match="damaged picture"):
        read_image(as_file(scanned(decree))[:3000], Path("cut.png"))
    with pytest.raises(Unreadable, match="too large"):
        read_image(as_file(Image.new("1", (20_000, 6_000))), Path("lon.png"))


def test_tesseract_is_there() -> None:
    assert missing() == ""
