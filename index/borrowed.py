"""What an official text does not say of itself, taken from the digest or card of the same number: title, dates, status.

Some texts go round without their head. The words of the act are never touched, and a note tells what was taken.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from corpus.document import Bilingual, Document
from index.catalogue import Catalogue

__all__ = ["completed"]


def completed(document: Document, catalogue: Catalogue, known: Collection[str]) -> tuple[Document, tuple[str, ...]]:
    """Return a document with what it lacks, and the names of what was taken from another text of its number.

    `known` names the fields that its own text, or a person, gave. A title in the other language, aliases and addresses are taken
    silently: they say nothing else.
    """
    others = [text for text in catalogue.texts([document.number]).get(document.number, ()) if text.text_kind != "official"]
    other = catalogue.stated([others[0].held_as])[0].document if others else None
    if other is None or document.text_kind != "official":
        return document, ()
    taken: dict[str, Any] = {name: value for name, value in _lacking(document, other, known) if value}
    title = taken.get("title") or Bilingual(document.title.vi or other.title.vi, document.title.en or other.title.en)
    issuer = taken.get("issuer") or Bilingual(document.issuer.vi or other.issuer.vi, document.issuer.en or other.issuer.en)
    aliases = tuple(dict.fromkeys((*document.aliases, *other.aliases)))
    whole = replace(document, **(taken | {"title": title, "issuer": issuer, "aliases": aliases, "urls": document.urls or other.urls}))
    return whole, tuple(name for name in taken if name != "status_note")


def _lacking(document: Document, other: Document, known: Collection[str]) -> list[tuple[str, Any]]:
    """Return what a document lacks with the value that the other has for it."""
    pairs: list[tuple[str, Any]] = []
    if "title" not in known:
        pairs.append(("title", other.title))
    if not document.issuer.vi and not document.issuer.en and "issuer" not in known:
        pairs.append(("issuer", other.issuer if other.issuer.vi or other.issuer.en else None))
    if document.kind == "document" and "kind" not in known:
        pairs.append(("kind", other.kind))
    pairs += [(name, getattr(other, name)) for name in ("issued", "effective_from", "effective_to") if not getattr(document, name)]
    if document.status == "unknown" and "status" not in known and other.status != "unknown":
        pairs += [("status", other.status), ("status_note", other.status_note if other.status_note.vi or other.status_note.en else None)]
    return pairs
