"""Figures in text: numbers, percentages and dates of both languages brought to one form.

Vietnamese writes 7,5 % and 1.000; English writes 7.5% and 1,000. A separator before exactly three digits groups
thousands, any other one is the decimal sign. Dates are read as 27/9/2019, 27-9-2019, “27 tháng 9 năm 2019”,
“27 September 2019”, “September 27, 2019” and their parts (tháng 12/2021, December 2021). Figures spelled out in words
are not read: the checks that rest on this module would rather miss one than invent one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.normalise import nfc

__all__ = ["Figure", "canonical", "dated", "dates", "figures", "number_set", "percentages"]

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = {name: i + 1 for i, name in enumerate(_MONTHS)} | {name[:3]: i + 1 for i, name in enumerate(_MONTHS)} | {"sept": 9}
# letters of ASCII alone: letter case ignored in all of Unicode would take “ſeptember” for a month
_MONTH_WORD = (
    r"((?a:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?))"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A form is tried only on a text that holds one of its hints, and begins with a figure or a word rather than with what must
# not stand before it: both let a long text without dates be passed over quickly. Any date has a year of four figures.
_YEAR = re.compile(r"\d\d\d\d")
_MONTH_HINTS = tuple(name[:3] for name in _MONTHS)
_DATE_FORMS = (
    (re.compile(r"(\d(?<![\d/.-]\d)\d?)\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)"), "dmy", ("/", ".", "-")),
    (re.compile(r"(\d(?<!\d\d)\d{3})-(\d{2})-(\d{2})(?!\d)"), "ymd", ("-",)),
    (re.compile(r"(\d(?<!\d\d)\d?)\s+th[aá]ng\s+(\d{1,2})(?:\s*[,/]\s*|\s+n[aă]m\s+)(\d{4})(?!\d)", re.I), "dmy", ("tháng", "thang")),
    (re.compile(r"(\d(?<!\d\d)\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH_WORD + r"\.?,?\s+(\d{4})(?!\d)", re.I), "dMy", _MONTH_HINTS),
    (re.compile(r"\b" + _MONTH_WORD + r"\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.I), "Mdy", _MONTH_HINTS),
    (re.compile(r"\bth[aá]ng\s+(\d{1,2})(?:\s*[,/]\s*|\s+n[aă]m\s+)(\d{4})(?!\d)", re.I), "my", ("tháng", "thang")),
    (re.compile(r"\b" + _MONTH_WORD + r"\.?,?\s+(\d{4})(?!\d)", re.I), "My", _MONTH_HINTS),
    (re.compile(r"(\d(?<![\d/.-]\d)\d?)/(\d{4})(?![\d/])"), "my", ("/",)),
)
_SHORT = 1000
_BARE_DATE = re.compile(r"(\d(?<![\d/.,-]\d)\d?)\s+(\d{1,2})\s+((?:19|20)\d{2})(?!\d)"), "dmy", (" ",)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as one canonical string (`7.5`, `1000`), whether a percent sign follows, and its span in the text."""

    value: str
    percent: bool
    start: int
    end: int


def canonical(number: str) -> str:
    """Return a printed number without grouping, with a decimal point and without leading noughts."""
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", number).replace(",", ".")
    whole, dot, rest = plain.partition(".")
    return (whole.lstrip("0") or "0") + dot + rest


def figures(text: str) -> tuple[Figure, ...]:
    """Return every number of `text` in order; dotted chains such as 11.2.6 fall into their parts."""
    # the sentences of a library recur in answer after answer
    return _figures_of_short(text) if len(text) <= _SHORT else _figures(text)


@lru_cache(maxsize=8192)
def _figures_of_short(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a short text, remembered."""
    return _figures(text)


def _figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers of any text."""
    found: list[Figure] = []
    source = nfc(text)
    for match in _NUMBER.finditer(source):
        value = canonical(match.group())
        percent = bool(re.match(r"\s?(?:%|phần trăm|percent|per cent)", source[match.end() : match.end() + 12]))
        if value.count(".") <= 1:
            found.append(Figure(value, percent, match.start(), match.end()))
        else:
            found.extend(Figure(part.lstrip("0") or "0", percent, match.start(), match.end()) for part in value.split("."))
    return tuple(found)


def percentages(text: str) -> frozenset[str]:
    """Return the canonical values that stand before a percent sign."""
    return frozenset(f.value for f in figures(text) if f.percent)


def number_set(text: str) -> frozenset[str]:
    """Return all canonical numbers of `text`, English month names counted as their numbers.

    This is the form in which a fact's figure is looked for in a provision of either language.
    """
    values = {f.value for f in figures(text)}
    values |= {str(_MONTH[m.group(1).lower()]) for m in re.finditer(r"\b" + _MONTH_WORD + r"\b", nfc(text), re.I)}
    return frozenset(values)


def dates(text: str, *, spaced: bool = False) -> tuple[str, ...]:
    """Return the dates of `text` as ISO strings (`2019-09-27`, or `2021-12` where no day is given), in order of form.

    With `spaced`, also read “2 11 2022” as people type it without a keyboard for signs. Impossible days and months are
    left out.
    """
    return tuple(dict.fromkeys(iso for iso, _, _ in dated(text, spaced=spaced)))


def dated(text: str, *, spaced: bool = False) -> tuple[tuple[str, int, int], ...]:
    """Return the dates of `text` as `dates` does, each with where it stands in the text's NFC form."""
    source = nfc(text)
    if not _YEAR.search(source):
        return ()
    found: list[tuple[str, int, int]] = []
    lowered = source.lower()
    for pattern, order, hints in (*_DATE_FORMS, _BARE_DATE) if spaced else _DATE_FORMS:
        if not any(hint in lowered for hint in hints):
            continue
        for match in pattern.finditer(source):
            if any(start < match.end() and match.start() < end for _, start, end in found):
                continue
            iso = _iso(match.groups(), order)
            if iso:
                found.append((iso, *match.span()))
    return tuple(found)


def _iso(groups: tuple[str, ...], order: str) -> str | None:
    """Return the ISO form of matched parts named by `order` (d, m, y; M is a month's name)."""
    part: dict[str, int] = {}
    for name, value in zip(order, groups, strict=True):
        part[name.lower()] = _MONTH[value.lower()] if name == "M" else int(value)
    if not 1 <= part["m"] <= 12 or not 1900 <= part["y"] <= 2100:
        return None
    if "d" not in part:
        return f"{part['y']:04d}-{part['m']:02d}"
    try:
        return date(part["y"], part["m"], part["d"]).isoformat()
    except ValueError:
        return None
