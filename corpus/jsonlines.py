"""JSON lines become documents: one object a line, plain or packed by xz or gzip, read as a stream.

    {"id", "text", "title"?, "lang"?}                                 one record: a document of one provision
    {"document" or "topic", "locator" or "article", "text", "title"?}   one provision; neighbours of one document are joined

Either may carry `lang` (vi or en), `document_title`, `issuer`, `kind`, `issued`, `effective_from`, `effective_to`, `url`
and `number` (a second name). Text is cleaned and composed at this door. A line that cannot be used is named, with the
reason, and skipped; a file that breaks off raises `Unreadable`, for what follows is not known. No more than one document
and one line are held in memory.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, cast

from corpus.document import RECORD, Bilingual, Document, Provision, first_day
from corpus.errors import BadLocator, Fault, Unreadable
from corpus.locator import Locator
from corpus.normalise import clean, nfc

__all__ = ["read_json_lines"]

WHOLE = "Toàn văn"
"""The locator of a record's one provision: the whole text."""
_LONGEST_LINE = 64 << 20
_LONGEST_NAME = 500
_VIETNAMESE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_OPENERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    ".xz": lzma.LZMAFile,
    ".gz": lambda raw: cast(IO[bytes], gzip.GzipFile(fileobj=raw)),
}
Progress = Callable[[int, int], None]


class _Unusable(ValueError):
    """Why a line cannot be used."""


@dataclass(slots=True)
class _Open:
    """A document whose rows are still coming."""

    head: Document
    digest: Any
    provisions: list[Provision] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def add(self, locator: Locator, provision: Provision, raw: bytes) -> None:
        """Add a provision; one whose locator was there before gets a number behind it."""
        name = str(locator).casefold()
        self.seen[name] = count = self.seen.get(name, 0) + 1
        while count > 1:
            label = f"{locator} ({count})"
            if label.casefold() not in self.seen:
                self.seen[label.casefold()] = 1
                provision = replace(provision, locator=Locator.parse(label))
                break
            count += 1
        self.provisions.append(provision)
        self.digest.update(raw.strip())

    def closed(self) -> Document:
        """Return the whole document."""
        return replace(self.head, provisions=tuple(self.provisions), sha256=self.digest.hexdigest())


def read_json_lines(path: Path, faults: list[Fault], progress: Progress = lambda done, total: None) -> Iterator[Document]:
    """Yield the documents of a file in order; appends to `faults` what had to be skipped.

    `progress` is called with the bytes of the file read so far and in all. Raises Unreadable when the file cannot be opened
    or breaks off.
    """
    current: _Open | None = None
    for at, raw in _lines(path, progress):
        try:
            row = _row(raw, first=at == 1)
            if row is None:
                continue
            number, locator = _address(row)
            provision = _provision(row, locator)
            joins = current is not None and not _is_record(row) and current.head.number == number
            head = None if joins else _head(row, number)
        except (_Unusable, BadLocator) as reason:
            faults.append(Fault(f"{path.name}:{at}", str(reason)))
            continue
        if head is not None:
            if current is not None:
                yield current.closed()
            current = _Open(head, hashlib.sha256())
        assert current is not None  # a row that joins nothing has opened a document
        current.add(locator, provision, raw)
    if current is not None:
        yield current.closed()


def _lines(path: Path, progress: Progress) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file with their numbers from one; a line too long to hold comes cut short."""
    try:
        total = path.stat().st_size
        with path.open("rb") as raw:
            opener = _OPENERS.get(path.suffix.lower())
            with opener(raw) if opener else raw as stream:
                at = 0
                while line := stream.readline(_LONGEST_LINE):
                    at += 1
                    rest = line
                    while len(rest) == _LONGEST_LINE and not rest.endswith(b"\n"):
                        rest = stream.readline(_LONGEST_LINE)
                    yield at, line
                    if at % 256 == 0:
                        progress(min(raw.tell(), total), total)
        progress(total, total)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:  # gzip's BadGzipFile is an OSError
        reason = getattr(error, "strerror", None) or "its packing is damaged or it breaks off"
        raise Unreadable(path, reason) from error


def _row(raw: bytes, *, first: bool) -> dict[str, Any] | None:
    """Return the object on a line, None for an empty line."""
    if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
        raise _Unusable(f"the line is longer than {_LONGEST_LINE >> 20} MB")
    try:
        line = raw.decode("utf-8-sig" if first else "utf-8").strip()
        row = json.loads(line) if line else None
    except UnicodeDecodeError as error:
        raise _Unusable("the line is not UTF-8") from error
    except (ValueError, RecursionError) as error:  # a number of too many digits is a ValueError, a bottomless list the other
        raise _Unusable("the line is not JSON") from error
    if row is not None and not isinstance(row, dict):
        raise _Unusable("the line is no JSON object")
    return row


def _name(row: dict[str, Any], *fields: str) -> str:
    """Return the first of `fields` as the name of something: text or a whole number, without control characters."""
    field_ = next((f for f in fields if row.get(f) not in (None, "")), None)
    if field_ is None:
        raise _Unusable(f"the line lacks {' and '.join(fields)}" if len(fields) == 1 else f"the line lacks {' or '.join(fields)}")
    value = row[field_]
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _Unusable(f"{field_} is neither text nor a whole number")
    name = nfc(str(value))
    if len(name) > _LONGEST_NAME or not name.isprintable() or not name.strip():
        raise _Unusable(f"{field_} is empty, longer than {_LONGEST_NAME} characters or holds control characters")
    return name


def _is_record(row: dict[str, Any]) -> bool:
    """Tell whether a row is a document by itself."""
    return row.get("id") not in (None, "")


def _address(row: dict[str, Any]) -> tuple[str, Locator]:
    """Return the number of the document that a row belongs to and the locator of its words."""
    if _is_record(row):
        return _name(row, "id"), Locator.parse(WHOLE)
    if not any(row.get(name) for name in ("document", "topic")):
        raise _Unusable("the line lacks id")
    number, label = _name(row, "document", "topic"), _name(row, "locator", "article")
    # an article is named by its bare number, a locator is written as printed
    return number, Locator.parse(f"Điều {label}" if not row.get("locator") and label[0].isdigit() else label)


def _text(row: dict[str, Any], name: str) -> str:
    """Return a field that must be text where it is there, cleaned."""
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Unusable(f"{name} is no text")
    return _cleaned(value)


def _cleaned(text: str) -> str:
    """Return `clean(text)`, many times faster where there is nothing to clean."""
    if unicodedata.is_normalized("NFC", text) and "  " not in text:
        lines = text.split("\n")
        if all(line.isprintable() and line and line[0] != " " and line[-1] != " " for line in lines):
            return text
    return clean(text)


def _provision(row: dict[str, Any], locator: Locator) -> Provision:
    """Return the provision of a row; a record's title is its document's, so that its heading is empty."""
    text = _text(row, "text")
    if not text:
        raise _Unusable("the line lacks text")
    heading = "" if _is_record(row) else _text(row, "title")
    language = _language(row, f"{heading}\n{text}")
    return Provision(locator, _in(language, heading), _in(language, text), span=(0, len(text)))


def _language(row: dict[str, Any], text: str) -> str:
    """Return the language that a row names, else Vietnamese where its letters are found, else English."""
    named = row.get("lang")
    return named if named in ("vi", "en") else "vi" if _VIETNAMESE.search(text) else "en"


def _in(language: str, text: str) -> Bilingual:
    """Return a text in one language."""
    return Bilingual(en=text) if language == "en" else Bilingual(vi=text)


def _head(row: dict[str, Any], number: str) -> Document:
    """Return the document of a row without provisions."""
    title = _text(row, "title" if _is_record(row) else "document_title")
    issuer, kind, second = _text(row, "issuer"), _text(row, "kind"), _text(row, "number")
    dates = {name: _date(row, name) for name in ("issued", "effective_from", "effective_to")}
    return Document(
        number=number,
        title=_in(_language(row, title), title),
        issuer=_in(_language(row, issuer), issuer),
        kind=kind or RECORD,
        issued=dates["issued"],
        # without a date of force nothing is known of it
        status="in_force" if dates["effective_from"] or dates["effective_to"] else "unknown",
        effective_from=dates["effective_from"],
        effective_to=dates["effective_to"],
        aliases=(second,) if second and second != number else (),
        urls=(_url(row),) if row.get("url") else (),
        text_kind="official",
    )


def _date(row: dict[str, Any], name: str) -> str | None:
    """Return a full or partial ISO date."""
    value = row.get(name)
    if value in (None, ""):
        return None
    try:
        if not _DATE.fullmatch(str(value)):
            raise ValueError(value)
        first_day(str(value))
    except ValueError as error:
        raise _Unusable(f"{name} is no date in the form YYYY[-MM[-DD]]") from error
    return str(value)


def _url(row: dict[str, Any]) -> str:
    """Return a web address."""
    value = row["url"]
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s\"<>]+", value):
        raise _Unusable("url is no http or https address")
    return value
