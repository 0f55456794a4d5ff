"""An answer's text falls into claims: its sentences, list items and table rows, each with the marks that it bears.

A mark behind a full stop belongs to the sentence before it; a mark alone on the last line of a list belongs to its item.
"""

from __future__ import annotations

import re

from assistant.verification.values import Claim
from corpus.sentences import sentences

__all__ = ["marks", "split_claims", "without_marks"]

_MARK = re.compile(r"\[(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\]")
_MARKS_FIRST = re.compile(r"(?:\s*\[\d{1,4}(?:\s*[,;]\s*\d{1,4})*\])+[.;,:]?")
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\(?\d{1,2}[.)]|#{1,6}|>)\s+")
_RULE = re.compile(r"[\s|:*_=-]+")


def marks(text: str) -> tuple[int, ...]:
    """Return the numbers of the marks in `text`, in order; `[1, 2]` are two."""
    return tuple(int(number) for group in _MARK.findall(text) for number in re.split(r"\s*[,;]\s*", group))


def without_marks(text: str) -> str:
    """Return `text` without its marks and the space that stood before each."""
    return re.sub(r"\s*" + _MARK.pattern, "", text)


def split_claims(text: str) -> tuple[Claim, ...]:
    """Return the claims of an answer's text in order; lines that only draw (rules, table heads' dashes) are none.

    The spans part the text: `text[claim.span[0]:claim.span[1]]` is the claim as it was written, with its marks.
    """
    spans: list[tuple[int, int]] = []
    for sentence in sentences(text):
        start, end = sentence.start, sentence.end
        lead = _MARKS_FIRST.match(text, start, end)
        if lead and spans and "\n" not in text[spans[-1][1] : start]:
            # “… 2030. [1] Then …”: the mark behind the stop is the sentence's before it
            spans[-1] = (spans[-1][0], lead.end())
            start = lead.end() + len(text[lead.end() : end]) - len(text[lead.end() : end].lstrip())
        if start < end:
            spans.append((start, end))
    found = []
    for start, end in spans:
        written = text[start:end]
        said = _BULLET.sub("", without_marks(written)).strip()
        if said and not _RULE.fullmatch(said):
            found.append(Claim(said, marks(written), (start, end)))
    return tuple(found)
