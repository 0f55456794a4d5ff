"""Pictures of pages: their letters recognised by Tesseract, line by line, with how sure it was of each page.

Tesseract is a program beside this one (Debian: `tesseract-ocr tesseract-ocr-vie`), fed one grey picture at a time. It
runs on one thread: more of them make it slower on small machines. Pillow opens pictures that are files of their own.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from corpus.errors import Fault, Unreadable
from corpus.formats.limits import Limits
from corpus.formats.pdf_layout import lines_of
from corpus.formats.pdf_words import PageContent, Word
from corpus.normalise import nfc
from corpus.source import Line, Source

__all__ = ["DOTS", "missing", "read_image", "recognise", "words_on"]

DOTS = 300
"""Dots to the inch at which Tesseract reads best."""
_UNSURE = 0.75
_UNREADABLE = 0.3
_MOST_PIXELS = 100_000_000
_ROTATE = re.compile(r"^Rotate: (90|180|270)$", re.M)
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

    `picture` is a grey PGM, `dots` its resolution to the inch, `seconds` how long it may take. A page that comes out
    badly or on its side is turned upright and tried once more; the boxes are those on the page as it was given.
    """
    content, sure = _words(_run(picture, ("--psm", "3", "tsv"), dots, seconds / 2), page, dots)
    lines = lines_of(content)
    upright = sum(word.height > word.right - word.left for word in content.words if len(word.text) > 2)
    if sure is not None and (sure < _UNSURE or upright > len(content.words) / 3):
        found = _ROTATE.search(_run(picture, ("--psm", "0"), dots, seconds / 6))
        if found and (degrees := int(found.group(1))):
            turned, surer = _words(_run(_turned(picture, degrees), ("--psm", "3", "tsv"), dots, seconds / 3), page, dots)
            if surer is not None and surer >= sure * 0.9:
                lines, sure = [_turned_back(line, degrees, content) for line in lines_of(turned)], surer
    return (lines, sure) if sure is not None and sure >= _UNREADABLE else ([], None)


def words_on(picture: bytes, page: int, dots: float, seconds: float) -> PageContent:
    """Return the words of a picture of an upright page, each where it stands; none where it cannot be read."""
    return _words(_run(picture, ("--psm", "3", "tsv"), dots, seconds), page, dots)[0]


def _run(picture: bytes, how: tuple[str, ...], dots: float, seconds: float) -> str:
    """Run Tesseract once; return what it writes, empty when it fails on the picture or takes too long."""
    languages = "osd" if "0" in how else "vie+eng"
    command = ["tesseract", "stdin", "stdout", "-l", languages, "--dpi", str(round(dots)), *how]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, check=False, env=environment)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _words(table: str, page: int, dots: float) -> tuple[PageContent, float | None]:
    """Return the words of a table of Tesseract's and the mean confidence of their letters, None without words.

    The words are then put in the order of reading as those of a printed page are, so that a scan reads as its original.
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
            upper, lower = heights.get(tuple(cells[2:5]), (top, top + height)) if width > height or len(text) < 3 else (top, top + height)
            content.words.append(Word(text, left, upper, left + width, lower))
            weight += float(cells[10]) / 100 * len(text)
            letters += len(text)
    return content, (round(weight / letters, 3) if letters else None)


def _turned(picture: bytes, degrees: int) -> bytes:
    """Return a picture turned clockwise by a right angle or more."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        turned = image.rotate(-degrees, expand=True)
    return b"P5 %d %d 255\n" % turned.size + turned.tobytes()


def _turned_back(line: Line, degrees: int, page: PageContent) -> Line:
    """Return a line of a page that was turned clockwise, with its box on the page as it was given."""
    if line.box is None:
        return line
    left, top, right, bottom = line.box
    box = {
        90: (top, page.height - right, bottom, page.height - left),
        180: (page.width - right, page.height - bottom, page.width - left, page.height - top),
        270: (page.width - bottom, left, page.width - top, right),
    }.get(degrees, line.box)
    return replace(line, box=(round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)))


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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # ours is the bound below
            opened = Image.open(io.BytesIO(data))
        with opened as image:
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
