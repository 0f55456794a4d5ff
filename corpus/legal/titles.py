"""Small judgements on single lines: does a sentence end here, can this be a heading, does a preamble begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.legal.headings import Kind, is_capitals
from corpus.legal.pieces import Piece
from corpus.normalise import fold

__all__ = ["attached", "enclosed", "ends", "is_preamble", "mid", "mid_title", "title_of"]

_MID = re.compile(
    r"(?:,|\b(?:tại|khoản|(?<!quan )(?<!thời )(?<!địa )(?<!trọng )(?<!ưu )(?<!thí )điểm|điều|"
    r"(?<![;,] )và|(?<![;,] )hoặc|theo|của|các|với|cho|trong|bởi|về|khi|như|ngày|tháng|từ|of|in|to|(?<![;,] )and|(?<![;,] )or|the|under|by|"
    r"article|paragraph))\s*$",
    re.I,
)
_END = re.compile(r"(?:[.;:!?”\"»)\]/*_=-]|\.\.\.|…)\s*$")
_PREAMBLE = re.compile(
    r"^(?:can cu\b|kinh gui\b|mong muon\b|nhan thuc\b|ghi nhan\b|nhac lai\b|cac (?:quoc gia|ben|nuoc) (?:thanh vien|ky ket)|preamble$|"
    r"(?:chinh phu|quoc hoi) .{5,200}(?:sau day|duoi day)|the (?:states? part|parties|member states|general assembly|governments?|contracting|"
    r"high contracting|security council)|"
    r"(?:recalling|recognizing|recognising|considering|whereas|having|desiring|conscious|reaffirming|convinced|noting)\b)"
)
_KEPT = re.compile(r"\(?\s*(?:được\s+)?(?:ban hành\s+)?kèm theo\b", re.I)
_ATTACHED = ("quy chế", "quy định", "điều lệ", "chương trình", "kế hoạch", "đề án", "chiến lược", "nội quy", "hướng dẫn", "danh mục",
    "quy trình", "quy tắc", "bộ quy tắc", "khung", "quy chuẩn", "đề cương", "phương án", "định mức")  # fmt: skip
_LONG = 120
_TITLE = 250


def mid(piece: Piece) -> bool:
    """Tell whether a line breaks off inside a sentence, so that the next one goes on with it."""
    return bool(_MID.search(piece.text)) and not piece.line.cells and not piece.line.level and not is_capitals(piece.text)


def ends(piece: Piece) -> bool:
    """Tell whether a line ends its sentence, or is a heading, a rule or a row, which need no full stop."""
    return bool(_END.search(piece.text)) or bool(piece.line.cells or piece.line.level or piece.line.centred) or is_capitals(piece.text)


def is_preamble(piece: Piece) -> bool:
    """Tell whether the recitals of an act begin with this line."""
    text = fold(piece.text.strip("*_ "))
    return bool(_PREAMBLE.match(text)) or (len(text) >= _LONG and text.endswith((".", ";", ":")) and not piece.line.cells)


def title_of(piece: Piece, so_far: str, kind: Kind) -> str:
    """Return the words of a line as (more of) a heading, empty when it is none.

    The first line under an opened heading may be in small letters; further lines must be in capitals like it, or go on
    with a heading that broke off.
    """
    text = piece.text.strip("*_ ")
    if piece.inert or piece.line.cells or not text or len(so_far) + len(text) > 2 * _TITLE or text[0] in '(-+•[“"' or not text[0].isalnum():
        return ""
    if so_far and mid_title(so_far) and not text.endswith((";", ":")) and len(text) < _TITLE:
        return text
    if so_far:
        return text if is_capitals(text) and is_capitals(so_far) and kind is not Kind.ARTICLE else ""
    if kind in (Kind.ROMAN, Kind.LETTER, Kind.FREE):
        return ""
    if is_capitals(text) or (len(text) <= _TITLE and not text.endswith((".", ";", ":", ","))):
        return text
    return ""


def mid_title(text: str) -> bool:
    """Tell whether a heading breaks off: it ends with a word or a sign that needs another."""
    return bool(_MID.search(text))


def enclosed(found: Sequence[Piece], index: int) -> bool:
    """Tell whether the words “(kèm theo …)” stand within a few lines after this one."""
    following = (piece.text.strip("*_ ") for piece in found[index + 1 : index + 6])
    return any(text.startswith("(") and _KEPT.match(text) for text in following)


def attached(found: Sequence[Piece], index: int) -> str:
    """Return the step of a regulation, plan or list attached to the act whose title begins here, empty otherwise.

    It is a heading in capitals with the words “kèm theo …” in brackets within a few lines after it.
    """
    piece = found[index]
    text = piece.text.strip("*_ ")
    if piece.line.cells or not (is_capitals(text) or piece.line.level or piece.line.centred) or len(text) > _TITLE:
        return ""
    name = next((word for word in _ATTACHED if text.lower().startswith(word)), "")
    if not name:
        return ""
    if not enclosed(found, index):
        return ""
    return f"{name[0].upper()}{name[1:]} ban hành kèm theo"
