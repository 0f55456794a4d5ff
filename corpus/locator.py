"""Locator: the printed address of a provision, such as “Điều 5, khoản 2, điểm a” or “III (mục tiêu 2025)”.

Steps are kept as printed, for an address is quoted to people; free-form labels are allowed because Party documents and
press digests have no articles. `Locator.parse(str(x)) == x` for every locator. Order of provisions is by span in the
source and never by label: `đ` sorts last by code point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import BadLocator
from corpus.normalise import fold, nfc

__all__ = ["LETTERS", "Locator", "Step"]

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters of Vietnamese lists in their order: đ after d, no f, j, w, z."""

_LEVELS = {
    "phan": "phần", "chuong": "chương", "muc": "mục", "tieu muc": "tiểu mục", "dieu": "điều", "khoan": "khoản",
    "diem": "điểm", "phu luc": "phụ lục", "doan": "đoạn", "part": "phần", "chapter": "chương", "section": "mục",
    "article": "điều", "art": "điều", "clause": "khoản", "point": "điểm", "annex": "phụ lục", "appendix": "phụ lục",
    "paragraph": "đoạn", "para": "đoạn",
}  # fmt: skip
# “mục tiêu”, “phần trăm” and “điểm mới” are words, not levels
_WORDS = r"(?!(?<=muc )tieu\b|(?<=phan )tram\b|(?<=diem )moi\b)"
_STEP = re.compile(r"^(" + "|".join(sorted(map(re.escape, _LEVELS), key=len, reverse=True)) + rf")\.?\s+{_WORDS}(\S.*)$")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address as printed, for example `khoản 2`."""

    text: str

    @property
    def level(self) -> str | None:
        """The Vietnamese name of the level (`điều`, `khoản`, `điểm` …), None for a free-form label."""
        match = _STEP.match(fold(self.text))
        return _LEVELS[match.group(1)] if match else None

    @property
    def label(self) -> str:
        """What follows the level's name (`2`, `a`), or the whole text of a free-form step; lower case, folded but for đ."""
        match = _STEP.match(fold(self.text))
        if not match:
            return self.text.lower()
        words = len(match.group(1).split())
        return self.text.split(maxsplit=words)[-1].lower()


@dataclass(frozen=True, slots=True)
class Locator:
    """The address of a provision inside its document: steps from the outermost inward."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """Return the address as printed, steps joined by a comma and a space."""
        return ", ".join(step.text for step in self.steps)

    @classmethod
    def parse(cls, text: str) -> Locator:
        """Read an address as printed; commas inside brackets do not part steps.

        Raises BadLocator when nothing is left, or a step is empty.
        """
        source = re.sub(r"\s+", " ", nfc(text)).strip()
        parts, depth, current = [], 0, ""
        for character in source:
            depth = max(0, depth + (character == "(") - (character == ")"))
            if character == "," and depth == 0:
                parts.append(current)
                current = ""
            else:
                current += character
        steps = [part.strip() for part in [*parts, current]]
        if not all(steps):
            raise BadLocator(f"“{text}” is not an address: a step is empty.")
        return cls(tuple(Step(step) for step in steps))

    def contains(self, other: Locator) -> bool:
        """Tell whether `other` is this provision or lies inside it; letter case does not matter."""
        mine = [(s.level, s.label) for s in self.steps]
        theirs = [(s.level, s.label) for s in other.steps]
        return theirs[: len(mine)] == mine
