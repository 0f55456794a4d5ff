"""Names of acts as Vietnamese texts cite them: numbers, kinds, issuers and dates, found in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from corpus.document import Bilingual

__all__ = ["ACT", "NUMBER", "Cited", "cited", "date_in", "issuer_of", "kind_of", "number_of_name", "numbers"]

NUMBER = r"\d{1,5}(?:\.\d{1,3})?[a-z]?(?:\s*/\s*\d{4})?\s*[/-]\s*(?!\d)[A-ZĐƯ]{1,9}\d*(?:\s?[-–/]\s?[A-ZĐƯ][A-ZĐƯa-zđ]*\d*)*"
"""A number of an act: 224/2026/NĐ-CP, 116/2025/QH15, 57-NQ/TW, 749/QĐ-TTg, 66.22/2026/NQ-CP, 33/2007/PL-UBTVQH10."""
_KINDS = (
    "Bộ luật|Luật|Pháp lệnh|Lệnh|Nghị định|Nghị quyết liên tịch|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị|Kết luận|"
    "Quy định|Hướng dẫn|Thông báo|Kế hoạch|Công văn|Hiến pháp|Quy chế"
)
ACT = rf"(?P<kind>{_KINDS})(?P<name>(?:\s+(?!số\s+\d|này\b)[^\s,;.:()“”]+|,(?=\s+[^\W\d_][^\s]*\s)){{0,40}}?)\s+(?:số\s+)?(?P<number>{NUMBER})"
"""A cited act: its kind, its name if it is given one (“Luật An ninh mạng số 24/2018/QH14”), its number."""

_CODES: Mapping[str, str] = MappingProxyType({
    "QH": "law", "L": "law", "PL": "ordinance", "NĐ": "decree", "NQ": "resolution", "TT": "circular", "TTLT": "circular", "QĐ": "decision",
    "CT": "directive", "KL": "conclusion", "KH": "plan", "HD": "guideline", "QC": "regulation", "QĐi": "regulation", "TB": "notice",
    "CV": "official_letter", "BC": "report", "VBHN": "consolidated",
})  # fmt: skip
_WORDS: Mapping[str, str] = MappingProxyType({
    "bộ luật": "law", "luật": "law", "pháp lệnh": "ordinance", "nghị định": "decree", "nghị quyết": "resolution", "thông tư": "circular",
    "thông tư liên tịch": "circular", "quyết định": "decision", "chỉ thị": "directive", "kết luận": "conclusion", "kế hoạch": "plan",
    "hướng dẫn": "guideline", "quy chế": "regulation", "quy định": "regulation", "thông báo": "notice", "công văn": "official_letter",
    "báo cáo": "report", "hiến pháp": "law", "công ước": "treaty", "hiệp định": "agreement", "hiệp ước": "treaty", "nghị định thư": "treaty",
    "tuyên bố": "declaration", "tuyên bố chung": "declaration", "điều lệ": "regulation",
    "convention": "treaty", "treaty": "treaty", "covenant": "treaty", "charter": "treaty", "protocol": "treaty", "agreement": "agreement",
    "memorandum": "agreement", "declaration": "declaration", "statement": "declaration",
    "communiqué": "declaration", "resolution": "resolution", "decision": "decision", "regulation": "regulation",
    "directive": "directive", "law": "law", "act": "law", "decree": "decree", "circular": "circular",
})  # fmt: skip
_ISSUERS: Mapping[str, Bilingual] = MappingProxyType({
    "CP": Bilingual("Chính phủ", "Government"), "TTg": Bilingual("Thủ tướng Chính phủ", "Prime Minister"),
    "UBTVQH": Bilingual("Ủy ban Thường vụ Quốc hội", "Standing Committee of the National Assembly"),
    "QH": Bilingual("Quốc hội", "National Assembly"), "CTN": Bilingual("Chủ tịch nước", "President"),
    "BNG": Bilingual("Bộ Ngoại giao", "Ministry of Foreign Affairs"), "BCA": Bilingual("Bộ Công an", "Ministry of Public Security"),
    "BTTTT": Bilingual("Bộ Thông tin và Truyền thông", "Ministry of Information and Communications"),
    "BKHCN": Bilingual("Bộ Khoa học và Công nghệ", "Ministry of Science and Technology"), "BTC": Bilingual("Bộ Tài chính", "Ministry of Finance"),
    "BNV": Bilingual("Bộ Nội vụ", "Ministry of Home Affairs"), "BTP": Bilingual("Bộ Tư pháp", "Ministry of Justice"),
    "BQP": Bilingual("Bộ Quốc phòng", "Ministry of National Defence"), "BCT": Bilingual("Bộ Công Thương", "Ministry of Industry and Trade"),
    "BGDĐT": Bilingual("Bộ Giáo dục và Đào tạo", "Ministry of Education and Training"), "BYT": Bilingual("Bộ Y tế", "Ministry of Health"),
    "BVHTTDL": Bilingual("Bộ Văn hóa, Thể thao và Du lịch", "Ministry of Culture, Sports and Tourism"),
    "BXD": Bilingual("Bộ Xây dựng", "Ministry of Construction"),
    "BNNMT": Bilingual("Bộ Nông nghiệp và Môi trường", "Ministry of Agriculture and Environment"),
    "NHNN": Bilingual("Ngân hàng Nhà nước Việt Nam", "State Bank of Vietnam"), "VPCP": Bilingual("Văn phòng Chính phủ", "Government Office"),
})  # fmt: skip
_PARTY = (
    ("bộ chính trị", Bilingual("Bộ Chính trị", "Politburo")), ("ban bí thư", Bilingual("Ban Bí thư", "Party Secretariat")),
    ("ban chấp hành trung ương", Bilingual("Ban Chấp hành Trung ương Đảng", "Party Central Committee")),
)  # fmt: skip
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)", re.I)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_ENGLISH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day of\s+)?({'|'.join(_MONTHS)}),?\s+(\d{{4}})|\b({'|'.join(_MONTHS)})\s+(\d{{1,2}}),\s+(\d{{4}})", re.I
)
_STEM = re.compile(r"^(?:phapdien)?(\d{1,5}(?:\.\d+)?)[-_](?:(\d{4})[-_])?([A-Z]{1,6}\d*)(?:-([A-Za-z]{2,9}\d*))?(?=$|[_. -])")
_MARKED: Mapping[str, str] = MappingProxyType({"ND": "NĐ", "QD": "QĐ", "TTG": "TTg"})


@dataclass(frozen=True, slots=True)
class Cited:
    """An act as some words cite it, and where they stand in the text."""

    kind: str
    name: str
    number: str
    start: int
    end: int


def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of acts in a text, as printed but for spaces."""
    return tuple(_tight(match.group()) for match in re.finditer(NUMBER, text.replace("Ð", "Đ")))


def cited(text: str) -> Iterator[Cited]:
    """Yield the acts that a text cites by kind and number."""
    for match in re.finditer(ACT, text.replace("Ð", "Đ")):
        yield Cited(match["kind"], match["name"].strip(), _tight(match["number"]), match.start(), match.end())


def date_in(text: str) -> str | None:
    """Return the first whole date of a text as ISO, None when there is none or it is no day of the calendar."""
    match = _DATE.search(text)
    if match:
        day, month, year = (int(part) for part in match.groups() if part)
    else:
        match = _ENGLISH.search(text)
        if not match:
            return None
        parts = [part for part in match.groups() if part]
        spoken = next(part for part in parts if part.lower() in _MONTHS)
        day, year = (int(part) for part in parts if part.isdigit())
        month = _MONTHS.index(spoken.lower()) + 1
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def kind_of(number: str, words: str = "") -> str:
    """Return the kind of an act from its number, or from the words that name it; `document` when neither tells."""
    for code in re.findall(r"[A-ZĐ]+", number):
        if code == "QH" and words.lower().startswith("nghị quyết"):
            return "resolution"
        if code in _CODES:
            return _CODES[code]
    plain = words.lower()
    found = [(plain.find(word), -len(word), kind) for word, kind in _WORDS.items() if re.search(rf"(?<!\w){word}(?!\w)", plain)]
    return min(found)[2] if found else "document"


def issuer_of(number: str, head: str) -> Bilingual:
    """Return who issued an act, from its number or, for Party documents and others, from its head; empty when unknown."""
    codes = [code for part in re.split(r"[/-]", number) for code in re.findall(r"[A-ZĐ][A-ZĐa-z]*", part)]
    plain = head.lower()
    if codes[-1:] in (["TW"], ["TƯ"]):
        said = re.search(r"(?:t/m|của)\s+(bộ chính trị|ban bí thư|ban chấp hành trung ương)", plain)
        if said:
            return dict(_PARTY)[said[1]]
        places = [(plain.find(words), issuer) for words, issuer in _PARTY if words in plain]
        return min(places, key=lambda found: found[0])[1] if places else Bilingual()
    named = [_ISSUERS[code] for code in codes if code in _ISSUERS]
    if named and codes[0] == "TTLT":
        return Bilingual("; ".join(n.vi for n in named), "; ".join(n.en for n in named))
    return named[-1] if named else Bilingual()


def number_of_name(stem: str) -> str:
    """Return the number of an act that a file's name spells (`148-2025-QH15`, `57-NQ-TW`), empty when it spells none."""
    match = _STEM.match(stem)
    if not match:
        return ""
    count, year, first, second = match.groups()
    first = _MARKED.get(first, first)
    if re.fullmatch(r"QH\d+", first):
        return f"{count}/{year}/{first}" if year else ""
    if not second or first not in _CODES:
        return ""
    if second == "TW":
        return f"{count}-{first}/{second}"
    parts = [count, year or "", f"{first}-{_MARKED.get(second.upper(), second)}"]
    return "/".join(part for part in parts if part)


def _tight(number: str) -> str:
    """Return a number without the spaces that print or recognition put in."""
    return re.sub(r"\s+", "", number).replace("–", "-")
