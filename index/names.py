"""Documents and provisions named in a question: any spelling of a number, an alias, a title, an address.

“NQ 52”, “52-NQ/TW”, “Nghị quyết 52”, “Resolution 52” and “nghi quyet so 52” are one document; “Quyết định 749, 942 và
411” names three. Matching is on folded tokens, the longest name first, so “Luật An ninh mạng 2018” is not “Luật An ninh
mạng”. A record of a table is named by its exact number alone, looked up where it is kept. An
address such as “khoản 2 Điều 5” or “Article 5(2)” is brought to levels and labels and compared with locators.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from corpus.document import LANGUAGES, RECORD, Document, Provision
from corpus.legal.address import narrow
from corpus.locator import Locator
from corpus.normalise import fold, nfc, tokens
from index.analysis import stem

__all__ = ["Address", "DocumentNames", "Mention", "parse_address"]

_KIND_WORDS = {
    "resolution": ("nghi quyet", "nq", "resolution"),
    "decision": ("quyet dinh", "qd", "decision", "chuong trinh", "chien luoc", "de an", "programme", "program", "strategy"),
    "directive": ("chi thi", "ct", "directive"),
    "conclusion": ("ket luan", "kl", "conclusion"),
    "law": ("luat", "law", "loi", "act"),
    "decree": ("nghi dinh", "nd", "decree", "decret"),
    "circular": ("thong tu", "tt", "circular", "circulaire"),
    "official_letter": ("cong van", "cv"),
}
_JOINERS = frozenset(("va", "and", "et", "hay", "hoac", "voi", "with", "or", "so"))
_LONGEST = 24
_FEW = 4
_PRINTED = re.compile(r"[^\s,;:?!“”\"'()]*\d[^\s,;:?!“”\"'()]*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a question, as token positions [start, end), and the numbers of the documents it may name."""

    numbers: tuple[str, ...]
    start: int
    end: int
    by: str


class DocumentNames:
    """All names of a set of documents; of `records` only the numbers, which are not read but asked for."""

    def __init__(self, documents: Iterable[Document], records: Container[str] = ()) -> None:
        self._records = records
        self._by_day: dict[str, list[str]] = {}
        self._names: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._bare: dict[str, list[str]] = {}
        self._kinds: dict[str, str] = {}
        heads: dict[str, dict[str, None]] = {}
        for document in documents:
            if document.kind == RECORD:
                continue
            again = document.number in self._kinds  # another text of the same act
            self._kinds.setdefault(document.number, document.kind)
            if document.issued and len(document.issued) == 10 and document.number not in self._by_day.get(document.issued, ()):
                self._by_day.setdefault(document.issued, []).append(document.number)
            for name, by in _names(document):
                if by == "head":
                    heads.setdefault(name, {})[document.number] = None
                else:
                    self._add(name, document.number, by)
            first = tokens(document.number)[:1]
            if not again and first and first[0][0].isdigit() and _has_number(document.kind):
                self._bare.setdefault(first[0].lstrip("0"), []).append(document.number)
        for head, numbers in heads.items():
            if len(numbers) == 1:
                self._add(head, next(iter(numbers)), "title")

    def _add(self, name: str, number: str, by: str) -> None:
        """Let a name stand for a document too."""
        key = tuple(_word(t) for t in tokens(name))
        entry = self._names.setdefault(key, [])
        if key and all(known != number for known, _ in entry):
            entry.append((number, by))

    def __len__(self) -> int:
        """Return how many documents have names; records are not counted."""
        return len(self._kinds)

    def numbers(self) -> Iterable[str]:
        """Return the numbers of the documents that have names."""
        return self._kinds.keys()

    def issued_on(self, day: str) -> Sequence[str]:
        """Return the documents that were issued on a day (ISO)."""
        return self._by_day.get(day, ())

    def find(self, text: str) -> list[Mention]:
        """Return the documents named in `text`, in order; a list of numbers after one kind word names each of them."""
        found = self._named(text)
        taken = {place for mention in found for place in range(mention.start, mention.end)}
        records = [m for m in self._record_numbers(text) if taken.isdisjoint(range(m.start, m.end))]
        return sorted([*found, *records], key=lambda m: m.start) if records else found

    def _record_numbers(self, text: str) -> list[Mention]:
        """Return the records whose numbers stand in `text` exactly as they are: the whole text, or words with figures and a stroke.

        A bare “5” or “q1” inside a question is no name, though there may be a record of that key.
        """
        composed = nfc(text).strip()
        if len(composed) <= _LONGEST * 8 and composed and composed not in self._kinds and composed in self._records:
            return [Mention((composed,), 0, max(1, len(tokens(composed))), "number")]
        found = []
        for match in _PRINTED.finditer(composed):
            number = match.group().rstrip(".")
            if re.search(r"[/_-]", number) and number not in self._kinds and number in self._records:
                start = len(tokens(composed[: match.start()]))
                found.append(Mention((number,), start, start + max(1, len(tokens(number))), "number"))
        return found

    def _named(self, text: str) -> list[Mention]:
        """Return the documents named in `text` by the names that are kept here."""
        words = [_word(t) for t in tokens(text)]
        found: list[Mention] = []
        at, kind = 0, ""
        while at < len(words):
            mention = self._longest(words, at) or (self._continued(words, at, kind, found))
            if mention is None:
                at += 1
                continue
            found.append(mention)
            kind = self._kinds[mention.numbers[0]]
            at = mention.end
        return found

    def _longest(self, words: Sequence[str], at: int) -> Mention | None:
        """Return the longest name that begins at a token."""
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            entry = self._names.get(tuple(words[at : at + length]))
            if entry:
                return Mention(tuple(number for number, _ in entry), at, at + length, entry[0][1])
        return self._alone(words, at)

    def _alone(self, words: Sequence[str], at: int) -> Mention | None:
        """Return the one document whose number begins with a bare figure of three or four digits that is no year."""
        word = words[at]
        if not re.fullmatch(r"\d{3,4}", word) or re.fullmatch(r"(19|20)\d\d", word):
            return None
        numbers = self._bare.get(word, [])
        return Mention((numbers[0],), at, at + 1, "number") if len(numbers) == 1 else None

    def _continued(self, words: Sequence[str], at: int, kind: str, found: Sequence[Mention]) -> Mention | None:
        """Return the document of a bare figure that follows another document's name, alone or after “và”."""
        if not kind or not words[at].isdigit():
            return None
        between = words[found[-1].end : at]
        if len(between) > 2 or any(word not in _JOINERS for word in between):
            return None
        numbers = tuple(n for n in self._bare.get(words[at], []) if self._kinds[n] == kind)
        return Mention(numbers, at, at + 1, "number") if numbers else None


def _word(token: str) -> str:
    """Return the form in which words of names are compared: folded, without an English plural, figures without leading noughts."""
    return stem(fold(token)).lstrip("0") or "0"


def _has_number(kind: str) -> bool:
    """Tell whether documents of this kind bear an official number."""
    return kind in _KIND_WORDS


def _names(document: Document) -> Iterable[tuple[str, str]]:
    """Yield the names of one document and what kind of name each is."""
    yield document.number, "number"
    row = tokens(re.sub(r"\(.*?\)", "", document.number))
    digits = [t for t in row if t[0].isdigit()]
    if digits and _has_number(document.kind):
        short = [digits[0]] + ([f"{digits[0]} {digits[1]}"] if len(digits) > 1 else [])
        for kind in _KIND_WORDS[document.kind]:
            for label in short:
                yield f"{kind} {label}", "number"
                yield f"{kind} so {label}", "number"
                yield f"{kind} no {label}", "number"
            yield f"{kind} {document.number}", "number"
            yield f"{kind} so {document.number}", "number"
        if len(digits) > 1 and len(digits[1]) == 4:
            yield f"{digits[0]} {digits[1]}", "number"
        if len(row) > 1:
            yield " ".join(row[:2]) if not row[1][0].isdigit() else " ".join(row[:3]), "number"
    for alias in document.aliases:
        if len(tokens(alias)) > 1 or any(c.isupper() for c in alias[1:]):
            yield alias, "alias"
    for title in (document.title.vi, document.title.en):
        yield title, "title"
        # in English an act's subject may come first: “the Cybersecurity Law”
        subject = re.fullmatch(r"Law on (?:the )?(\D+)", title)
        if subject and len(subject.group(1).split()) <= _FEW:
            yield f"{subject.group(1)} Law", "title"
        head = re.split(r" (?:về|on|of|for|của) |[(:–]| - ", title, maxsplit=1)[0].strip()
        # the head of a title is a name only when a proper name stands in it: “Thông điệp Bali”, not “Nghị quyết”
        if head != title and re.search(r"\s[A-ZĐ]", head) and len(tokens(head)) > 1:
            yield head, "head"


@dataclass(frozen=True, slots=True)
class Address:
    """A provision's address in a question: labels by level, for example {điều: 5, khoản: 2}."""

    labels: tuple[tuple[str, str], ...]

    def matches(self, provision: Provision) -> bool:
        """Tell whether `provision` lies at or inside this address, or has its point; a range such as “khoản 8-9” holds its members."""
        have = _labels(provision.locator)
        return all(_holds(have[level], label) if level in have else self._has(provision, level, label) for level, label in self.labels)

    def _has(self, provision: Provision, level: str, label: str) -> bool:
        """Tell whether a provision's own words have a point: official texts are kept whole down to the clause."""
        texts = [(language, provision.text.only(language)) for language in LANGUAGES]
        return level == "điểm" and any(narrow(text, [label], language) for language, text in texts if text)

    def __str__(self) -> str:
        """Return the address as Vietnamese acts print it."""
        return ", ".join(f"{level.capitalize() if level in ('điều', 'phụ lục') else level} {_printed(level, label)}" for level, label in self.labels)


def _printed(level: str, label: str) -> str:
    """Return a label as it is printed: Roman numbers in capitals."""
    return label.upper() if level in ("phụ lục", "chương") else label


def _labels(locator: Locator) -> dict[str, str]:
    """Return the labels of a locator by level."""
    return {step.level: _bare(step.label) for step in locator.steps if step.level}


def _bare(text: str) -> str:
    """Return `text` folded, but for the letter đ where it stands alone: điểm đ is another than điểm d."""
    return fold(re.sub(r"(?<!\w)đ(?!\w)", "\ue000", nfc(text).lower())).replace("\ue000", "đ")


def _holds(printed: str, label: str) -> bool:
    """Tell whether a printed label is `label` or a range around it."""
    bare = re.sub(r"\s*\(.*", "", printed).strip()
    if bare == label:
        return True
    ends = re.fullmatch(r"(\d+)\s*-\s*(\d+)", bare)
    return bool(ends and label.isdigit() and int(ends.group(1)) <= int(label) <= int(ends.group(2)))


_LEVEL_WORDS = {
    "dieu": "điều", "article": "điều", "art": "điều", "khoan": "khoản", "clause": "khoản", "diem": "điểm", "point": "điểm",
    "phu luc": "phụ lục", "annex": "phụ lục", "chuong": "chương", "chapter": "chương", "doan": "đoạn",
}  # fmt: skip
_ADDRESS = re.compile(r"(?<!giai )\b(" + "|".join(_LEVEL_WORDS) + r")\s+(\d+[a-z]?|[ivx]+|[a-zđ])\b(?:\s*\((\d+)\))?(?:\s*\(([a-zđ])\))?")


def parse_address(text: str) -> Address | None:
    """Return the provision address written in `text`, in any order of its levels; None when there is none.

    “mấy điểm” or “khoản nào” are no addresses: a level counts only with a label behind it, and a lone point does not count.
    """
    labels: dict[str, str] = {}
    for match in _ADDRESS.finditer(_bare(text)):
        level = _LEVEL_WORDS[match.group(1)]
        if (level == "điểm" and match.group(2).isdigit()) or len(match.group(2)) > 3:
            continue
        labels.setdefault(level, match.group(2))
        if match.group(3):
            labels.setdefault("khoản", match.group(3))
        if match.group(4):
            labels.setdefault("điểm", match.group(4))
    if not labels or set(labels) == {"điểm"}:
        return None
    order = ("phụ lục", "chương", "điều", "khoản", "điểm", "đoạn")
    return Address(tuple((level, labels[level]) for level in order if level in labels))
