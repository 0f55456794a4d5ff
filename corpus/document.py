"""Document and Provision: a policy document as a tree of addressed, dated text in one or two languages.

Values only: nothing here knows of files, databases or frameworks. Dates may be partial (`2024-12`, `2017`), since the
sources of many acts give no day; they are kept as ISO strings and compared by their first day.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from corpus.locator import Locator

__all__ = ["FRAME", "LANGUAGES", "NEVER", "RECORD", "Bilingual", "Document", "Provision", "Relation", "StoredProvisions", "first_day"]

LANGUAGES = ("vi", "en")
RECORD = "record"
"""The kind of a document that is a row of a table: its number is a key, no printed number of an act."""
FRAME = "frame"
"""The role of what frames an act and says nothing in it, its head and its signatures: shown, and not searched."""
NEVER = (99991231, 0)
"""The interval that holds no day."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Vietnamese and English; an empty string where a language is missing."""

    vi: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """Return the text in `language`, or in the other language when that one is missing."""
        return (self.en or self.vi) if language == "en" else (self.vi or self.en)

    def only(self, language: str) -> str:
        """Return the text in `language`, empty when it is missing."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed relation from one document to the document numbered `target`, valid from `since` when known."""

    type: str
    target: str
    since: str | None = None
    note: Bilingual = Bilingual()


@dataclass(frozen=True, slots=True)
class Provision:
    """An addressed part of a document: its words per language, where they stand in the source, and what they rest on."""

    locator: Locator
    heading: Bilingual
    text: Bilingual
    role: str = "provision"
    facts: tuple[str, ...] = ()
    confidence: str = "text"
    span: tuple[int, int] = (0, 0)
    page: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure from which `from_json` makes an equal provision."""
        return {
            "locator": str(self.locator), "heading": _plain(self.heading), "text": _plain(self.text), "role": self.role,
            "facts": list(self.facts), "confidence": self.confidence, "span": list(self.span), "page": self.page,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Provision:
        """Make a provision from what `to_json` returned."""
        return cls(
            locator=Locator.parse(data["locator"]),
            heading=Bilingual(**data["heading"]),
            text=Bilingual(**data["text"]),
            role=data["role"],
            facts=tuple(data["facts"]),
            confidence=data["confidence"],
            span=(data["span"][0], data["span"][1]),
            page=data["page"],
        )


class StoredProvisions(Sequence[Provision]):
    """Provisions that are kept elsewhere and read when they are asked for; equal to a tuple of the same provisions."""

    @abstractmethod
    def find(self, locator: str) -> Provision | None:
        """Return the provision at `locator` (in lower case, as printed) without reading the others."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document: identity, dates, relations and provisions in the order of the source.

    `status` is what the sources say without a date in mind; `status_on` answers for a day. `text_kind` is `digest` (our
    own words), `official` (the act's words) or `card` (metadata alone).
    """

    number: str
    title: Bilingual
    issuer: Bilingual
    kind: str
    issued: str | None
    status: str
    status_note: Bilingual = Bilingual()
    effective_from: str | None = None
    effective_to: str | None = None
    relations: tuple[Relation, ...] = ()
    aliases: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    text_kind: str = "digest"
    sha256: str = ""
    provisions: Sequence[Provision] = field(default=(), repr=False)

    def find(self, locator: str) -> Provision | None:
        """Return the provision at `locator` (letter case ignored), None when there is none."""
        wanted = str(Locator.parse(locator)).casefold()
        if isinstance(self.provisions, StoredProvisions):
            return self.provisions.find(wanted)
        for provision in self.provisions:
            if str(provision.locator).casefold() == wanted:
                return provision
        return None

    def related(self, *types: str) -> Iterator[Relation]:
        """Yield the relations of the given types in their written order."""
        return (relation for relation in self.relations if relation.type in types)

    def status_on(self, day: date) -> str:
        """Return the document's status on `day`: in_force, not_yet_in_force, expired, replaced, amended, or as declared.

        A dated relation or interval decides before the declared status; a status that says the act has ended at an
        unknown time is kept for every day from its issue on.
        """
        start = first_day(self.effective_from) or first_day(self.issued)
        if start and day < start:
            return "not_yet_in_force"
        dated_end = False
        for relation in self.related("replaced_by"):
            since = first_day(relation.since)
            if since:
                dated_end = True
                if day >= since:
                    return "replaced"
        end = first_day(self.effective_to)
        if end:
            dated_end = True
            if day > end:
                return "expired"
        if self.status in ("replaced", "expired") and dated_end:
            return "in_force"
        if self.status == "not_yet_in_force" and start:
            return "in_force"
        amended = [first_day(r.since) for r in self.related("amended_by", "partially_repealed_by")]
        if self.status == "amended" and amended and all(since and day < since for since in amended):
            return "in_force"
        return self.status

    def valid_between(self) -> tuple[int, int]:
        """Return the first and the last day (as yyyymmdd) on which the document is in force, amended or not, by `status_on`.

        A side without a date is open (0, 99991231); `NEVER` when there is no such day.
        """
        start = first_day(self.effective_from) or first_day(self.issued)
        ends = [since - timedelta(1) for r in self.related("replaced_by") if (since := first_day(r.since)) and since > date.min]
        end = first_day(self.effective_to)
        last = min([*ends, *([end] if end else [])], default=None)
        valid = self.status in ("in_force", "amended") or (self.status == "not_yet_in_force" and start is not None)
        if not valid and not (self.status in ("replaced", "expired") and last is not None):
            return NEVER
        if start and last and last < start:
            return NEVER
        return _as_number(start) if start else 0, _as_number(last) if last else NEVER[0]

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure from which `from_json` makes an equal document."""
        return {
            "number": self.number, "title": _plain(self.title), "issuer": _plain(self.issuer), "kind": self.kind, "issued": self.issued,
            "status": self.status, "status_note": _plain(self.status_note), "effective_from": self.effective_from,
            "effective_to": self.effective_to,
            "relations": [{"type": r.type, "target": r.target, "since": r.since, "note": _plain(r.note)} for r in self.relations],
            "aliases": list(self.aliases), "urls": list(self.urls), "text_kind": self.text_kind, "sha256": self.sha256,
            "provisions": [p.to_json() for p in self.provisions],
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Document:
        """Make a document from what `to_json` returned."""
        plain = dict(data)
        for name in ("title", "issuer", "status_note"):
            plain[name] = Bilingual(**plain[name])
        plain["relations"] = tuple(Relation(r["type"], r["target"], r["since"], Bilingual(**r["note"])) for r in plain["relations"])
        plain["aliases"], plain["urls"] = tuple(plain["aliases"]), tuple(plain["urls"])
        plain["provisions"] = tuple(Provision.from_json(p) for p in plain["provisions"])
        return cls(**plain)


def _plain(text: Bilingual) -> dict[str, str]:
    """Return both languages as a plain structure."""
    return {"vi": text.vi, "en": text.en}


def _as_number(day: date) -> int:
    """Return a day as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def first_day(text: str | None) -> date | None:
    """Return the first day that a full or partial ISO date can mean, None for None.

    Raises ValueError when the text is no date.
    """
    if text is None:
        return None
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
