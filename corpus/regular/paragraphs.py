"""Lines of print become paragraphs: across line ends, columns and pages.

A break is kept where the text says that something begins (an article, a clause, a point, a heading, a row of a table) or where the line
before ended early; it is undone where a sentence runs on. A paragraph keeps page, box and marks of its first line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.regular.geometry import Measure
from corpus.regular.hyphens import Hyphens
from corpus.source import Line

__all__ = ["begins", "is_unit", "join", "join_pieces"]

# What a line of its own begins with; “Điều 5 của Luật này” inside a sentence has no stop behind the number.
_UNIT = re.compile(
    r"(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?(?:\.\d+(?:\.\w+)*)*\s*[.:]|(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục|TIỂU MỤC|Phụ lục|PHỤ LỤC)\s+"
    r"(?:[IVXLC]+|\d+|thứ \w+|THỨ \w+)\b(?!\s+(?:của|và|này|kèm|ban hành|Luật|Nghị))|(?:Article|ARTICLE|Section|SECTION)\s+\d+[.:]"
    r"|(?:Chapter|CHAPTER|Part|PART|Annex|ANNEX)\s+(?:[IVXLC]+|\d+)\b)"
)
_ITEM = re.compile(
    r"(?:\[(?:Khoản|Điểm)\s[^\]]*\]|\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\(\d{1,3}\)|[IVX]{1,5}[.)]|\(?[a-zđ]{1,2}\)|\([ivx]{1,5}\)|[A-ZĐ][.)]|[a-zđ]\.(?=\s+[A-ZĐÀ-Ỹ]))\s+\S|[-–—+•●*◦▪]\s+\S"
)
_DASH = re.compile(r"[-–—]\s+[a-zđ]")  # “kinh tế / - xã hội”
_RECITAL = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Thực hiện|Having regard|Pursuant to|Whereas|Nơi nhận|KT\.|TM\.|TL\.|Số:)\b")
_ENDED = re.compile(r"[.;:?!…][”\"’'»)\]]*$")
# What no line ends with unless its sentence runs on.
_RUNS_ON = re.compile(
    r"(?:,|\(|“|(?:\b(?:của|và|hoặc|tại|theo|về|cho|với|từ|đến|các|những|một|là|khoản|điểm|Điều|số|này và|do|để|được|trong|trên|bởi|"
    r"the|of|and|or|to|in|by|for|with|a|an|Article|paragraph)))$"
)
_AWAITS = re.compile(r"\b(?:khoản|Khoản|điểm|Điều|điều|Chương|Mục|số|Phụ lục|Article|Articles|Section|paragraph|No\.)$")  # a number
_NOTE = re.compile(r"(?:\[?\d{1,3}[\]).]?|[*†‡]{1,3}|[¹²³⁴-⁹]+)\s*\S")

_BARE = re.compile(r"(?:Điều\s+)?\d{1,3}[a-zđ]?\.|[a-zđ]\)")
_RULE = re.compile(r"[_=*-]{3,}")  # drawn under the head of an act
_PUNCTUATION = re.compile(r"[,;.:](?:\s|$)")


@dataclass(slots=True)
class _Open:
    """The paragraph that is being put together."""

    first: Line
    text: str
    last: int


def join(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the paragraphs of lines of print; footnotes stand behind the paragraph in which, or after which, they were met."""
    running = [line for line in lines if line.aside != "footnote"]
    measure, hyphens = Measure(running), Hyphens(line.text for line in running)
    notes = _notes(lines, hyphens)
    done: list[Line] = []
    current: _Open | None = None
    for at, line in enumerate(running):
        text = line.text.strip()
        if current and text and current.last == at - 1 and _goes_on(running, at, current.text, measure):
            current.text, current.last = hyphens.joined(current.text, text), at
            continue
        if current:
            done += _closed(current, notes)
            current = None
        if text:
            current = _Open(line, text, at)
    if current:
        done += _closed(current, notes)
    return tuple(done + [note for found in notes.values() for note in found])


def join_pieces(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines that are paragraphs but for pieces which a web page's markup broke off: “1.”, “Dữ liệu số”, “là dữ liệu …”."""
    hyphens = Hyphens(())
    done: list[Line] = []
    for line in lines:
        text, before = line.text.strip(), done[-1] if done else None
        if not text:
            continue
        plain = before and not (before.cells or line.cells or before.level or line.level or line.label or before.aside or line.aside)
        if before and plain and _PUNCTUATION.match(text):
            done[-1] = replace(before, text=before.text + text)
        elif before and plain and (_BARE.fullmatch(before.text) or _is_piece(before.text, text)):
            done[-1] = replace(before, text=hyphens.joined(before.text, text))
        else:
            done.append(replace(line, text=text))
    return tuple(done)


def _is_piece(before: str, text: str) -> bool:
    """Tell whether `text` goes on in small letters with a line that has not ended."""
    return text[0].islower() and not _ITEM.match(text) and not _ENDED.search(before)


def begins(text: str) -> bool:
    """Tell whether a line begins an article, a chapter, a clause, a point or another item of a list."""
    return bool(_UNIT.match(text) or _ITEM.match(text) or _RECITAL.match(text))


def is_unit(text: str) -> bool:
    """Tell whether a line begins an article, a chapter or another part that has a heading."""
    return bool(_UNIT.match(text))


def _closed(paragraph: _Open, notes: dict[int, list[Line]]) -> list[Line]:
    """Return the finished paragraph and the footnotes that were met up to its last line."""
    met = [at for at in notes if at <= paragraph.last]
    return [replace(paragraph.first, text=paragraph.text), *(note for at in met for note in notes.pop(at))]


def _notes(lines: Sequence[Line], hyphens: Hyphens) -> dict[int, list[Line]]:
    """Return the footnotes, their own lines joined, by the index of the running line before them."""
    notes: dict[int, list[Line]] = {}
    running, before = -1, ""
    for line in lines:
        if line.aside != "footnote":
            running, before = running + 1, ""
            continue
        text = line.text.strip()
        found = notes.setdefault(max(running, 0), [])
        if found and before == "footnote" and not _NOTE.match(text) and not line.label:
            found[-1] = replace(found[-1], text=hyphens.joined(found[-1].text, text))
        elif text:
            found.append(replace(line, text=text))
        before = "footnote"
    return notes


def _goes_on(lines: Sequence[Line], at: int, so_far: str, measure: Measure) -> bool:
    """Tell whether line `at` goes on with the paragraph of the line before it, whose text is `so_far`."""
    before, line = lines[at - 1], lines[at]
    text, last = line.text.strip(), before.text.strip()
    if before.cells or line.cells or before.level or line.level or line.label or before.aside != line.aside or not last:
        return False
    if _RULE.fullmatch(text) or _RULE.fullmatch(last):
        return False
    if _BARE.fullmatch(so_far):
        return not begins(text)
    full = measure.is_full(at - 1)
    runs_on = bool(_RUNS_ON.search(last))
    small = text[0].islower() and not _ITEM.match(text)
    if begins(text):
        # “… quy định tại khoản 1 / Điều 5. …” is the one sentence that may go on so
        if _DASH.match(text):
            return full and not _ENDED.search(last)
        return full and bool((_AWAITS if _ITEM.match(text) else _RUNS_ON).search(last)) and last[-1] != ","
    if so_far[0] == "(" and last[-1] == ")" and so_far.count("(") == so_far.count(")"):
        return False
    if measure.is_apart(at) and not small:
        return False
    if _capitals(last) and text.isupper():
        return full or runs_on
    if _capitals(last) != _capitals(text) and not small:
        return False
    if before.bold != line.bold and not (small or runs_on):
        return False
    if _ENDED.search(last):
        if last[-1] == ";" and small:
            return True  # an item in a list without marks would begin with a capital
        return full and (small or (not measure.is_set_in(at) and (measure.sets_in or last[-1] not in ";:")))
    if small or runs_on:
        return True
    if measure.sets_in and measure.is_set_in(at):
        return False  # a heading that happens to fill a narrow column ends all the same
    if before.centred or line.centred:
        return full
    return full or (measure.is_long(at - 1) and not _UNIT.match(so_far) and not measure.is_set_in(at))


def _capitals(text: str) -> bool:
    """Tell whether a line is in capitals, as titles are."""
    letters = sum(c.isalpha() for c in text)
    return text.isupper() and letters > 3 and letters > 0.6 * len(text.replace(" ", ""))  # “313/2025/NĐ-CP.” is no title
