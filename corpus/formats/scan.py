"""Pictures of pages: their letters recognised by Tesseract, line by line, with how sure it was of each page.

Tesseract is a program beside this one (Debian: `tesseract-ocr tesseract-ocr-vie`), fed one grey picture at a time. It
runs on one thread: more of them make it slower on small machines. Pillow opens pictures that are files of their own.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from corpus.errors import Fault, Unreadable
from corpus.formats.limits import Limits
from corpus.formats.pdf_layout import lines_of
from corpus.formats.pdf_words import PageContent, Word
from corpus.normalise import nfc
from corpus.source import Line, Source

__all__ = ["DOTS", "missing", "read_image", "recognise"]

DOTS = 300
"""Dots to the inch at which Tesseract reads best."""
_UNSURE = 0.5
_UNREADABLE = 0.3
_MOST_PIXELS = 100_000_000
_INSTALL = "install Tesseract with Vietnamese (Debian: apt install tesseract-ocr tesseract-ocr-vie)"


@lru_cache(maxsize=1)
def missing() -> str:
    """Return why no letters can be recognised on this machine and what to install, empty when they can."""
    program = shutil.which("tesseract")
    if program is None:
        return f"its letters must be recognised, and Tesseract is not there; {_INSTALL}"
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    return "" if "vie" in listed else f"its letters must be recognised, and Tesseract knows no Vietnamese; {_INSTALL}"


def recognise(picture: bytes, page: int, dots: float, seconds: float) -> tuple[list[Line], float | None]:
    """Return the lines of a picture of a page and how sure they are, from 0 to 1; no lines and None when it cannot be read.

    `dots` is the resolution of the picture to the inch, `seconds` how long it may take. A page that comes out badly is
    tried once more for a page that lies on its side or on its head.
    """
    lines, sure = _lines(_run(picture, "3", dots, seconds / 2), page, dots)
    if sure is not None and sure < _UNSURE:
        turned, surer = _lines(_run(picture, "1", dots, seconds / 2), page, dots)
        if surer is not None and surer > sure:
            lines, sure = turned, surer
    return (lines, sure) if sure is not None and sure >= _UNREADABLE else ([], None)


def _run(picture: bytes, layout: str, dots: float, seconds: float) -> str:
    """Run Tesseract once; return its table of words, empty when it fails on the picture or takes too long."""
    command = ["tesseract", "stdin", "stdout", "-l", "vie+eng", "--psm", layout, "--dpi", str(round(dots)), "tsv"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _lines(table: str, page: int, dots: float) -> tuple[list[Line], float | None]:
    """Return the lines of a table of words and the mean confidence of their letters, None without words.

    The words are put in the order of reading as those of a printed page are, so that a scan reads as its original does.
    """
    points = 72 / dots
    content = PageContent(page, 0, 0)
    heights: dict[tuple[str, ...], tuple[float, float]] = {}
    weight = letters = 0.0
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        left, top, width, height = (float(cell) * points for cell in cells[6:10])
        if cells[0] == "1":
            content.width, content.height = width, height
        elif cells[0] == "4":
            heights[tuple(cells[2:5])] = (top, top + height)
            if content.words:
                content.words[-1].breaks = True
        elif cells[0] == "5" and (text := nfc(cells[11].strip())):
            # as high as its line, for a word of small letters stands lower than its neighbours
            upper, lower = heights.get(tuple(cells[2:5]), (top, top + height))
            content.words.append(Word(text, left, upper, left + width, lower))
            weight += float(cells[10]) / 100 * len(text)
            letters += len(text)
    return lines_of(content), (round(weight / letters, 3) if letters else None)


def read_image(data: bytes, path: Path, limits: Limits | None = None, earn: Callable[[float], None] = lambda seconds: None) -> Source:
    """Return the lines of a picture, or of each page of a TIFF of several.

    `earn` is told that a page was done and how many seconds the next may take. Raises Unreadable when it is no picture,
    is too large, when not one page could be read, or when Tesseract is not there.
    """
    limits = limits or Limits()
    if reason := missing():
        raise Unreadable(path, reason)
    lines: list[Line] = []
    sure: list[float | None] = []
    faults: list[Fault] = []
    for page, (picture, dots) in enumerate(_pictures(data, path, limits), 1):
        earn(limits.page_seconds)
        found, confidence = recognise(picture, page, dots, limits.page_seconds)
        lines += found
        sure.append(confidence)
        if confidence is None:
            faults.append(Fault(f"{path.name}, page {page}", "no letters could be recognised on it"))
    if not lines:
        raise Unreadable(path, "no letters could be recognised in it")
    return Source("image", tuple(lines), wrapped=True, pages=len(sure), confidence=tuple(sure), faults=tuple(faults))


def _pictures(data: bytes, path: Path, limits: Limits) -> Iterator[tuple[bytes, float]]:
    """Yield the pages of a picture file as grey PGM, enlarged to about 300 dots to the inch, and their resolution."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise Unreadable(path, f"it is too large: {image.width} by {image.height} dots")
            if getattr(image, "n_frames", 1) > limits.scanned_pages:
                raise Unreadable(path, f"it has more than {limits.scanned_pages} pages")
            for frame in ImageSequence.Iterator(image):
                grey = ImageOps.exif_transpose(frame).convert("L")
                # a picture that does not say its resolution is taken for a page of A4
                said = float(frame.info.get("dpi", (0, 0))[0])
                dots = said if 70 <= said <= 1200 else max(grey.size) / 11.7
                if dots < DOTS * 0.9 and grey.width * grey.height * (DOTS / dots) ** 2 <= _MOST_PIXELS / 2:
                    grey = grey.resize((round(grey.width * DOTS / dots), round(grey.height * DOTS / dots)), Image.Resampling.LANCZOS)
                    dots = DOTS
                yield b"P5 %d %d 255\n" % grey.size + grey.tobytes(), dots
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable(path, "it is a damaged picture, or one of a kind that is not read here") from error
