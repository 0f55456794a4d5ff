"""The finest address of some words, and the words of a fine address: points, sub-points and dashes inside a clause.

A provision holds a clause with its points, one a line. `within` goes from a span to “Điều 5, khoản 2, điểm a” (English
“Article 5(2)(a)”, Party documents “II.1.a”), `narrow` and `open_at` go back. Lines that are quoted are no points, and a
label that a clause uses twice addresses nothing, so that no address is ever wrong, only coarser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import LANGUAGES, Document, Provision
from corpus.legal.headings import roman
from corpus.legal.quotes import quoted
from corpus.locator import LETTERS, Locator, Step

__all__ = ["Item", "inside", "items", "narrow", "open_at", "within"]

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_POINT = re.compile(r"^[-*•\s]*\(?([a-zđ])(\d?)(?:\.(\d))?\s*[).]\s?", re.I)
_MINOR = re.compile(r"^\s*\(([ivx]{1,5})\)\s?")
_DASH = re.compile(r"^\s*[-–—+•]\s+")
_DOTTED = re.compile(r"(?:[A-HĐ]\.)?[IVX]+(?:\.\d+)*$|[A-HĐ](?:\.\d+)+$")
_DASHED = "gạch đầu dòng"


@dataclass(frozen=True, slots=True)
class Item:
    """A point (depth 1), a sub-point or a dash (depth 2) of a clause: its label and its span in the provision's text."""

    depth: int
    label: str
    start: int
    end: int


def items(text: str, language: str) -> tuple[Item, ...]:
    """Return the points and dashes of a clause in their order; each reaches to the next of its depth or above."""
    found: list[tuple[int, str, int]] = []
    at, dashes, letters = 0, 0, ""
    lines = text.split("\n")
    for line, hidden in zip(lines, quoted(lines), strict=True):
        label, depth = "", 1
        if not hidden:
            label, depth = _label(line, language, letters, any(f[0] == 1 for f in found))
            if label and depth == 1:
                letters, dashes = label, 0
            elif not label and _DASH.match(line):
                dashes += 1
                label, depth = f"{_DASHED} {dashes}", 2
        if label:
            found.append((depth, label, at))
        at += len(line) + 1
    return tuple(
        Item(depth, label, start, next((later for level, _, later in found[place + 1 :] if level <= depth), len(text) + 1) - 1)
        for place, (depth, label, start) in enumerate(found)
    )


def within(provision: Provision, start: int, end: int, language: str) -> Locator:
    """Return the finest address of the span of a provision's text in `language`; the provision's own when it lies in no one point."""
    found = items(provision.text.get(language), language)
    around = [item for item in found if item.start <= start and end <= item.end]
    steps = provision.locator.steps
    for depth in (1, 2):
        inner = [item for item in around if item.depth == depth]
        if not inner or not _unique(found, inner[-1]):
            if inner:
                break
            continue
        steps = _with(steps, inner[-1].label, english="article" in steps[-1].text.lower() or language == "en")
    return Locator(steps)


def narrow(text: str, labels: Sequence[str], language: str = "vi") -> tuple[int, int] | None:
    """Return the span of a point given by its labels from the outside inward (`["điểm a"]`, `["(a)", "(i)"]`), None when there is none."""
    span = (0, len(text))
    found = items(text, language)
    for label in labels:
        bare = re.sub(r"^(?:điểm|point)\s+", "", label.strip(), flags=re.I).strip("()").lower()
        hits = [item for item in found if item.label == bare and span[0] <= item.start and item.end <= span[1]]
        if len(hits) != 1:
            return None
        span = (hits[0].start, hits[0].end)
    return span


def open_at(document: Document, locator: str) -> tuple[Provision, str, tuple[int, int]] | None:
    """Return the provision that holds an address, the language of its words and their span in it; None when there is none."""
    labels: list[str] = []
    rest = str(Locator.parse(locator))
    while rest:
        provision = document.find(rest)
        if provision is not None:
            for language in LANGUAGES:
                span = narrow(provision.text.only(language), labels, language) if provision.text.only(language) else None
                if span:
                    return provision, language, span
            return (provision, "vi" if provision.text.vi else "en", (0, 0)) if not labels else None
        rest, label = _shorter(rest)
        labels.insert(0, label)
    return None


def inside(document: Document, locator: str) -> tuple[Provision, ...]:
    """Return the provisions at an address and under it in their order: an article's clauses, a section's numbers, an annex's parts."""
    wanted = str(Locator.parse(locator)).casefold()
    found = (p for p in document.provisions if str(p.locator).casefold().startswith(wanted))
    return tuple(p for p in found if str(p.locator)[len(wanted) :][:1] in ("", ",", ".", "("))


def _shorter(address: str) -> tuple[str, str]:
    """Part the last point from an address: a step of its own, a bracket, or what stands after the last dot."""
    for pattern in (r"^(.+),\s*((?:điểm|point)\s+\S+|gạch đầu dòng \d+)$", r"^(.+)(\([a-zđ]{1,5}\d?\))$", r"^(.+)\.([a-zđ]\d?)$"):
        match = re.match(pattern, address, re.I)
        if match:
            return match[1].strip(), match[2]
    return "", ""


def _label(line: str, language: str, last: str, listed: bool) -> tuple[str, int]:
    """Return label and depth of the point that a line begins, an empty label for none."""
    minor = _MINOR.match(line) if language == "en" else None
    match = _POINT.match(line)
    if (
        minor
        and listed
        and not ((match and _follows(match[1].lower(), last, _LATIN) and match[1].lower() not in "iv") or (minor[1] == "i" and last == "h"))
    ):
        return (minor[1], 2) if roman(minor[1]) else ("", 1)
    if not match:
        return "", 1
    letter, digit, sub = match[1].lower(), match[2], match[3]
    if sub:
        return f"{letter}.{sub}", 2
    alphabet = _LATIN if language == "en" else LETTERS
    if not _follows(letter, last[:1], alphabet) and not (digit and letter == last[:1]):
        return "", 1
    return letter + digit, 1


def _follows(letter: str, last: str, alphabet: str) -> bool:
    """Tell whether a letter goes on with a list, begins one anew, or leaves out at most two."""
    if letter not in alphabet:
        return False
    place = alphabet.find(last) if last else -1
    return letter == "a" or place < alphabet.find(letter) <= place + 3


def _unique(found: Sequence[Item], item: Item) -> bool:
    """Tell whether no other item could be meant by the same label under the same point."""
    above = next((f for f in reversed(found) if f.depth < item.depth and f.start <= item.start <= f.end), None)
    inside = [f for f in found if above is None or above.start <= f.start < above.end]
    return sum(f.depth == item.depth and f.label == item.label for f in inside) == 1


def _with(steps: tuple[Step, ...], label: str, *, english: bool) -> tuple[Step, ...]:
    """Return an address with one more point, written as documents of its kind are cited."""
    last = steps[-1].text
    if label.startswith(_DASHED):
        return (*steps, Step(label))
    if _DOTTED.match(last):
        return (*steps[:-1], Step(f"{last}.{label}"))
    if english:
        return (*steps[:-1], Step(f"{last}({label})"))
    return (*steps, Step(f"điểm {label}"))
