"""PDF files: printed lines with page and box; pages that are only pictures go through recognition of letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import Fault, Unreadable
from corpus.formats.limits import Limits
from corpus.formats.pdf_layout import lines_of
from corpus.formats.pdf_pages import PdfFile
from corpus.formats.scan import DOTS, missing, recognise
from corpus.normalise import nfc
from corpus.source import Line, Source

__all__ = ["read_pdf"]

_TEXT_SECONDS = 2.0
_NAMED_PAGES = 12


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    lines: list[Line] = field(default_factory=list)
    confidence: list[float | None] = field(default_factory=list)
    scanned: int = 0
    hidden: dict[str, list[int]] = field(default_factory=dict)
    left_out: dict[str, list[int]] = field(default_factory=dict)


def read_pdf(data: bytes, path: Path, limits: Limits | None = None, earn: Callable[[float], None] = lambda seconds: None) -> Source:
    """Return the lines of a PDF.

    `earn` is told how many seconds more each page may take. `confidence` is empty when no page had to be recognised; else
    a page of text counts as 1. Raises Unreadable when the file is encrypted, damaged, too long, or when nothing on it
    can be read.
    """
    limits = limits or Limits()
    reading = _Reading()
    with PdfFile(data, path) as pdf:
        if pdf.pages > limits.pages:
            raise Unreadable(path, f"it has {pdf.pages} pages, more than the {limits.pages} that are read of one file; split it")
        for number in range(1, pdf.pages + 1):
            _page(pdf, number, reading, limits, earn)
        title, pages = nfc(pdf.title.replace("\0", "").strip()), pdf.pages
    if not reading.lines:
        raise Unreadable(path, _why_nothing(reading, pages))
    faults = [Fault(_where(path, pages), reason) for reason, pages in reading.left_out.items()]
    faults += [Fault(_where(path, pages), f"text that nobody can see was left out: {why}") for why, pages in reading.hidden.items()]
    confidence = tuple(reading.confidence) if reading.scanned else ()
    return Source("pdf", tuple(reading.lines), wrapped=True, title=title, pages=pages, confidence=confidence, faults=tuple(faults))


def _page(pdf: PdfFile, number: int, reading: _Reading, limits: Limits, earn: Callable[[float], None]) -> None:
    """Read one page."""
    earn(_TEXT_SECONDS)
    content = pdf.page(number)
    if content is None:
        _leave_out(reading, "it is damaged", number)
        return
    for why in content.hidden:
        reading.hidden.setdefault(why, []).append(number)
    if not content.is_picture:
        found = lines_of(content)
        reading.lines += found
        reading.confidence.append(1.0)
        return
    reading.scanned += 1
    if reason := missing():
        # what little text there is, is better than nothing
        reading.lines += lines_of(content)
        _leave_out(reading, reason.replace("its letters", "the letters on it"), number)
    elif reading.scanned > limits.scanned_pages:
        _leave_out(reading, f"only the first {limits.scanned_pages} scanned pages of a file are recognised", number)
    else:
        earn(limits.page_seconds)
        dots = min(DOTS, 72 * (50_000_000 / max(content.width * content.height, 1)) ** 0.5)
        found, sure = recognise(pdf.render(number, dots), number, dots, limits.page_seconds)
        reading.lines += found
        if sure is None:
            _leave_out(reading, "no letters could be recognised on it", number)
        else:
            reading.confidence.append(sure)


def _leave_out(reading: _Reading, reason: str, number: int) -> None:
    """Note a page that could not be read."""
    reading.confidence.append(None)
    reading.left_out.setdefault(reason, []).append(number)


def _where(path: Path, pages: list[int]) -> str:
    """Return the name of some pages of a file."""
    if len(pages) == 1:
        return f"{path.name}, page {pages[0]}"
    listed = ", ".join(map(str, pages[:_NAMED_PAGES]))
    return f"{path.name}, pages {listed}" + (f" and {len(pages) - _NAMED_PAGES} more" if len(pages) > _NAMED_PAGES else "")


def _why_nothing(reading: _Reading, pages: int) -> str:
    """Return why no line at all was read."""
    if not pages:
        return "it has no pages"
    if reading.left_out:
        reason, where = next(iter(reading.left_out.items()))
        return f"page {where[0]}: {reason}" if pages > 1 else reason.replace("on it", "in it")
    if reading.hidden:
        return f"nobody can see its text ({next(iter(reading.hidden))})"
    return "there is no text in it"
