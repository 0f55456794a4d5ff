"""Slots: the figures, dates, names and terms of a statement that can be asked for, each with the group it can be exchanged in.

Two slots of one group are of the same kind: percentages, years, numbers of days, full dates, bodies of the state, laws. What
only looks like a figure is none: the number of an act, an address, an ordinal, a figure that is part of a name or of a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.study.flip import MONTHS
from assistant.study.item import Kind
from assistant.study.statement import Statement
from assistant.verification.naming import SYLLABLE
from corpus.figures import dated
from corpus.glossary import Glossary, Term
from corpus.normalise import fold

__all__ = ["Namer", "Slot", "date_like", "slots"]


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in a statement at `text[start:end]`: its words, its value for comparing, its group, and where it comes from."""

    kind: Kind
    group: str
    words: str
    value: str
    start: int
    end: int
    place: tuple[int, int] = (0, 0)


_YEAR_AFTER = re.compile(r"(?:năm|đến|tới|từ|trước|sau|tháng \d{1,2} năm|in|by|until|from|to|since|before|after|for) $", re.I)
_NAMED = re.compile(
    r"(?:thứ|lần|số|khóa|kỳ|mức độ|phiên bản|top|tầng|ngày|Đề án|Chỉ tiêu|No\.?|issue|indicators?|session|version|levels?|phase|tier"
    r"|[^\W\d_]*[A-ZĐ]\w*[\"”)]*"
    r"|[-–/.,:+x)]|\d|(?:Resolution|Decision|Decree|Law|Article|clause|Nghị quyết|Quyết định|Nghị định|Điều|khoản)s?[\d, ]* (?:and|và|or|to|đến)) ?$"
)
_GLUED = re.compile(r"[\w/–+:]|-\d|[.,]\d| ?[-–] ?\d|-(?!year|day|month|tháng|ngày|working)\w| (?:" + "|".join(MONTHS) + r")\b")


def _figures(statement: Statement) -> Iterator[Slot]:
    """Yield the figures that count or measure something and stand there once."""
    text, reading = statement.text, statement.reading
    for q in reading.quantities:
        before, after = text[max(0, q.start - 24) : q.start], text[q.end : q.end + 12]
        item_mark = before.endswith("(") and after.startswith(")")
        if q.in_words or item_mark or _GLUED.match(after) or sum(o.value == q.value for o in reading.quantities) > 1:
            continue
        if q.is_year:
            if _YEAR_AFTER.search(before):
                yield Slot(Kind.FIGURE, "year", text[q.start : q.end], q.value, q.start, q.end)
        elif len(q.value) == 4 and q.value[:2] in ("19", "20"):
            continue
        elif (not _NAMED.search(before) or re.search(r"(?:VND|USD|EUR|US\$|[$€]) ?$", before)) and q.value != "1":
            scale = "scaled" if re.search(r"[^\W\d_]$", text[q.start : q.end]) else ""
            yield Slot(Kind.FIGURE, f"figure {q.unit} {scale}", text[q.start : q.end], q.value, q.start, q.end)


def _dates(statement: Statement) -> Iterator[Slot]:
    """Yield the dates that stand there once and end no range."""
    text = statement.text
    found = statement.reading.dates
    for iso, start, end in found:
        if re.search(r"\d ?[-–] ?$|\d[/.]$", text[max(0, start - 4) : start]) or re.match(r" ?[-–] ?\d", text[end : end + 4]):
            continue
        if any(other != (iso, start, end) and (other[0].startswith(iso) or iso.startswith(other[0])) for other in found):
            continue
        if dated(text[start:end]) and sum(year == iso[:4] for year in re.findall(r"(?:19|20)\d\d", text)) >= 1:
            yield Slot(Kind.DATE, "day" if len(iso) == 10 else "month", text[start:end], iso, start, end)


def date_like(iso: str, sample: str, language: str) -> str:
    """Return a date spelled as `sample` is, so that no option tells by its spelling where it comes from."""
    year, month, *rest = (int(part) for part in iso.split("-"))
    day = rest[0] if rest else 0
    if language == "en" and re.search(r"[A-Za-z]", sample):
        name = MONTHS[month - 1]
        if not day:
            return f"{name} {year}"
        return f"{name} {day}, {year}" if sample[0].isalpha() else f"{day} {name} {year}"
    if "tháng" in sample.lower():
        lead = f"{day} tháng {month} năm " if day else f"{'Tháng' if sample[0] == 'T' else 'tháng'} {month}/"
        return f"{lead}{year}"
    return f"{day:02d}/{month}/{year}" if day else f"{month}/{year}"


# --- names and terms -----------------------------------------------------------------------------------------------------

_CLASSES: Sequence[tuple[str, re.Pattern[str]]] = (
    ("office", re.compile(r"(?:Thủ tướng|Phó Thủ tướng|Tổng Bí thư|Chủ tịch(?! ASEAN)|Bộ trưởng|Thường trực Ban Bí thư|Tổng Thư ký)")),
    ("world", re.compile(r"(?:Liên hợp quốc|Đại hội đồng|Hội đồng Bảo an|Liên minh|Tổ chức|Hiệp hội|Hội đồng Liên minh|Cơ quan Phòng|Diễn đàn)")),
    ("law", re.compile(r"(?:Luật|Bộ luật|Hiến pháp)")),
    ("treaty", re.compile(r"(?:Công ước|Hiệp định|Hiệp ước|Văn kiện|Thông điệp|Tuyên bố)")),
    ("meeting", re.compile(r"(?:Hội nghị|Đại hội)")),
    ("index", re.compile(r"Chỉ số")),
    ("country", re.compile(r"(?:Đan Mạch|Hoa Kỳ|Vương quốc Anh|Úc|Ấn Độ)$")),
    ("plan", re.compile(r"(?:Chương trình|Chiến lược|Đề án|Kế hoạch|Lộ trình|Khung)")),
    ("ministry", re.compile(r"(?:Bộ (?!Chính trị|Ngoại giao (?:Anh|Hoa Kỳ|và))|Ngân hàng Nhà nước|Văn phòng Chính phủ)")),
    ("party", re.compile(r"(?:Đảng|Bộ Chính trị|Ban |Văn phòng Trung ương)")),
    ("state", re.compile(r"(?:Chính phủ|Quốc hội|Ủy ban|Cục|Hội đồng nhân dân|Mặt trận|Tòa án|Sở|Học viện|Trung tâm)")),
)
_SWAPPABLE = {"ministry": "body", "party": "body", "state": "body"}
"""Classes that a question of who exchanges with each other."""
_PERSONS = {
    "vi": re.compile(
        r"(?:Thủ tướng(?: Thường trực)?|Tổng Bí thư|Chủ tịch nước|Chủ tịch Quốc hội|Bộ trưởng|Thứ trưởng(?: Thường trực)?|Đại sứ|Vụ trưởng"
        r"|Bộ Ngoại giao|Quyền Bộ trưởng|ông|bà|Phó Thủ tướng) ([A-ZĐ]\w+(?: [A-ZĐ]\w+){1,3})(?= |,|\.|;|\))"
    ),
    "en": re.compile(
        r"(?:Prime Minister|General Secretary|State President|National Assembly Chairman|(?:Deputy )?(?:Foreign )?Minister|Foreign Affairs|Ambassador"
        r"|Director-General|Mr|Ms|Permanent Deputy) ([A-Z]\w+(?: [A-Z]\w+){1,3})(?= |,|\.|;|\))"
    ),
}  # fmt: skip
_NO_PERSON = re.compile(r"(?:Bộ|Ban|Cục|Ministry|Foreign|Prime|Ngoại|Việt Nam|Viet Nam|Số|Digital|Tech|ASEAN|Phạm vi|Minister)\b")
# Verbs and words of form among the terms: they name nothing that a trainee would learn.
_PLAIN = frozenset(
    "at least|at most|still in force|enter into force|cease to have effect|deliver remarks|date and time|date of issue|issuing authority|"
    "document number|lead agency|news article|full text|legal basis|co-chair|look up|book an appointment|submit an application|"
    "ministries and sectors|central level|state agency|speak to the press|preliminary review|open for signature".split("|")
)


_VAGUE = frozenset({"Party", "Secretary-General", "Tổng Thư ký", "UNODC", "Liên hợp quốc (UNODC)"})
"""Names that say too little alone to be asked for."""


class Namer:
    """Finds names and terms of a glossary in statements, longest first, as they are written there."""

    def __init__(self, glossary: Glossary) -> None:
        self._names = {language: _table(glossary, language) for language in ("vi", "en")}

    def names(self, statement: Statement) -> Iterator[Slot]:
        """Yield the names and terms of a statement that stand there once."""
        text, table = statement.text, self._names[statement.language]
        taken: list[tuple[int, int]] = []
        for pattern in _PERSONS[statement.language].finditer(text):
            name = pattern.group(1)
            if not _NO_PERSON.search(name) and text.count(name) == 1:
                taken.append(pattern.span(1))
                # a Vietnamese name among foreign ones would tell itself
                at_home = all(SYLLABLE.fullmatch(fold(part)) for part in name.split())
                yield Slot(Kind.NAME, "person" if at_home else "foreign person", name, fold(name), *pattern.span(1))
        for match in table.pattern.finditer(text):
            kind, group, value = table.known[match.group().casefold()]
            if any(start < match.end() and match.start() < end for start, end in taken) or text.casefold().count(match.group().casefold()) > 1:
                continue
            if kind is Kind.NAME and (match.group()[0].islower() or _longer(text, *match.span()) or _bracketed(text, *match.span())):
                continue
            if kind is Kind.TERM and (match.start() == 0 or _capital(match.group()[1:]) or _longer(text, *match.span())):
                continue
            yield Slot(kind, group, match.group(), value, *match.span())


@dataclass(frozen=True, slots=True)
class _Table:
    """The names of one language: a pattern that finds them, and what each of them is."""

    pattern: re.Pattern[str]
    known: dict[str, tuple[Kind, str, str]]


@lru_cache(maxsize=8)
def _table(glossary: Glossary, language: str) -> _Table:
    """Return the names and terms of a glossary in one language."""
    known: dict[str, tuple[Kind, str, str]] = {}
    for term in glossary.terms:
        kind_and_group = _sort(term)
        country = kind_and_group is not None and kind_and_group[1] == "country"  # its further names are adjectives
        for name in term.names(language)[: 1 if country else None] if kind_and_group else ():
            if len(name) > 4 and name not in _VAGUE and not name.lower().startswith("the ") and kind_and_group:
                known.setdefault(name.casefold(), (*kind_and_group, term.vi))
    names = sorted(known, key=len, reverse=True)
    return _Table(re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])", re.I), known)


def _sort(term: Term) -> tuple[Kind, str] | None:
    """Return the kind and the group of a term, None for one that is not asked for."""
    if term.vi[:1].isupper() and term.en[:1].isupper():
        found = next((name for name, pattern in _CLASSES if pattern.match(term.vi)), None)
        return (Kind.NAME, _SWAPPABLE.get(found, found)) if found else None
    if term.en in _PLAIN or len(term.vi.split()) < 2 or len(term.en.split()) < 2:
        return None
    return Kind.TERM, "term"


def _capital(text: str) -> bool:
    """Tell whether a text holds a capital letter."""
    return text.lower() != text


def _longer(text: str, start: int, end: int) -> bool:
    """Tell whether what stands at a place is part of a longer name."""
    before = re.search(r"([^\W\d_][\w’']*) $", text[:start])
    return bool(
        re.match(r" [A-ZĐ]|-| \d", text[end : end + 2]) or (before and before.group(1)[0].isupper() and before.start() > 0 and text[start].isupper())
    )


def _bracketed(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands in brackets, or before the brackets that tell it again."""
    return text[start - 1 : start] == "(" or text[end : end + 2] == " ("


def slots(statement: Statement, namer: Namer) -> tuple[Slot, ...]:
    """Return all slots of a statement, with its place."""
    found = (*_figures(statement), *_dates(statement), *namer.names(statement))
    return tuple(Slot(s.kind, s.group, s.words, s.value, s.start, s.end, statement.place) for s in found)
