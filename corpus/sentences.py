"""Sentences and list items with their spans, in Vietnamese and English policy text.

No splitter made for English survives “Điều 5.”, “TS.”, “01/2024/NĐ-CP” or “Q.1”; the rules here end a sentence only at a
mark that is followed by white space and a capital, a quotation mark, a bracket or a digit, and never after a known
abbreviation, a lone letter or the number that opens a line (“1. Chính phủ …”). They do not read meaning: a full stop left out stays unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Span", "items", "sentences"]

_ABBREVIATIONS = frozenset("ts ths pgs gs tp tx tt q p st ths.s ông bà mr mrs ms dr prof no nos art vs cf al etc inc ltd u.s u.n e.g i.e đ/c".split())
_CLAUSE = re.compile(r"\d{1,3}(?:\.\d{1,2})*[a-zđ]?")
_NEXT = re.compile(r"\s*(\S?)")
_END = re.compile(r"[.!?…]+[”\"’')\]]*(?=\s+[“\"‘'(\[]*[^\W_])|\n+")
# a full stop is a mark before white space alone (7.5% is a figure), a dash not before a digit (-5 °C is one)
_ITEM_MARK = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})(?:\)|\.(?=\s))|[-–•+](?!\d))\s*", re.I)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and where it stands: `source[start:end] == text`."""

    text: str
    start: int
    end: int


def _trimmed(source: str, start: int, end: int) -> Span | None:
    """Return the span without white space at its ends, None when nothing is left."""
    text = source[start:end]
    left = len(text) - len(text.lstrip())
    text = text.strip()
    return Span(text, start + left, start + left + len(text)) if text else None


def _word_before(source: str, end: int) -> str:
    """Return the word that ends at a place; a line break between them does not count."""
    end -= source[end - 1 : end] == "\n"
    start = end
    while start and not source[start - 1].isspace() and source[start - 1] not in '(“"':
        start -= 1
    return source[start:end]


def _opens_line(source: str, end: int, word: str) -> bool:
    """Tell whether a word that ends at a place is the number of a clause at the beginning of its line."""
    start = end - len(word)
    return (
        bool(_CLAUSE.fullmatch(word))
        and source[max(0, start - 40) : start].rpartition("\n")[2].strip() == ""
        and (start <= 40 or "\n" in source[start - 40 : start])
    )


def _ends_sentence(source: str, match: re.Match[str]) -> bool:
    """Tell whether the mark found ends a sentence rather than an abbreviation or a number."""
    if match.group()[0] in "\n!?…":
        return True
    # only the neighbourhood is looked at: a text of a million characters would else be copied for every mark in it
    following = _NEXT.match(source, match.end()).group(1)  # type: ignore[union-attr]  # it matches everywhere
    before = _word_before(source, match.start()).lower()
    if before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha()) or _opens_line(source, match.start(), before):
        return False
    return not following.islower()


def sentences(source: str) -> tuple[Span, ...]:
    """Return the sentences of `source` in order; joined by what parts them they give the source back."""
    found, start = [], 0
    for match in _END.finditer(source):
        if not _ends_sentence(source, match):
            continue
        span = _trimmed(source, start, match.end())
        if span:
            found.append(span)
        start = match.end()
    last = _trimmed(source, start, len(source))
    return (*found, last) if last else tuple(found)


def items(sentence: str) -> tuple[str, tuple[Span, ...]]:
    """Split “introduction: (1) …; (2) ….” into its introduction and its items.

    Returns the introduction with its colon and the items as spans of `sentence`, item marks and closing marks left out;
    no items when the sentence is no enumeration of at least two.
    """
    colon = re.search(r":\s", sentence)
    if not colon:
        return sentence, ()
    bounds, depth, start = [], 0, colon.end()
    for position in range(colon.end(), len(sentence)):
        character = sentence[position]
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character == ";" and depth == 0:
            bounds.append((start, position))
            start = position + 1
    bounds.append((start, len(sentence)))
    found = [span for begin, end in bounds if (span := _item(sentence, begin, end))]
    if len(found) < 2:
        return sentence, ()
    return sentence[: colon.start() + 1].strip(), tuple(found)


def _item(sentence: str, start: int, end: int) -> Span | None:
    """Return one item without its mark, a leading “and” and its closing full stop."""
    text = sentence[start:end]
    lead = re.match(r"\s*(?:và|and)\s+", text)
    offset = lead.end() if lead else 0
    mark = _ITEM_MARK.match(text[offset:])
    offset += mark.end() if mark else 0
    span = _trimmed(sentence, start + offset, end)
    if span and span.text.endswith("."):
        return _trimmed(sentence, span.start, span.end - 1)
    return span
