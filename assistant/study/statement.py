"""Statements: the sentences of the documents that can be asked about, each with the provision that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.study.item import Cited
from assistant.verification.reading import LITTLE, Reading, read
from assistant.verification.values import Source
from corpus.document import FRAME, LANGUAGES, RECORD, Document, Provision
from corpus.normalise import nfc
from corpus.sentences import sentences

__all__ = ["Statement", "label", "number_in", "statements", "year_of"]

_SHORTEST, _LONGEST = 35, 300
# Sentences about the library itself, or that lean on the one before them, ask nothing by themselves.
_OURS = re.compile(
    r"kho tài liệu|các nguồn|nguồn (?:xem|này|khác|tin)|the library|sources?\b|bài viết này|this article"
    r"|given here|nêu ở đây|not been checked|chưa (?:được )?(?:đối chiếu|kiểm chứng)|historical use|giá trị lịch sử|tra cứu lịch sử",
    re.I,
)
_LEANING = re.compile(
    r"^(?:Đây|Đó|Điều này|Việc này|Số này|Văn bản này|Mục tiêu này|Ngoài ra|Tuy nhiên|Trong đó|Các \w+ này"
    r"|This|These|That|It|They|He|She|Such|However|In addition)\b"
)
_CLAUSE = re.compile(r"\d{1,3}[a-zđ]?\.\s+")
_POINT = re.compile(r"[a-zđ]{1,2}\)|\d+\)")
"""A point of a list, which goes on with the words before the list."""
_KINDS = {
    "resolution": ("Nghị quyết", "Resolution"), "decision": ("Quyết định", "Decision"), "directive": ("Chỉ thị", "Directive"),
    "conclusion": ("Kết luận", "Conclusion"), "law": ("Luật", "Law"), "decree": ("Nghị định", "Decree"), "circular": ("Thông tư", "Circular"),
    "official_letter": ("Công văn", "Official letter"),
}  # fmt: skip
_PRINTED = re.compile(r"\d+(?:/\d{4})?[-/][A-ZĐ]")


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence of a provision: its words, where they stand, and the places of document and provision among all that are studied."""

    document: Document
    provision: Provision
    held_as: str
    language: str
    text: str
    start: int
    place: tuple[int, int]

    @property
    def reading(self) -> Reading:
        """The sentence as the checks read it."""
        return read(self.text, self.language)

    @property
    def source(self) -> Source:
        """The whole provision, as what a claim is checked against."""
        return Source.of(self.document, str(self.provision.locator), self.language)

    def cited(self) -> Cited:
        """Return the citation of the sentence."""
        return Cited(
            self.document.number, label(self.document, self.language), str(self.provision.locator), self.text,
            (self.start, self.start + len(self.text)), self.language, "" if self.held_as == self.document.number else self.held_as,
        )  # fmt: skip

    @property
    def sayings(self) -> frozenset[str]:
        """The words that say something, as they are compared."""
        return _keys(self.text, self.language)


@lru_cache(maxsize=8192)
def _keys(text: str, language: str) -> frozenset[str]:
    """Return the words of a text that say something."""
    return frozenset(w.key for w in read(text, language).words if w.lower not in LITTLE)


def statements(documents: Sequence[tuple[str, Document]]) -> Iterator[Statement]:
    """Yield the sentences that can be asked about, in order, of documents with the names they are held under.

    Left out are frames, rows of tables, the editors' notes but on cards, points of lists, sentences about the library, and what is too
    short or too long.
    """
    for at, (held_as, document) in enumerate(documents):
        if document.kind == RECORD:
            continue
        for number, provision in enumerate(document.provisions):
            if provision.role == FRAME or (provision.role == "note" and document.text_kind != "card"):
                continue
            for language in LANGUAGES:
                for span in sentences(nfc(provision.text.only(language))):
                    offset = _clause(span.text)
                    text = span.text[offset:]
                    if _SHORTEST <= len(text) <= _LONGEST and _stands_alone(text):
                        yield Statement(document, provision, held_as, language, text, span.start + offset, (at, number))


def _clause(text: str) -> int:
    """Return the length of the number of a clause before a sentence: it says nothing and is not asked for."""
    mark = _CLAUSE.match(text)
    return mark.end() if mark else 0


def _stands_alone(text: str) -> bool:
    """Tell whether a sentence is whole, about its matter, and understood without the one before it."""
    whole = (text[0].isupper() or text[0].isdigit()) and text[-1] in '.”"' and "\n" not in text
    return whole and not _POINT.match(text) and not _OURS.search(text) and not _LEANING.match(text)


def number_in(document: Document, language: str) -> str:
    """Return a document's number as texts of a language print it: English ones without the stroke of Đ."""
    return document.number.replace("Đ", "D") if language == "en" else document.number


def label(document: Document, language: str) -> str:
    """Return what a document is called in a question: its kind and number, a law by its name, another one by its title."""
    title = re.sub(r"\s*\([^()]*\)", "", document.title.get(language)).strip()
    kind = _KINDS.get(document.kind)
    if not _PRINTED.match(document.number) or kind is None:
        return title
    name = kind[1] if language == "en" else kind[0]
    number = number_in(document, language)
    if document.kind == "law" and len(title) <= 60:
        return f"{title} {number}" if number not in title else title
    return f"{name} {number}"


def year_of(document: Document) -> int:
    """Return the year of issue, nought where it is not known."""
    return int((document.issued or "0")[:4])
