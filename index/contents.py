"""A document as the index holds it: a hash that changes with it, its passages by key, and an entry for each of them.

A key is the passage's id with a short hash behind it of everything that is searched, filtered on or shown. So a key never
changes its meaning: a passage whose words, title or dates change is another key, and what has the same key is not
encoded again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from corpus.document import Document
from corpus.normalise import fold
from corpus.passages import Passage, cut
from index.entry import Entry, Filters

__all__ = ["admits", "digest_of", "entries_of", "issuers_of", "passages_of", "rekeyed"]

Keyed = Mapping[str, Passage]


def digest_of(document: Document) -> str:
    """Return a hash of all that a document says."""
    return hashlib.sha256(json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def passages_of(document: Document, held_as: str = "") -> dict[str, Passage]:
    """Cut a document, held under its number or another name; returns its passages by key, in order."""
    filters = repr(_filters(document)).encode()
    return {_key(passage, filters): passage for passage in cut(document, held_as=held_as)}


def rekeyed(document: Document, passages: Keyed) -> dict[str, Passage]:
    """Return the passages that a document had, in their order, by the keys that they have now that its status is another."""
    filters = repr(_filters(document)).encode()
    return {_key(passage, filters): passage for passage in passages.values()}


def entries_of(document: Document, passages: Keyed, keys: Iterable[str]) -> list[Entry]:
    """Return what the caches keep of those passages of a document that have the given keys."""
    issuers, kind, year, first, last = _filters(document)
    return [
        Entry(
            key=key,
            serves=passage.serves,
            text=passage.embedding_text,
            document=passage.document,
            issuers=issuers,
            kind=kind,
            year=year,
            valid_from=first,
            valid_to=last,
        )
        for key in keys
        if (passage := passages[key])
    ]


def admits(filters: Filters, document: Document) -> bool:
    """Tell whether filters admit the passages of a document."""
    issuers, kind, year, first, last = _filters(document)
    return filters.admit(Entry("", "", "", document.number, issuers, kind, year, first, last))


def issuers_of(document: Document) -> tuple[str, ...]:
    """Return the names of a document's issuer in both languages, without diacritics."""
    return tuple(dict.fromkeys(fold(name) for name in (document.issuer.vi, document.issuer.en) if name))


def _filters(document: Document) -> tuple[tuple[str, ...], str, int, int, int]:
    """Return what a document's passages are filtered by: issuers without diacritics, kind, year of issue, interval of validity."""
    year = int(document.issued[:4]) if document.issued else 0
    return issuers_of(document), document.kind, year, *document.valid_between()


def _key(passage: Passage, filters: bytes) -> str:
    """Return the key of one content of a passage."""
    said = "\x00".join(
        (passage.serves, passage.role, passage.breadcrumb, passage.heading, passage.text, f"{passage.span[0]}:{passage.span[1]}"),
    )
    return f"{passage.id}~{hashlib.blake2b(said.encode() + filters, digest_size=8).hexdigest()}"
