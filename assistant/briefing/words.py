"""What a briefing note says by itself, in Vietnamese and English, and how it writes days."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assistant.naming import STATUSES, TEXT_KINDS
from assistant.writing import day_in_words

__all__ = ["LANGUAGES", "REASONS", "day", "status", "text_kind", "word", "written"]

LANGUAGES: Mapping[str, tuple[str, ...]] = MappingProxyType({"vi": ("vi",), "en": ("en",), "both": ("vi", "en")})
"""In which languages a note speaks, by the choice of a person."""

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "note": ("BẢN TÓM TẮT", "BRIEFING NOTE"),
    "made": ("Ngày lập", "Date"),
    "as_of": ("Hiệu lực văn bản tính đến", "Status of documents as of"),
    "question": ("Câu hỏi", "Question"),
    "sources": ("Bảng văn bản dẫn nguồn", "Table of sources"),
    "annex": ("Phụ lục: Các điều khoản được trích", "Annex: provisions quoted"),
    "number": ("Số hiệu", "Number"),
    "title": ("Tên văn bản", "Title"),
    "issued": ("Ngày ban hành", "Issued"),
    "status": ("Tình trạng vào ngày {day}", "Status on {day}"),
    "status_plain": ("Tình trạng", "Status"),
    "editors": ("ghi chú của người biên tập, không phải nội dung văn bản", "an editor’s note, not part of the document"),
    "kind": ("Loại văn bản trích", "Kind of text"),
    "footnotes": ("Chú thích", "Footnotes"),
    "left_out": (
        "Đã lược bỏ {n} câu không có dẫn nguồn hoặc chưa đối chiếu được.",
        "{n} sentences without a footnote, or not verified against their source, were left out.",
    ),
    "made_by": ("Tùy viên số lập; mỗi câu đã được đối chiếu với nguồn trích.", "Made by Attaché; every sentence was checked against its source."),
    "nothing": (
        "Không có câu nào có dẫn nguồn đã đối chiếu, nên bản tóm tắt này không có nội dung.",
        "No sentence has a verified source, so this note has no content.",
    ),
    "unknown": ("chưa rõ", "not known"),
    "back": ("Về câu văn", "Back to the sentence"),
})  # fmt: skip

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "no_footnote": ("không có dẫn nguồn", "it has no footnote"),
    "not_verified": ("chưa đối chiếu được với nguồn", "it is not verified against its source"),
    "moved": ("thư viện không còn những chữ được trích", "the library no longer has the words that it quotes"),
    "own": ("lời của chương trình, không nói về văn bản nào", "the program's own words, which state nothing of a document"),
    "remark": ("lưu ý không có dẫn nguồn", "a note without a footnote"),
})  # fmt: skip
"""Why a sentence is left out."""


def word(key: str, languages: tuple[str, ...], **values: str) -> str:
    """Return one of the note's words in each of the languages, parted by a stroke; `values` fill its {names}."""
    return _joined([_filled(_WORDS[key][language == "en"], values) for language in languages])


def _filled(words: str, values: Mapping[str, str]) -> str:
    """Return words with their {names} filled."""
    for name, value in values.items():
        words = words.replace("{" + name + "}", value)
    return words


def day(iso: str, languages: tuple[str, ...]) -> str:
    """Return a day as each language writes it; what is not known says so."""
    return _joined([day_in_words(iso, language) if iso else _WORDS["unknown"][language == "en"] for language in languages])


def status(name: str, languages: tuple[str, ...]) -> str:
    """Return what a status is called."""
    return _joined([STATUSES.get(name, (name, name))[language == "en"] for language in languages])


def text_kind(name: str, languages: tuple[str, ...]) -> str:
    """Return what a kind of text is called."""
    return _joined([TEXT_KINDS.get(name, (name, name))[language == "en"] for language in languages])


def written(vi: str, en: str, languages: tuple[str, ...]) -> str:
    """Return a document's words in the languages, the one it has where it lacks another."""
    return _joined([(en or vi) if language == "en" else (vi or en) for language in languages])


def _joined(parts: list[str]) -> str:
    """Return parts that differ, joined."""
    return " / ".join(dict.fromkeys(part for part in parts if part))
