"""The number of a clause or the letter of a point that recognition garbled is read from its neighbours' count.

Tesseract reads “32.” as “oe:” and “a)” as “8)”, and a lost number moves the words of one clause to the address of the
one before it. Between clause 31 and clause 33 there is only one number it can have been. Where the neighbours do not
settle it nothing is changed. For recognised pages alone: what a file's own letters say is never put right here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.errors import Fault
from corpus.locator import LETTERS
from corpus.regular.paragraphs import is_unit
from corpus.regular.syllables import is_syllable
from corpus.source import Line

__all__ = ["recount"]

_NUMBER = re.compile(r"(\d{1,3})([.)])\s+(?=\S)")
_POINT = re.compile(r"([a-zđ])\)\s+(?=\S)")
_TOKEN = re.compile(r"(\S{1,4})\s+(?=[“\"(]?[^\W\d_])")
_HEADING = re.compile(r"(?:Điều|Chương|Phần|Mục|Phụ lục|Article|Chapter|Annex)\b", re.I)
_BULLET = re.compile(r"[-–—+•●*◦▪“\"'(]")


@dataclass(slots=True)
class _Count:
    """How far the count of an article has come; `point` is the number of points of the open clause, `mark` the sign after a number."""

    clause: int = 0
    point: int = 0
    mark: str = "."

    def take(self, number: int | None, letter: str) -> None:
        """Go on to a clause or to a point."""
        if number is not None:
            self.clause, self.point = number, 0
        elif letter:
            self.point = LETTERS.index(letter) + 1


def recount(lines: Sequence[Line], recognised: Callable[[int | None], bool]) -> tuple[tuple[Line, ...], tuple[Fault, ...]]:
    """Return the paragraphs with garbled marks of clauses and points put right, and one fault for each of them.

    `recognised` tells whether the letters of a page were recognised.
    """
    done = list(lines)
    faults: list[Fault] = []
    for start, end in _articles(lines):
        stretch = [line.text for line in done[start:end]]
        for at, mark, cut in _mended(stretch):
            line = done[start + at]
            if recognised(line.page) and not line.cells and not line.label:
                done[start + at] = replace(line, text=f"{mark} {line.text[cut:]}")
                was = line.text[:cut].strip()
                reason = (
                    f"“{was}” was recognised where “{mark}” stands by the count" if was else f"“{mark}” was not recognised; it is set by the count"
                )
                faults.append(Fault(f"page {line.page}", reason))
    return tuple(done), tuple(faults)


def _articles(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the first paragraph and the end of what stands between two headings of articles or chapters."""
    heads = [at for at, line in enumerate(lines) if is_unit(line.text) or line.level]
    for at, end in zip(heads, [*heads[1:], len(lines)], strict=False):  # without a heading there is no article
        yield at + 1, end


def _mended(texts: list[str]) -> list[tuple[int, str, int]]:
    """Return the paragraphs of an article whose mark is garbled: which, the mark it must have, the length of what stands there."""
    found: list[tuple[int, str, int]] = []
    count = _Count()
    for at, text in enumerate(texts):
        number, letter = _marks(text)
        if number is not None and number == count.clause + 2 and (lost := _unmarked(texts, at, count, {i for i, _, _ in found})) is not None:
            found.append((lost, f"{count.clause + 1}{count.mark}", 0))
        fits = (number is not None and number == count.clause + 1) or (bool(letter) and letter == _letter(count.point))
        cut = 0 if fits else _doubtful(text)
        mark = _awaited(texts, at, count) if cut else ""
        if mark:
            found.append((at, mark, cut))
            number, letter = _marks(f"{mark} x")
        elif number is not None and (sign := _NUMBER.match(text)):
            count.mark = sign[2]
        if mark or fits or (number is not None and number > count.clause) or letter:
            count.take(number, letter)
    return sorted(found)


def _marks(text: str) -> tuple[int | None, str]:
    """Return the number of a clause or the letter of a point with which a paragraph begins."""
    if match := _NUMBER.match(text):
        return int(match[1]), ""
    match = _POINT.match(text)
    return None, match[1] if match and match[1] in LETTERS else ""


def _letter(place: int) -> str:
    """Return the letter of the point after so many, empty after the last one."""
    return LETTERS[place] if place < len(LETTERS) else ""


def _doubtful(text: str) -> int:
    """Return the length of what may be a garbled mark at the beginning of a paragraph, 0 when the paragraph begins with a word."""
    match = _TOKEN.match(text)
    if not match or _BULLET.match(text):
        return 0
    if _NUMBER.match(text) or _POINT.match(text):
        return match.end()
    token = match[1]
    rest = text[match.end() :]
    begins_with_word = token.isalpha() and (is_syllable(token) or token.isupper())
    heads = is_unit(rest) or _HEADING.match(rest)
    return match.end() if rest.lstrip('“"(')[:1].isupper() and not heads and not begins_with_word else 0


def _awaited(texts: list[str], at: int, count: _Count) -> str:
    """Return the mark that the neighbours of a paragraph leave for it, empty when they leave none or a choice."""
    ahead = [_marks(text) for text in texts[at + 1 :]]
    number = next((n for n, _ in ahead if n is not None), None)
    within = next((at for at, (n, _) in enumerate(ahead) if n is not None), len(ahead))
    letter = next((mark for _, mark in ahead[:within] if mark), "")
    before = texts[at - 1].rstrip() if at else ""
    own = _letter(count.point)
    well_formed = any(mark for mark in _marks(texts[at]))
    if own and (count.point or before.endswith(":")):
        if letter and letter == _letter(count.point + 1):
            return f"{own})"
        if count.point and not letter and before.endswith(";") and not well_formed:
            return f"{own})"
    following = count.clause + 1
    if number == following + 1 and (count.clause or not letter or before.endswith((".", ":")) or not before):
        return f"{following}{count.mark}"
    last = number is None and bool(count.clause) and before.endswith(".") and not letter and not well_formed
    return f"{following}{count.mark}" if last else ""


def _unmarked(texts: list[str], end: int, count: _Count, taken: set[int]) -> int | None:
    """Return the one paragraph before `end` that can be the clause whose number is wholly missing, None when none or several can."""
    start = next((at for at in range(end - 1, -1, -1) if _marks(texts[at])[0] == count.clause), None)
    if start is None or taken & set(range(start + 1, end)):
        return None
    fit = [
        at
        for at in range(start + 1, end)
        if texts[at][:1].isupper() and not any(_marks(texts[at])) and texts[at - 1].rstrip().endswith(".") and not _doubtful(texts[at])
    ]
    return fit[0] if len(fit) == 1 else None
