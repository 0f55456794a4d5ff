"""The SQL catalogue: the truth about documents and passages, from which every cache can be rebuilt.

SQLAlchemy over SQLite by default, PostgreSQL by URL. A document is kept as one JSON value beside the columns that are
searched by; its passages are rows of their own, so that a hit is read by id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, Text, create_engine, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from corpus.document import Document
from corpus.passages import Passage
from index.errors import StoreFailed

__all__ = ["Catalogue"]

_META = MetaData()
_DOCUMENTS = Table(
    "documents", _META,
    Column("number", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("text_kind", String(20), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
)  # fmt: skip
_PASSAGES = Table(
    "passages", _META,
    Column("id", String(400), primary_key=True),
    Column("document", String(200), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("locator", String(300), nullable=False),
    Column("part", Integer, nullable=False),
    Column("language", String(2), nullable=False),
    Column("serves", String(3), nullable=False),
    Column("role", String(20), nullable=False),
    Column("breadcrumb", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)  # fmt: skip


class Catalogue:
    """Documents and passages in one SQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Catalogue:
        """Open the catalogue at an SQLAlchemy URL and make its tables; raises StoreFailed."""
        with cls._translated():
            engine = create_engine(url)
            _META.create_all(engine)
        return cls(engine)

    @staticmethod
    @contextmanager
    def _translated() -> Iterator[None]:
        """Turn the database's errors into ours, at this one border."""
        try:
            yield
        except (SQLAlchemyError, ImportError) as error:  # ImportError: the URL names a driver that is not installed
            raise StoreFailed(
                f"The catalogue cannot be read or written ({type(error).__name__}).",
                advice="Check that the data folder exists, has room and may be written; then `attache index rebuild`.",
            ) from error

    def replace_all(self, documents: Iterable[tuple[Document, Sequence[Passage]]]) -> None:
        """Make the catalogue hold exactly these documents with their passages, in one transaction."""
        with self._translated(), self._engine.begin() as connection:
            connection.execute(delete(_PASSAGES))
            connection.execute(delete(_DOCUMENTS))
            position = 0
            for place, (document, passages) in enumerate(documents):
                connection.execute(insert(_DOCUMENTS), [_document_row(document, place)])
                rows = [_passage_row(passage, position + i) for i, passage in enumerate(passages)]
                position += len(rows)
                if rows:
                    connection.execute(insert(_PASSAGES), rows)

    def documents(self) -> tuple[Document, ...]:
        """Return all documents in library order."""
        with self._translated(), self._engine.connect() as connection:
            rows = connection.execute(select(_DOCUMENTS.c.body).order_by(_DOCUMENTS.c.position))
            return tuple(Document.from_json(json.loads(row.body)) for row in rows)

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Return the passages of the given ids, by id; unknown ids are left out."""
        with self._translated(), self._engine.connect() as connection:
            rows = connection.execute(select(_PASSAGES).where(_PASSAGES.c.id.in_(list(ids))))
            return {row.id: _passage(row) for row in rows}

    def all_passages(self, batch: int = 1000) -> Iterator[list[Passage]]:
        """Yield every passage in order, in batches."""
        with self._translated(), self._engine.connect() as connection:
            result = connection.execute(select(_PASSAGES).order_by(_PASSAGES.c.position))
            for rows in result.partitions(batch):
                yield [_passage(row) for row in rows]

    def count(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages."""
        with self._translated(), self._engine.connect() as connection:
            documents = connection.execute(select(func.count()).select_from(_DOCUMENTS)).scalar_one()
            passages = connection.execute(select(func.count()).select_from(_PASSAGES)).scalar_one()
            return int(documents), int(passages)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _document_row(document: Document, position: int) -> dict[str, Any]:
    """Return the row of a document."""
    body = json.dumps(document.to_json(), ensure_ascii=False)
    return {
        "number": document.number, "position": position, "text_kind": document.text_kind, "sha256": document.sha256, "body": body,
    }  # fmt: skip


def _passage_row(passage: Passage, position: int) -> dict[str, Any]:
    """Return the row of a passage."""
    return {
        "id": passage.id, "document": passage.document, "position": position, "locator": passage.locator, "part": passage.part,
        "language": passage.language, "serves": passage.serves, "role": passage.role, "breadcrumb": passage.breadcrumb,
        "heading": passage.heading, "text": passage.text, "start": passage.span[0], "end": passage.span[1],
    }  # fmt: skip


def _passage(row: Any) -> Passage:
    """Return the passage of a row."""
    return Passage(
        row.id, row.document, row.locator, row.part, row.language, row.serves, row.role, row.breadcrumb, row.heading, row.text,
        (row.start, row.end),
    )  # fmt: skip
