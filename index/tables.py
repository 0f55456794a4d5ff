"""The tables of the catalogue, and how documents and passages become rows of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

from corpus.document import Document, Provision
from corpus.passages import Passage
from index.contents import issuers_of
from index.relations import Name, Said
from index.sketch import Sketch

__all__ = [
    "ABOUT", "BANDS", "DOCUMENTS", "META", "NAMES", "PASSAGES", "PROVISIONS", "RELATIONS", "document_of", "document_row",
    "name_of", "name_row", "passage_of", "passage_row", "provision_of", "provision_rows", "relation_of", "relation_row",
]  # fmt: skip

META = MetaData()
ABOUT = Table("about", META, Column("name", String(50), primary_key=True), Column("value", Text, nullable=False))
DOCUMENTS = Table(
    "documents", META,
    Column("id", String(500), primary_key=True),
    Column("number", String(500), nullable=False, index=True),
    Column("source", Text, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(200), nullable=False),
    Column("issuers", Text, nullable=False),
    Column("text_kind", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("said", String(64), nullable=False, index=True),
    Column("sketch", LargeBinary, nullable=False),
    Column("provisions", Integer, nullable=False),
    Column("head", Text, nullable=False),
)  # fmt: skip
PROVISIONS = Table(
    "provisions", META,
    Column("document", String(500), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("locator", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("provisions_by_locator", "document", "locator"),
)  # fmt: skip
PASSAGES = Table(
    "passages", META,
    Column("row", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("document", String(500), nullable=False),
    Column("number", String(500), nullable=False),
    Column("locator", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("language", String(2), nullable=False),
    Column("serves", String(3), nullable=False),
    Column("role", String(20), nullable=False),
    Column("breadcrumb", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("passages_by_place", "document", "locator"),
)  # fmt: skip
RELATIONS = Table(
    "relations", META,
    Column("document", String(500), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("number", String(500), nullable=False),
    Column("source", Text, nullable=False),
    Column("official", Boolean, nullable=False),
    Column("begins", String(10)),
    Column("type", String(50), nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("printed", Text, nullable=False),
    Column("since", String(10)),
)  # fmt: skip
NAMES = Table(
    "names", META,
    Column("row", Integer, primary_key=True),
    Column("norm", Text, nullable=False, index=True),
    Column("document", String(500), nullable=False, index=True),
    Column("number", String(500), nullable=False),
    Column("act", Text, nullable=False),
)  # fmt: skip
BANDS = Table(
    "bands", META,
    Column("row", Integer, primary_key=True),
    Column("band", String(20), nullable=False, index=True),
    Column("document", String(500), nullable=False, index=True),
)  # fmt: skip


def document_row(document: Document, held_as: str, source: str, position: int, digest: str, sketch: Sketch) -> dict[str, Any]:
    """Return the row of a document without its provisions."""
    head = replace(document, provisions=()).to_json()
    del head["provisions"]
    return {
        "id": held_as, "number": document.number, "source": source, "position": position, "kind": document.kind,
        "issuers": "\n".join(issuers_of(document)), "text_kind": document.text_kind, "digest": digest, "said": sketch.said, "sketch": sketch.marks,
        "provisions": len(document.provisions), "head": json.dumps(head, ensure_ascii=False),
    }  # fmt: skip


def document_of(head: str) -> Document:
    """Return the document of a row, without provisions."""
    return Document.from_json({**json.loads(head), "provisions": ()})


def provision_of(body: str) -> Provision:
    """Return the provision of a row."""
    return Provision.from_json(json.loads(body))


def provision_rows(document: Document, held_as: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a document's provisions."""
    for place, provision in enumerate(document.provisions):
        yield {
            "document": held_as, "place": place, "locator": str(provision.locator).casefold(),
            "body": json.dumps(provision.to_json(), ensure_ascii=False),
        }  # fmt: skip


def passage_row(key: str, passage: Passage) -> dict[str, Any]:
    """Return the row of a passage."""
    return {
        "key": key, "document": passage.held_as, "number": passage.document, "locator": passage.locator, "part": passage.part,
        "language": passage.language, "serves": passage.serves, "role": passage.role, "breadcrumb": passage.breadcrumb,
        "heading": passage.heading, "text": passage.text, "start": passage.span[0], "end": passage.span[1],
    }  # fmt: skip


def passage_of(row: Any) -> Passage:
    """Return the passage of a row."""
    return Passage(
        row.key.rpartition("~")[0], row.number, row.locator, row.part, row.language, row.serves, row.role, row.breadcrumb, row.heading,
        row.text, (row.start, row.end), row.document,
    )  # fmt: skip


def relation_row(said: Said) -> dict[str, Any]:
    """Return the row of what a document's source states of another."""
    return asdict(said)


def relation_of(row: Any) -> Said:
    """Return what a row says that a document's source states of another."""
    return Said(
        row.document, row.number, row.source, row.official, row.begins, row.place, row.type, row.target, row.printed, row.since
    )  # fmt: skip


def name_row(name: Name) -> dict[str, Any]:
    """Return the row of a name."""
    return asdict(name)


def name_of(row: Any) -> Name:
    """Return the name of a row."""
    return Name(row.norm, row.document, row.number, row.act)
