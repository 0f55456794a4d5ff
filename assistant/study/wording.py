"""What study says, in both languages: the questions of the items, the verdicts on answers, the heads of printed tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from assistant.phrases import worded

__all__ = ["KIND_NAMES", "word"]

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "figure": ("Điền số liệu còn thiếu: {text}", "Fill in the missing figure: {text}"),
    "date": ("Điền ngày, tháng còn thiếu: {text}", "Fill in the missing date: {text}"),
    "name": ("Điền tên còn thiếu: {text}", "Fill in the missing name: {text}"),
    "term": ("Điền thuật ngữ còn thiếu: {text}", "Fill in the missing term: {text}"),
    "true_false": ("Đúng hay sai so với văn bản? {text}", "True or false by the document? {text}"),
    "says": ("Văn bản nào? {text}", "Which document? {text}"),
    "true": ("Đúng", "True"),
    "false": ("Sai", "False"),
    "who_issued": ("Cơ quan hoặc người nào ban hành {label}?", "Who issued {label}?"),
    "who": ("Ai hoặc cơ quan nào? {text}", "Who, or which body? {text}"),
    "when_issued": ("{label} được ban hành ngày nào?", "On which date was {label} issued?"),
    "when_adopted": ("{label} được thông qua ngày nào?", "On which date was {label} adopted?"),
    "when_signed": ("{label} được ký ngày nào?", "On which date was {label} signed?"),
    "when_dated": ("{label} đề ngày nào?", "What is the date of {label}?"),
    "when_effect": ("{label} có hiệu lực từ ngày nào?", "From which date is {label} in force?"),
    "claim_issued": ("{label} được ban hành ngày {value}.", "{label} was issued on {value}."),
    "claim_adopted": ("{label} được thông qua ngày {value}.", "{label} was adopted on {value}."),
    "claim_signed": ("{label} được ký ngày {value}.", "{label} was signed on {value}."),
    "claim_dated": ("{label} ngày {value}.", "{label} of {value}."),
    "claim_effect": ("{label} có hiệu lực từ ngày {value}.", "{label} is in force from {value}."),
    "replaces": ("Văn bản nào thay thế {label}?", "Which document replaces {label}?"),
    "amends": ("Văn bản nào sửa đổi {label}?", "Which document amends {label}?"),
    "repeals": ("Văn bản nào bãi bỏ {label}?", "Which document repeals {label}?"),
    "guides": ("Văn bản nào quy định chi tiết, hướng dẫn {label}?", "Which document details or guides {label}?"),
    "order": ("Xếp theo ngày ban hành, từ sớm đến muộn: {text}", "Put in the order of their dates, the earliest first: {text}"),
    "match": ("Thuật ngữ tiếng Anh của “{term}” là gì?", "What is the Vietnamese term for “{term}”?"),
    "from": ("Theo {label}", "From {label}"),
    "from_at": ("Theo {label}, {locator}", "From {label}, {locator}"),
})  # fmt: skip

_WITH_ARTICLE = re.compile(r"(?:Law on|Personal Data|Resolution on|Global|United|Bali|ASEAN|Seminar|Conference|Practice|Hague) ?")

KIND_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "figure": ("số liệu", "figure"), "date": ("ngày, tháng", "date"), "name": ("tên", "name"), "term": ("thuật ngữ", "term"),
    "who": ("ai, cơ quan nào", "who"), "when": ("khi nào", "when"), "which": ("văn bản nào liên quan", "which document"),
    "says": ("văn bản nào nói", "which document says"), "true_false": ("đúng hay sai", "true or false"),
    "order": ("thứ tự thời gian", "order by date"), "match": ("thuật ngữ hai ngôn ngữ", "terms in two languages"),
})  # fmt: skip
"""What the kinds of items are called, in Vietnamese and English."""


def word(name: str, language: str, /, **parts: str) -> str:
    """Return one of the phrases in a language with its parts filled in."""
    if language == "en" and _WITH_ARTICLE.match(parts.get("label", "")):
        parts["label"] = f"the {parts['label']}"
    return worded(_WORDS[name], language, **parts)
