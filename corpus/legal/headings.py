"""What a line opens: a chapter, an article, a clause, an annex, the signature; read from the line alone.

Words are compared without diacritics, for recognised text spells “Điêu 5.” and “Dieu 5”. Whether the line may open that
at its place is decided by the tree, which knows what came before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.legal.pieces import Piece
from corpus.normalise import fold

__all__ = ["Kind", "Opening", "is_capitals", "opening_of", "roman"]


class Kind(IntEnum):
    """Kinds of node, those of a body from the outermost inward."""

    HEAD = 0
    PREAMBLE = 1
    ATTACHED = 2
    ANNEX = 3
    FORM = 4
    FREE = 5
    PART = 6
    CHAPTER = 7
    SECTION = 8
    SUBSECTION = 9
    ARTICLE = 10
    LETTER = 11
    ROMAN = 12
    NUMBER = 13
    ROW = 14
    SIGNATURE = 15
    PARAGRAPH = 16


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line opens: `step` as an address prints it, `label` bare, `rest` the words after it.

    `mark` is the sign after a number (`.` or `)`). `firm` tells that the label is set off by a mark or stands alone;
    otherwise the line may as well be a reference.
    """

    kind: Kind
    step: str
    label: str
    rest: str = ""
    firm: bool = True
    mark: str = ""


_WORDS = {
    "phan": Kind.PART, "part": Kind.PART, "title": Kind.PART, "chuong": Kind.CHAPTER, "chapter": Kind.CHAPTER, "muc": Kind.SECTION,
    "section": Kind.SECTION, "tieu muc": Kind.SUBSECTION, "subsection": Kind.SUBSECTION, "sub-section": Kind.SUBSECTION,
    "phu luc": Kind.ANNEX, "annex": Kind.ANNEX, "appendix": Kind.ANNEX, "mau so": Kind.FORM, "bieu mau so": Kind.FORM, "mau": Kind.FORM,
}  # fmt: skip
_PRINTED = {
    "phan": "Phần", "chuong": "Chương", "muc": "Mục", "tieu muc": "Tiểu mục", "phu luc": "Phụ lục", "mau so": "Mẫu số",
    "bieu mau so": "Biểu mẫu số", "mau": "Mẫu",
}  # fmt: skip
_ORDINALS = "nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai)?"
_DIVISION = re.compile(
    r"^(?P<word>phần|part|title|chương|chapter|tiểu\s+mục|sub-?section|mục|section|phụ\s+lục|annex|appendix|(?:biểu\s+)?mẫu(?:\s+số)?|"
    r"ph[aâầấ]n|ch[uư][oơ]ng|m[uụ]c|ph[uụ]\s+l[uụ]c)"
    rf"(?:\s+(?:số\s+)?(?P<label>thứ\s+(?:{_ORDINALS})|[IVXLCivx]+|\d+[A-Za-zđ]?(?:[./-]\d+)*|[A-HĐ]))?(?![\w/])"
    r"(?P<mark>\s*[.:–—\-]?)\s*(?P<rest>.*)$",
    re.I | re.S,
)  # fmt: skip
_ARTICLE = re.compile(
    r"^(?P<word>[^\W\d_]{4}|article|art\.)\s*(?P<label>\d{1,3}(?:\.\d+)+\.[A-ZĐ]{2,5}(?:\.\d+)+|\d+\.\d+\.[A-ZĐ]{2,5}\.\d+|\d{1,4}[a-zđ]?\d?)"
    r"(?P<mark>\s*[.:–—\-]|(?=\s|$))\s*(?P<rest>.*)$",
    re.I | re.S,
)
_NUMBER = re.compile(
    r"^(?P<label>\d{1,3}(?:\.\d{1,3}){0,3}[a-zđ]?\d?)\s*(?P<mark>[.)–\-]+|,(?=\s+[^\W\d_a-zđ]))(?=\s|[^\W\d_]|[“\"]|$)\s*(?P<rest>.*)$", re.S
)
_DECIMAL = re.compile(r"^(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?P<rest>[^\W\d_].*)$", re.S)
_ROUND = re.compile(r"^\((?P<label>\d{1,3})\)\s+(?P<rest>\S.*)$", re.S)
_ROMAN = re.compile(r"^(?P<label>[IVX]{1,6})(?P<mark>\s*[-–—./)]+\s*|\s+)(?P<rest>\S.*)?$", re.S)
_LETTER = re.compile(r"^(?P<label>[A-HĐ])\s*[-–—./)]+\s*(?P<rest>\S.*)$", re.S)
_REFERENCE = re.compile(
    r"^(?:(?:chương|phần|mục|điều|khoản)\s+(?:[IVXLC]+|\d+|này)|luật|bộ luật|nghị định|nghị quyết|thông tư|quyết định|pháp lệnh|hiến pháp|"
    r"ban hành|kèm theo|này|của|và|hoặc|"
    r"of|to|and|or|in|shall|is|above|below|hereof)\b",
    re.I,
)
_LEADERS = re.compile(r"[.…_]{4,}\s*\d+\s*$")
_SIGNATURE = re.compile(
    r"^(?:noi nhan\b|(?:tm|t/m|kt|tl|tuq|q)\s*[./]+\s*\S|t/m\s+\S|"
    r"(?:bo )?(?:luat|phap lenh) nay (?:da )?duoc (?:quoc hoi|uy ban thuong vu)|nghi quyet nay (?:da )?duoc (?:quoc hoi|"
    r"uy ban thuong vu).*(?:thong qua|nuoc cong)|lam tai\b.*ngay|done (?:at|in)\b|in witness whereof)"
)
_OFFICES = frozenset(
    (
        "chu tich quoc hoi",
        "chu tich nuoc",
        "thu tuong",
        "pho thu tuong",
        "bo truong",
        "thu truong",
        "tong bi thu",
        "chu tich",
        "xac thuc van ban hop nhat",
    )
)


def opening_of(piece: Piece) -> Opening | None:
    """Return what a piece opens, None when it is plain text, inert or a row of a table of contents."""
    text = piece.text.replace("Ð", "Đ").lstrip("*#> ").rstrip("* ")
    if piece.inert or not text or _LEADERS.search(text):
        return None
    if _is_signature(text):
        return Opening(Kind.SIGNATURE, "Ký ban hành", "")
    if piece.line.cells:
        return None
    return _article(text) or _division(text, piece) or _numbered(text)


def is_capitals(text: str) -> bool:
    """Tell whether words are set in capitals, a few signs and small letters aside."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def roman(label: str) -> int:
    """Return the value of a Roman number, 0 for what is none."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    digits = [values.get(c, 0) for c in label.upper()]
    if not digits or 0 in digits:
        return 0
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


def _is_signature(text: str) -> bool:
    """Tell whether the closing block of an act begins here."""
    plain = fold(text[:300]).replace("|", " ").strip()
    return bool(_SIGNATURE.match(plain)) or (is_capitals(text) and plain.rstrip(" .:") in _OFFICES)


def _article(text: str) -> Opening | None:
    """Return the article that a line opens."""
    match = _ARTICLE.match(text)
    if not match:
        return None
    word = fold(match["word"]).rstrip(".")
    if word not in ("dieu", "article", "art"):
        return None
    rest, mark = match["rest"].strip(), match["mark"].strip()
    if rest[:1].isdigit() or rest[:1] in (",", ";", ")") or (rest.startswith("(") and not mark):
        return None
    firm = bool(mark) or not rest
    if not firm and (not rest[0].isupper() or _REFERENCE.match(rest)):
        return None
    name = "Điều" if word == "dieu" else "Article"
    return Opening(Kind.ARTICLE, f"{name} {match['label']}", match["label"], rest, firm)


def _division(text: str, piece: Piece) -> Opening | None:
    """Return the part, chapter, section, annex or form that a line opens."""
    match = _DIVISION.match(text)
    if not match:
        return None
    word = " ".join(fold(match["word"]).split())
    kind, label, rest = _WORDS[word], (match["label"] or "").strip(), match["rest"].strip()
    firm = bool(match["mark"].strip()) or not rest
    if not label and kind not in (Kind.ANNEX,):
        return None
    if not label and rest and not is_capitals(rest):
        return None
    if kind is Kind.FORM and (len(text) > 80 or not label[0].isdigit() or (rest and not firm and not is_capitals(rest))):
        return None
    if rest and (not _may_title(rest) or (not firm and _REFERENCE.match(rest))) and not is_capitals(rest):
        return None
    if not firm and not is_capitals(rest) and not piece.line.level:
        return None
    name = _PRINTED.get(word, word.capitalize())
    shown = label.upper() if roman(label) and kind is not Kind.FORM else label
    return Opening(kind, f"{name} {shown}".strip(), shown, rest, firm)


def _may_title(rest: str) -> bool:
    """Tell whether words can be a title: they begin with a capital, a bracket or a quotation mark."""
    return rest[0].isupper() or rest[0] in "(“\"'["


def _numbered(text: str) -> Opening | None:
    """Return the lettered, Roman or Arabic number that a line opens."""
    match = _ROMAN.match(text)
    if match:
        rest = (match["rest"] or "").strip()
        marked = bool(match["mark"].strip())
        if rest and (rest[0].isupper() or rest[0] in "“\"'(") and (marked or is_capitals(rest)) and roman(match["label"]):
            return Opening(Kind.ROMAN, match["label"], match["label"], rest)
    match = _LETTER.match(text)
    if match and is_capitals(match["rest"]):
        return Opening(Kind.LETTER, match["label"], match["label"], match["rest"])
    match = _NUMBER.match(text) or _ROUND.match(text) or _DECIMAL.match(text)
    if match:
        return Opening(
            Kind.NUMBER,
            match["label"],
            match["label"],
            match["rest"].strip(),
            not text.startswith("("),
            ")" if ")" in match[0][: match.start("rest")] else ".",
        )
    return None
