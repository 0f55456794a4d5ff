"""Sentences made false by rule: one figure, date, denial, name, document number or modal verb of a true sentence turned.

Every function takes a sentence, its language and a source of chance, and returns the changed sentence or None where there is
nothing of the kind to change. A flip never gives back what the provision says elsewhere: the caller checks that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from corpus.figures import dates

__all__ = ["DAY", "FLIPS", "MONTHS", "Changer", "People", "flip_swap", "free_figures"]

_ACT = re.compile(r"(?<![\w/-])\d+(?:/\d{4})?[-/][A-ZĐ]{2,}[\w-]*(?:/[A-ZĐ]\w+)?")
DAY = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}", re.I
)
_ADDRESS = re.compile(r"\b(?:Điều|khoản|điểm|Article|Articles|clause|point|Chương|Chapter|chỉ tiêu|indicator|lần thứ)\s+[\d.]+(?:\(\d+\))?", re.I)
_FIGURE = re.compile(r"(?<![\w/.,-])\d+(?:[.,]\d+)*(?![\w/-]|[.,]\d)")
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class People:
    """Names to put in another's place: bodies in pairs (Vietnamese, English), persons as each language writes them."""

    bodies: tuple[tuple[str, str], ...]
    persons: Mapping[str, tuple[str, ...]]


Changer = Callable[[str, str, Random, People], str | None]


def free_figures(text: str) -> list[re.Match[str]]:
    """Return the figures of a sentence that are part of no date, act number or address."""
    taken = [m.span() for pattern in (_ACT, DAY, _ADDRESS) for m in pattern.finditer(text)]
    return [m for m in _FIGURE.finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken)]


def flip_figure(text: str, language: str, chance: Random, people: People) -> str | None:
    """Change one figure: another of the same sentence where there is one now and then, else a near or far one."""
    found = free_figures(text)
    if not found:
        return None
    one = chance.choice(found)
    value = one.group()
    year = re.fullmatch(r"(?:19|20)\d\d", value)
    if year:
        other = str(int(value) + chance.choice((-5, -1, 1, 5)))
    elif not value.isdigit():
        place = chance.choice([i for i, c in enumerate(value) if c.isdigit()])
        other = value[:place] + chance.choice([d for d in "123456789" if d != value[place]]) + value[place + 1 :]
    else:
        number = int(value)
        other = str(max(1, chance.choice((number + 1, number + 10, number * 10, number - 5 if number > 5 else number + 3))))
    return text[: one.start()] + other + text[one.end() :]


def flip_swap(text: str, language: str, chance: Random, people: People) -> str | None:
    """Let two figures of one kind (percentages, or plain ones) change places."""
    found = free_figures(text)
    kinds: dict[str, list[re.Match[str]]] = {}
    for one in found:
        kind = "percent" if text[one.end() : one.end() + 2].strip().startswith("%") else "plain"
        item = text[one.start() - 1 : one.start()] == "(" and text[one.end() : one.end() + 1] == ")"
        if not item and not re.fullmatch(r"(?:19|20)\d\d", one.group()):
            kinds.setdefault(kind, []).append(one)
    rows = [row for row in kinds.values() if len({m.group() for m in row}) > 1]
    if not rows:
        return None
    row = chance.choice(rows)
    first = row[0]
    second = next(m for m in row if m.group() != first.group())
    if re.fullmatch(r"(?:\s|,|và|and|\+|:)*", text[first.end() : second.start()]):
        return None  # “Articles 28 and 29” says the same the other way round
    return text[: first.start()] + second.group() + text[first.end() : second.start()] + first.group() + text[second.end() :]


def flip_date(text: str, language: str, chance: Random, people: People) -> str | None:
    """Change the day, the month or the year of one date."""
    found = list(DAY.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    iso = dates(one.group())
    if not iso:
        return None
    year, month, day = (int(part) for part in iso[0].split("-"))
    which = chance.choice("dmy")
    day = day % 28 + 1 if which == "d" else day
    month = month % 12 + 1 if which == "m" else month
    year = year + chance.choice((-1, 1)) if which == "y" else year
    day = min(day, 28)
    return text[: one.start()] + _day(day, month, year, language) + text[one.end() :]


def _day(day: int, month: int, year: int, language: str) -> str:
    """Return a date as the library writes it."""
    return f"{day} {MONTHS[month - 1]} {year}" if language == "en" else f"{day:02d}/{month}/{year}"


_DENIALS: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({
    "vi": (
        (r"\bkhông phải là\b", "là"), (r"\bkhông được\b", "được"), (r"\bkhông có\b", "có"), (r"\bkhông (?=thay|áp|thu|làm|nêu|ghi|bắt|đặt|phải)", ""),
        (r"\bchưa\b", "đã"), (r"(?<!\w)phải(?= [a-zđ])", "không phải"), (r"(?<!\w)có hiệu lực", "không có hiệu lực"),
        (r"(?<!\w)được (?=[a-zđ])", "không được "), (r"(?<!\w)đặt mục tiêu", "không đặt mục tiêu"), (r"(?<!\w)quy định", "không quy định"),
        (r"(?<!\w)phê duyệt", "không phê duyệt"), (r"(?<!\w)có (?=\d|[a-zđ])", "không có "), (r"(?<!\w)là (?=[a-zđ])", "không phải là "),
        (r"(?<!\w)bao gồm", "không bao gồm"), (r"(?<!\w)xác định", "không xác định"), (r"(?<!\w)chủ trì", "không chủ trì"),
    ),
    "en": (
        (r"\bmust not\b", "must"), (r"\bdoes not (\w+)", r"does \1"), (r"\bdo not (\w+)", r"\1"), (r"\b(is|are|was|were) not\b", r"\1"),
        (r"\bno\b", "a"), (r"\bmust\b", "must not"), (r"\bmay\b", "may not"), (r"\b(is|are|was|were) (?=[a-z0-9])", r"\1 not "),
        (r"\bsets\b", "does not set"), (r"\bprovides\b", "does not provide"), (r"\bhas\b", "does not have"), (r"\bapproves\b", "does not approve"),
        (r"\bleads\b", "does not lead"), (r"\bcovers\b", "does not cover"),
    ),
})  # fmt: skip

_MODALS: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({
    "vi": (
        (r"\bkhông được\b", "được phép"), (r"(?<!không )(?<!\w)phải(?= [a-zđ])", "có thể"), (r"\bcó thể\b", "phải"),
        (r"\bbắt buộc\b", "khuyến khích"),
        (r"\bcó trách nhiệm\b", "có quyền"), (r"\bđược phép\b", "phải"), (r"\bcó quyền\b", "có nghĩa vụ"), (r"\bkhuyến khích\b", "bắt buộc"),
        (r"\b(?:ít nhất|tối thiểu)\b", "tối đa"), (r"\b(?:trên|hơn) (?=\d)", "dưới "), (r"\b(?:tối đa|không quá)\b", "ít nhất"),
        (r"\bchậm nhất\b", "sớm nhất"), (r"\bcấm\b", "cho phép"), (r"(?<!\w)cần (?=[a-zđ])", "có thể "),
    ),
    "en": (
        (r"\bmust not\b", "may"), (r"\bmust\b", "may"), (r"\bmay not\b", "may"), (r"\bmay\b", "must"), (r"\bshall\b", "may"), (r"\bcan\b", "must"),
        (r"\bshould\b", "must"), (r"\bcompulsory\b", "optional"), (r"\b(?:is|are) responsible for\b", "may choose"), (r"\bat least\b", "at most"),
        (r"\b(?:over|above|more than) (?=\d)", "under "), (r"\bat most\b", "at least"), (r"\b(?:is|are) to (?=[a-z])", "may "),
        (r"\bno later than\b", "no earlier than"),
    ),
})  # fmt: skip


def _first_of(pairs: Sequence[tuple[str, str]], text: str, chance: Random) -> str | None:
    """Apply one of the rules that fit, the earlier ones (which turn what is there) before the later ones (which add)."""
    fitting = [(pattern, to) for pattern, to in pairs if re.search(pattern, text)]
    if not fitting:
        return None
    pattern, to = fitting[0] if chance.random() < 0.7 else chance.choice(fitting)
    changed = re.sub(r"  +", " ", re.sub(pattern, to, text, count=1))
    return None if changed == text or "not not" in changed else changed


def flip_negation(text: str, language: str, chance: Random, people: People) -> str | None:
    """Add or take away one denial."""
    return _first_of(_DENIALS[language], text, chance)


def flip_modality(text: str, language: str, chance: Random, people: People) -> str | None:
    """Turn a duty into a right, a right into a duty, a ban into a permission, a least into a most."""
    return _first_of(_MODALS[language], text, chance)


def flip_name(text: str, language: str, chance: Random, people: People) -> str | None:
    """Put another body or person in the place of one that is named."""
    at = 1 if language == "en" else 0
    bodies = [pair[at] for pair in people.bodies]
    named = [(name, [b for b in bodies if b not in text and name not in b]) for name in bodies if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    named += [(name, [p for p in people.persons[language] if p not in text]) for name in people.persons[language] if name in text]
    if not named:
        return None
    name, others = chance.choice(named)
    return text.replace(name, chance.choice(others)) if others else None


def flip_number(text: str, language: str, chance: Random, people: People) -> str | None:
    """Change one document's number: its figures, its year, or its kind."""
    found = list(_ACT.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    number = one.group()
    head = re.match(r"\d+", number)
    assert head is not None
    ways = [str(int(head.group()) + chance.choice((1, 2, 10, -1 if int(head.group()) > 1 else 1))) + number[head.end() :]]
    if re.search(r"/\d{4}/", number):
        ways.append(re.sub(r"/(\d{4})/", lambda m: f"/{int(m.group(1)) - 1}/", number))
    for this, that in (("NQ", "NĐ"), ("QĐ", "CT"), ("NĐ", "NQ"), ("CT", "QĐ"), ("QD", "CT"), ("ND", "NQ")):
        if re.search(rf"[-/]{this}\b", number):
            ways.append(re.sub(rf"([-/]){this}\b", rf"\g<1>{that}", number))
    return text[: one.start()] + chance.choice(ways) + text[one.end() :]


FLIPS: Mapping[str, Changer] = MappingProxyType({
    "figure": flip_figure, "date": flip_date, "negation": flip_negation, "name": flip_name, "number": flip_number, "modality": flip_modality,
})  # fmt: skip
"""What makes a true sentence false, by kind."""
"""What makes a true sentence false, by kind."""
