"""Quantities of a text: figures with their unit, whatever the language writes them with; dates and act numbers are set apart.

“3,5 tỷ USD” and “$3.5 billion” are one quantity, “1.000” and “1,000” are, and “three goals” holds a three. A figure that
belongs to a date, an act's number or a provision's address is none: each of these is compared as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assistant.verification.cues import NUMBER_WORDS, SCALES, UNITS
from corpus.figures import dated, figures
from corpus.normalise import fold, nfc

__all__ = ["Act", "Quantity", "acts", "addresses", "quantities"]

_ACT = re.compile(r"(?<![\w/-])(\d+[a-z]?)(?:/((?:19|20)\d{2}))?([-/][A-ZĐ]{2,}\w*(?:[-/][A-ZĐ]\w+)*)")
_KINDS = {
    "nghị quyết": "nq", "resolution": "nq", "nq": "nq", "quyết định": "qd", "decision": "qd", "qđ": "qd", "qd": "qd", "nghị định": "nd",
    "decree": "nd", "nđ": "nd", "thông tư": "tt", "circular": "tt", "chỉ thị": "ct", "directive": "ct", "kết luận": "kl", "conclusion": "kl",
    "luật": "qh", "law": "qh",
}  # fmt: skip
_KIND_WORDS = "|".join(sorted(_KINDS, key=len, reverse=True))
_NAMED = re.compile(rf"(?<!\w)({_KIND_WORDS})(?: số| no\.?)? ?(\d{{1,4}})(?:/((?:19|20)\d{{2}}))?(?![\d/.,-]*\d|[-/][A-ZĐ])", re.I)
_ADDRESS = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|chương|mục|phụ lục|articles?|clauses?|points?|chapters?|sections?|annex|chỉ tiêu|indicators?)\s+"
    r"\d+[a-z]?(?:[.\-–]\d+)*(?:\(\w\))*",
    re.I,
)
_SCALE = re.compile(r"[ -]?(" + "|".join(sorted(SCALES, key=len, reverse=True)) + r")(?!\w)")
_BEFORE = (("usd", re.compile(r"(?:us)?\$\s?$")), ("euro", re.compile(r"€\s?$")))
_WORD_NUMBER = {language: re.compile(r"(?<!\w)(?<!thứ )(" + "|".join(words) + r")(?=[ -][^\W\d_])") for language, words in NUMBER_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in its plain form (scale multiplied in), its unit (empty where there is none), and where it stands."""

    value: str
    unit: str
    start: int
    end: int
    in_words: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it reads as a year."""
        return not self.unit and len(self.value) == 4 and self.value[:2] in ("19", "20")


@dataclass(frozen=True, slots=True)
class Act:
    """An act named by its number: figures, year and kind as far as they are written, the letters behind them folded."""

    number: str
    year: str
    kind: str
    letters: str
    words: str
    start: int
    end: int

    def may_be(self, other: Act) -> bool:
        """Tell whether both can be one act: what both say of it is the same."""
        pairs = ((self.year, other.year), (self.kind, other.kind), (self.letters, other.letters))
        return self.number == other.number and all(a == b or not a or not b for a, b in pairs)


def acts(text: str) -> tuple[Act, ...]:
    """Return the acts named by a number, in full (13/2023/NĐ-CP) or with the word of their kind (“Decree 13”, “NQ 52”)."""
    source = nfc(text)
    found = []
    for match in _ACT.finditer(source):
        letters = fold(match.group(3)).strip("-/").replace("/", "-")
        kind = letters.split("-")[0]
        kind = "qh" if kind.startswith("qh") else kind
        found.append(Act(match.group(1).lstrip("0") or "0", match.group(2) or "", kind, letters, match.group(), *match.span()))
    for match in _NAMED.finditer(source):
        number = match.group(2)
        if match.group(3) is None and len(number) == 4 and number[:2] in ("19", "20"):
            continue  # “Luật 2018” tells the year
        kind = _KINDS[match.group(1).lower()]
        found.append(Act(number.lstrip("0") or "0", match.group(3) or "", kind, "", match.group(), *match.span()))
    return tuple(found)


def addresses(text: str) -> tuple[str, ...]:
    """Return the addresses of provisions in `text`, as they are written (“Điều 9”, “Article 9(4)”)."""
    return tuple(m.group() for m in _ADDRESS.finditer(text))


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of `text` (in NFC) in order."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose lower case is longer would shift the places
        lowered = text
    taken = [(start, end) for _, start, end in dated(text)] + [(a.start, a.end) for a in acts(text)] + [m.span() for m in _ADDRESS.finditer(text)]
    found = []
    for figure in figures(text):
        if not any(start < figure.end and figure.start < end for start, end in taken):
            found.append(_quantity(figure.value, lowered, figure.start, figure.end))
    for match in _WORD_NUMBER["en" if language == "en" else "vi"].finditer(lowered):
        if text[match.start()].islower() or match.start() == 0:
            value = str(NUMBER_WORDS["en" if language == "en" else "vi"][match.group(1)])
            one = _quantity(value, lowered, match.start(), match.end())
            found.append(Quantity(one.value, one.unit, one.start, one.end, True))
    return tuple(sorted(found, key=lambda q: q.start))


def _quantity(value: str, lowered: str, start: int, end: int) -> Quantity:
    """Return the quantity of a figure with the scale and the unit behind it (a currency sign may stand before it)."""
    after = lowered[end : end + 40]
    scale = _SCALE.match(after)
    offset = scale.end() if scale else 0
    if scale:
        value = _scaled(value, SCALES[scale.group(1)])
    unit = next((name for name, pattern in UNITS if pattern.match(after, offset)), "")
    if not unit:
        before = lowered[max(0, start - 4) : start]
        unit = next((name for name, pattern in _BEFORE if pattern.search(before)), "")
    if unit == "year" and len(value) == 4 and value[:2] in ("19", "20"):
        unit = ""
    return Quantity(value, unit, start, end + offset)


def _scaled(value: str, power: int) -> str:
    """Return a canonical number times a power of ten, as a canonical number."""
    try:
        number = Decimal(value).scaleb(power)
    except InvalidOperation:  # more digits than a figure of a policy document has
        return value
    return format(number.normalize(), "f") if number == number.to_integral_value() else format(number, "f").rstrip("0")
