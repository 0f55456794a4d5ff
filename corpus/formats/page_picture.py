"""A page of a PDF as a picture, with the boxes in which some words stand on it; drawn in a process of its own, within limits.

The words are looked for on the page that is named and the three after it, for a long provision goes on. The letters of a page that is
only a picture are recognised anew, where this machine can do so, to find where the words stand.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from corpus.errors import Unreadable
from corpus.formats.limits import MEGABYTE, Limits
from corpus.formats.pdf_pages import PdfFile
from corpus.formats.pdf_words import PageContent, Word
from corpus.formats.scan import missing, words_on
from corpus.formats.starting import program_of
from corpus.normalise import nfc
from corpus.source import Box

__all__ = ["PagePicture", "boxes_of", "picture_page"]

_DOTS = 110.0
_FURTHER = 3
_SECONDS = 30
_SCAN_DOTS = 200.0
_MOST_DOTS = 20_000_000
_SCAN_SECONDS = 6.0
_ENOUGH = 0.6
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page: its number from 1, how many there are, its size in points, its picture (PNG), and the boxes of the words in points."""

    number: int
    pages: int
    width: float
    height: float
    png: bytes
    boxes: tuple[Box, ...]


def picture_page(path: Path, page: int, words: str) -> PagePicture:
    """Return the page of a PDF on which `words` begin, looked for from `page` on; raises Unreadable."""
    request = json.dumps({"path": os.fspath(path.absolute()), "page": page, "words": words})
    command, environment = program_of("corpus.formats.page_picture")
    try:
        done = subprocess.run(
            command, input=request.encode("utf-8", "surrogateescape"), capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(path, "drawing its page took too long") from error
    head, _, png = done.stdout.partition(b"\n")
    if done.returncode or not png:
        raise Unreadable(path, "its page could not be drawn")
    said = json.loads(head)
    return PagePicture(said["number"], said["pages"], said["width"], said["height"], png, tuple((a, b, c, d) for a, b, c, d in said["boxes"]))


def boxes_of(words: str, content: PageContent) -> tuple[float, tuple[Box, ...]]:
    """Return which share of the words stands on a page, and a box for each line of them."""
    wanted = _TOKEN.findall(nfc(words).casefold())
    there = [(token, word) for word in content.words for token in _TOKEN.findall(nfc(word.text).casefold())]
    if not wanted or not there:
        return 0.0, ()
    blocks = difflib.SequenceMatcher(None, [token for token, _ in there], wanted, autojunk=False).get_matching_blocks()
    first = max(blocks, key=lambda block: block.size)
    # the same words in another place of the page are not meant: only what keeps its distance from the longest run is
    slack = 6 + len(wanted) // 10
    kept = [block for block in blocks if block.size and abs((block.a - block.b) - (first.a - first.b)) <= slack]
    found = [there[place][1] for block in kept for place in range(block.a, block.a + block.size)]
    return sum(block.size for block in kept) / len(wanted), _lines(found)


def _lines(words: Sequence[Word]) -> tuple[Box, ...]:
    """Return one box for each run of words that stand on one line."""
    made: list[Box] = []
    for word in words:
        if made and abs(made[-1][1] - word.top) < word.height / 2 and word.left >= made[-1][0]:
            left, top, right, bottom = made[-1]
            made[-1] = left, min(top, word.top), max(right, word.right), max(bottom, word.bottom)
        else:
            made.append((word.left, word.top, word.right, word.bottom))
    return tuple(made)


def _drawn(path: Path, page: int, words: str) -> PagePicture:
    """Return the page on which most of the words stand; raises Unreadable."""
    with PdfFile(path.read_bytes(), path) as pdf:
        best: tuple[float, int, tuple[Box, ...]] = (0.0, min(max(page, 1), max(pdf.pages, 1)), ())
        for number in range(best[1], min(best[1] + _FURTHER, pdf.pages) + 1):
            content = _content(pdf, number)
            share, boxes = boxes_of(words, content) if content else (0.0, ())
            if share > best[0] + 0.1:
                best = (share, number, boxes)
            if share >= _ENOUGH:
                break
        share, number, boxes = best
        content = pdf.page(number)
        if content is None:
            raise Unreadable(path, f"page {number} is damaged")
        picture = _png(pdf.render(number, _DOTS))
        return PagePicture(number, pdf.pages, content.width, content.height, picture, boxes if share >= _ENOUGH / 2 else ())


def _content(pdf: PdfFile, number: int) -> PageContent | None:
    """Return what stands on a page, its letters recognised where it is a picture; None when it is damaged."""
    content = pdf.page(number)
    if content is None or not content.is_picture or missing():
        return content
    dots = min(_SCAN_DOTS, 72 * (_MOST_DOTS / max(content.width * content.height, 1)) ** 0.5)
    return words_on(pdf.render(number, dots), number, dots, _SCAN_SECONDS)


def _png(pgm: bytes) -> bytes:
    """Return a grey picture as PNG, in sixteen greys, which print does not need more of."""
    from PIL import Image

    held = BytesIO()
    with Image.open(BytesIO(pgm)) as picture:
        picture.quantize(16).save(held, "PNG", optimize=True)
    return held.getvalue()


def main() -> int:
    """Draw the page that standard input asks for: a line of JSON about it on standard output, then its PNG. Returns the exit status."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (Limits().memory + 256 * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    asked = json.loads(sys.stdin.buffer.read())
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get into the answer
    try:
        made = _drawn(Path(asked["path"]), asked["page"], asked["words"])
    except (Unreadable, OSError, MemoryError):
        return 1
    head = {"number": made.number, "pages": made.pages, "width": made.width, "height": made.height, "boxes": made.boxes}
    answers.write(json.dumps(head).encode() + b"\n" + made.png)
    answers.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
