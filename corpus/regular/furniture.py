"""Running headers and footers, page numbers and signature boxes: left out, and told of.

They are what repeats at the edge of several pages, what can be nothing else (“Trang 3/12”, “- 3 -”, the head of the Công báo), and
a number that counts the pages. A line in a table is never taken for any of them, nor is the first page's title for the header that
repeats it elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.errors import Fault
from corpus.normalise import fold
from corpus.regular.signatures import signature_box
from corpus.source import Line, Source

__all__ = ["without_furniture"]

_DEPTH = 3  # lines from the edge of a page among which furniture stands
_SHARE, _PAGES = 0.2, 3  # of the pages, and how many at least, that a running line is on
_FEW = 5  # pages of a text so short that two are enough
_NEAR = 12.0  # points by which its place may differ
_GAZETTE = re.compile(r"\d{0,4}\s*cong bao\s*/\s*so\b.{0,60}?/\s*ngay\b[\s\d./-]*")
_EXPLICIT = re.compile(r"(?:trang|page|tr\.)\s*\d{1,4}(?:\s*(?:/|of|tren)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]")
_OF = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_BARE = re.compile(r"\d{1,4}")
# What begins the same on many pages and is no furniture: units of an act, and the head of every form in an annex.
_STRUCTURE = re.compile(
    r"(?:dieu|chuong|muc|phan|khoan|phu luc|article|chapter|section|part|annex|cong hoa xa hoi|doc lap|mau|bieu)\b|[a-z#]{1,3}[.)]"
)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the edge of a page: its index, its page, where it stands (points, or lines from the edge), is it the very last."""

    index: int
    page: int
    side: str
    place: float
    outermost: bool


def without_furniture(source: Source) -> Source:
    """Return the source without running lines, page numbers and signature boxes; `faults` tells of each kind, counted."""
    out: dict[int, str] = {}
    for index, line in enumerate(source.lines):
        if line.aside in ("header", "footer"):
            out[index] = f"a running {line.aside}"
    texts = [line.text for line in source.lines]
    for index in range(len(texts)):
        if index not in out:
            out |= dict.fromkeys(range(index, index + signature_box(texts, index)), "the box of a digital signature")
    # from the edge of the page inwards: what stands behind words is no furniture
    while found := _outermost(source, out):
        out |= found
    if not out:
        return source
    kept = tuple(line for index, line in enumerate(source.lines) if index not in out)
    return replace(source, lines=kept, faults=(*source.faults, *_told(source.lines, out)))


def _edges(lines: Sequence[Line], out: dict[int, str]) -> Iterator[_Edge]:
    """Yield the lines near the top and the bottom of each page that are not out, tables aside."""
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page is not None and index not in out and line.text.strip() and line.aside != "footnote":
            pages[line.page].append(index)
    for page, indexes in pages.items():
        boxes = {index: box for index in indexes if (box := lines[index].box)}
        if len(boxes) == len(indexes):
            indexes.sort(key=lambda index: boxes[index][1])
        half = (len(indexes) + 1) // 2
        for side, run in (("top", indexes[: min(_DEPTH, half)]), ("bottom", indexes[: half - 1 : -1][:_DEPTH])):
            for at, index in enumerate(run):
                if not lines[index].cells:
                    yield _Edge(index, page, side, boxes[index][1] if index in boxes else at * _NEAR / 2, at == 0)


def _outermost(source: Source, out: dict[int, str]) -> dict[int, str]:
    """Return the furniture among the first and last lines of the pages, as far as `out` leaves them."""
    edges = list(_edges(source.lines, out))
    found = _running(source.lines, edges) | _numbers(source, edges) | _gazettes(source.lines, edges)
    return {edge.index: found[edge.index] for edge in edges if edge.outermost and edge.index in found}


def _key(text: str) -> str:
    """Return what a line has in common with its like on other pages: a number at its beginning or end may count them."""
    return re.sub(r"^\d+\b|\b\d+(?:\s*/\s*\d+)?$", "#", re.sub(r"\s+", " ", fold(text)).strip())


def _gazettes(lines: Sequence[Line], edges: Sequence[_Edge]) -> dict[int, str]:
    """Return the heads of the Official Gazette."""
    return {edge.index: "the head of the Công báo" for edge in edges if _GAZETTE.fullmatch(fold(lines[edge.index].text).strip())}


def _running(lines: Sequence[Line], edges: Sequence[_Edge]) -> dict[int, str]:
    """Return the lines that stand at the same place of several pages."""
    alike: dict[tuple[str, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        key = _key(lines[edge.index].text)
        if any(c.isalpha() for c in key) and not _STRUCTURE.match(key) and not lines[edge.index].level:
            alike[edge.side, key].append(edge)
    pages = len({edge.page for edge in edges})
    least = 2 if pages <= _FEW else max(_PAGES, _SHARE * pages)
    first = min((edge.page for edge in edges), default=0)
    out: dict[int, str] = {}
    for (side, _), found in alike.items():
        place = median(edge.place for edge in found)
        there = [edge for edge in found if abs(edge.place - place) <= _NEAR]
        if len({edge.page for edge in there}) >= least:
            # without boxes nobody knows whether the first page's title stands where the header does
            gone = [edge for edge in there if side == "bottom" or edge.page != first or lines[edge.index].box]
            out |= {edge.index: f"a running {'header' if side == 'top' else 'footer'}" for edge in gone}
    return out


def _numbers(source: Source, edges: Sequence[_Edge]) -> dict[int, str]:
    """Return the page numbers: those that say so, and bare ones that count with the pages."""
    out: dict[int, str] = {}
    bare: list[tuple[int, _Edge]] = []
    pages = max(source.pages, max((edge.page for edge in edges), default=0))
    for edge in edges:
        text = fold(source.lines[edge.index].text).strip()
        of = _OF.fullmatch(text)
        if _EXPLICIT.fullmatch(text) or (of and int(of[2]) == pages and int(of[1]) <= pages):
            out[edge.index] = "a page number"
        elif _BARE.fullmatch(text) and not source.lines[edge.index].level:
            bare.append((int(text) - edge.page, edge))
    steps = Counter(step for step, _ in {(step, edge.page) for step, edge in bare})
    return out | {edge.index: "a page number" for step, edge in bare if step == 0 or steps[step] >= _PAGES}


def _told(lines: Sequence[Line], out: dict[int, str]) -> Iterator[Fault]:
    """Yield one fault for each kind of line left out: the first one's page and words, and how many there are."""
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, reason in sorted(out.items()):
        kinds[reason, _key(lines[index].text) if reason.startswith("a running") else ""].append(index)
    for (reason, _), found in kinds.items():
        first = lines[found[0]]
        words = " ".join(lines[index].text.strip() for index in (found if "box" in reason else found[:1]))[:200]
        count = f", {len(found)} lines alike" if len(found) > 1 else ""
        yield Fault(f"page {first.page}" if first.page is not None else "text", f"left out as {reason}: “{words}”{count}")
