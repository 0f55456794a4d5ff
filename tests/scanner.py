"""A bad scanner: pages of a PDF as pictures that are a little turned, grainy and out of focus; for the tests of recognised letters."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.formats.pdf_pages import PdfFile
from tests.format_files import pdf

__all__ = ["as_file", "scan_of", "scanned"]


def scanned(data: bytes, dots: int = 200, turn: float = 0.6) -> Image.Image:
    """Return the first page of a PDF as a bad scanner gives it."""
    with PdfFile(data, Path("quet.pdf")) as document:
        page = Image.open(io.BytesIO(document.render(1, dots)))
        page.load()
    page = page.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC, expand=abs(turn) > 45)
    grain = np.random.default_rng(1).normal(0, 15, (page.height, page.width))
    return Image.fromarray(np.clip(np.asarray(page) + grain, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))


def as_file(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return a picture as the bytes of a file of that kind."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def scan_of(data: bytes) -> bytes:
    """Return a PDF whose one page is a scan of the first page of another."""
    image = ImageReader(io.BytesIO(as_file(scanned(data))))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(image, 0, 0, *A4)

    return pdf(draw)
