"""The SQL catalogue: the truth about documents, provisions and passages, from which every cache can be rebuilt.

SQLAlchemy over SQLite by default, PostgreSQL by URL. A document's head is one row, each of its provisions and passages
another, so that any of them is read alone. Every document belongs to a source (the bundled library, or a file that was
ingested) and is written whole, in one transaction with all its passages. A passage's `key` names one content of it (see
`index.contents`): the caches know passages by key, and a key that is not here is no passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, overload

from sqlalchemy import Connection, Engine, MetaData, Table, bindparam, case, create_engine, delete, event, func, insert, inspect, select, update
from sqlalchemy.exc import SQLAlchemyError

from corpus.document import Document, Provision, StoredProvisions
from corpus.passages import Passage
from index.errors import StaleIndex, StoreFailed
from index.tables import (
    ABOUT,
    DOCUMENTS,
    META,
    PASSAGES,
    PROVISIONS,
    SCHEMA,
    document_of,
    document_row,
    passage_of,
    passage_row,
    provision_of,
    provision_rows,
)  # fmt: skip

__all__ = ["LIBRARY", "Catalogue", "Change", "Known"]

LIBRARY = "library"
"""The source of the bundled documents; they come before all others."""

_CHUNK = 5000
_WHOLE = 100
_IN_ORDER = (case((DOCUMENTS.c.source == LIBRARY, 0), else_=1), DOCUMENTS.c.source, DOCUMENTS.c.position)


@dataclass(frozen=True, slots=True)
class Change:
    """A document to be written: where it stands in its source, the hash of its content, and its passages by key."""

    document: Document
    position: int
    digest: str
    passages: Mapping[str, Passage]


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue knows of a document without reading it."""

    digest: str
    position: int


class Catalogue:
    """Documents, provisions and passages in one SQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Catalogue:
        """Open the catalogue at an SQLAlchemy URL and make its tables; raises StoreFailed or StaleIndex."""
        with cls._translated():
            engine = create_engine(url)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _shared)
            tables = inspect(engine).get_table_names()
            if ABOUT.name not in tables:
                _make(engine, tables)
            with engine.connect() as connection:
                found = connection.execute(select(ABOUT.c.value).where(ABOUT.c.name == "schema")).scalar()
        if found != SCHEMA:
            raise StaleIndex(
                f"The catalogue was made by another version (its form is {found}, this version reads {SCHEMA}).",
                advice="Use the version that made it, or give this one a data folder of its own by ATTACHE_HOME and ingest again.",
            )
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

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Give a connection for reading."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    # --- writing: each call is one transaction ---------------------------------------------------------------------------

    def write(self, source: str, changes: Sequence[Change]) -> None:
        """Put documents of a source in place of those of the same numbers, if any."""
        numbers = [change.document.number for change in changes]
        with self._translated(), self._engine.begin() as connection:
            _delete(connection, numbers)
            _insert(connection, DOCUMENTS, (document_row(c.document, source, c.position, c.digest) for c in changes))
            _insert(connection, PROVISIONS, (row for change in changes for row in provision_rows(change.document)))
            _insert(connection, PASSAGES, (passage_row(k, p) for change in changes for k, p in change.passages.items()))

    def rewrite_passages(self, changes: Iterable[tuple[str, Mapping[str, Passage]]]) -> None:
        """Give documents other passages, when the way of cutting has changed."""
        with self._translated(), self._engine.begin() as connection:
            for number, passages in changes:
                connection.execute(delete(PASSAGES).where(PASSAGES.c.document == number))
                _insert(connection, PASSAGES, (passage_row(k, p) for k, p in passages.items()))

    def settle(self, positions: Mapping[str, int], removed: Sequence[str] = ()) -> None:
        """Remove documents, and give others their places in their source."""
        with self._translated(), self._engine.begin() as connection:
            _delete(connection, removed)
            if positions:
                moved = update(DOCUMENTS).where(DOCUMENTS.c.number == bindparam("which")).values(position=bindparam("to"))
                connection.execute(moved, [{"which": number, "to": place} for number, place in positions.items()])

    # --- reading ---------------------------------------------------------------------------------------------------------

    def known(self, source: str) -> dict[str, Known]:
        """Return what is known of a source's documents, by number."""
        d = DOCUMENTS.c
        with self._reading() as connection:
            rows = connection.execute(select(d.number, d.digest, d.position).where(d.source == source))
            return {number: Known(digest, position) for number, digest, position in rows}

    def owners(self, numbers: Sequence[str]) -> dict[str, str]:
        """Return the sources of those of the given documents that there are."""
        d = DOCUMENTS.c
        return {n: s for part in _chunks(numbers) for n, s in self._rows(select(d.number, d.source).where(d.number.in_(part)))}

    def sources(self) -> dict[str, int]:
        """Return the number of documents by source."""
        d = DOCUMENTS.c
        return {source: int(count) for source, count in self._rows(select(d.source, func.count()).group_by(d.source).order_by(d.source))}

    def issuers(self) -> set[str]:
        """Return the names of all issuers, without diacritics."""
        return {name for (row,) in self._rows(select(DOCUMENTS.c.issuers).distinct()) for name in row.split("\n") if name}

    def kinds(self) -> set[str]:
        """Return the kinds of all documents."""
        return {kind for (kind,) in self._rows(select(DOCUMENTS.c.kind).distinct())}

    def numbers(self) -> Iterator[str]:
        """Yield the numbers of all documents in order."""
        with self._reading() as connection:
            for (number,) in connection.execution_options(yield_per=_CHUNK).execute(select(DOCUMENTS.c.number).order_by(*_IN_ORDER)):
                yield number

    def heads(self, *, but: str | None = None) -> Iterator[Document]:
        """Yield the documents in order without reading their provisions; those of the kind `but` are passed over."""
        d = DOCUMENTS.c
        query = select(d.number, d.provisions, d.head).order_by(*_IN_ORDER)
        if but is not None:
            query = query.where(d.kind != but)
        with self._reading() as connection:
            for number, count, head in connection.execution_options(yield_per=_CHUNK).execute(query):
                yield self._head(number, count, head)

    def documents(self) -> Iterator[Document]:
        """Yield all documents in order, whole, one at a time."""
        for head in self.heads():
            yield replace(head, provisions=tuple(head.provisions))

    def document(self, number: str) -> Document | None:
        """Return a document, its provisions read when they are few and left to be read when they are many; None for no such."""
        d, p = DOCUMENTS.c, PROVISIONS.c
        joined = DOCUMENTS.outerjoin(PROVISIONS, (p.document == d.number) & (d.provisions <= _WHOLE))
        rows = self._rows(select(d.provisions, d.head, p.body).select_from(joined).where(d.number == number).order_by(p.place))
        if not rows:
            return None
        count, head, _ = rows[0]
        document = self._head(number, count, head)
        if count > _WHOLE:
            return document
        return replace(document, provisions=tuple(provision_of(body) for *_, body in rows if body is not None))

    def _head(self, number: str, count: int, head: str) -> Document:
        """Return a document whose provisions are read when they are asked for."""
        document = document_of(head)
        return replace(document, provisions=Stored(self, number, count)) if count else document

    def provisions(self, number: str, first: int = 0, last: int | None = None) -> tuple[Provision, ...]:
        """Return the provisions of a document from place `first` to before `last`."""
        p = PROVISIONS.c
        wanted = select(p.body).where(p.document == number, p.place >= first).order_by(p.place)
        rows = self._rows(wanted if last is None else wanted.where(p.place < last))
        return tuple(provision_of(body) for (body,) in rows)

    def provision(self, number: str, locator: str) -> Provision | None:
        """Return the provision at a locator in lower case."""
        p = PROVISIONS.c
        rows = self._rows(select(p.body).where(p.document == number, p.locator == locator).order_by(p.place).limit(1))
        return provision_of(rows[0][0]) if rows else None

    def passages(self, keys: Sequence[str]) -> dict[str, Passage]:
        """Return the passages of the given keys, by key; unknown keys are left out."""
        return {r.key: passage_of(r) for part in _chunks(keys) for r in self._rows(select(PASSAGES).where(PASSAGES.c.key.in_(part)))}

    def opening(self, number: str, locator: str) -> dict[str, str]:
        """Return the keys of the first passages of a provision, by language."""
        p = PASSAGES.c
        return {
            language: key for language, key in self._rows(select(p.language, p.key).where(p.document == number, p.locator == locator, p.part == 1))
        }

    def keys(self) -> set[str]:
        """Return the keys of all passages."""
        return {key for (key,) in self._rows(select(PASSAGES.c.key))}

    def keys_of(self, numbers: Sequence[str]) -> dict[str, set[str]]:
        """Return the keys of the passages of documents, by the document's number."""
        p = PASSAGES.c
        found: dict[str, set[str]] = {}
        for part in _chunks(numbers):
            for number, key in self._rows(select(p.document, p.key).where(p.document.in_(part))):
                found.setdefault(number, set()).add(key)
        return found

    def sample(self, size: int) -> list[Passage]:
        """Return up to `size` different passages spread evenly over the catalogue, without reading the others."""
        row = PASSAGES.c.row
        low, high = self._rows(select(func.min(row), func.max(row)))[0]
        if low is None:
            return []
        places = [low + (high - low) * i // max(1, size - 1) for i in range(size)]
        found = [self._rows(select(PASSAGES).where(row >= place).order_by(row).limit(1))[0] for place in places]
        return list({r.key: passage_of(r) for r in found}.values())

    def count(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages."""
        documents, passages = (self._rows(select(func.count()).select_from(table))[0][0] for table in (DOCUMENTS, PASSAGES))
        return int(documents), int(passages)

    def _rows(self, query: Any) -> Sequence[Any]:
        """Return the rows of a query."""
        with self._reading() as connection:
            return connection.execute(query).fetchall()

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


class Stored(StoredProvisions):
    """The provisions of one document, read from the catalogue when they are asked for."""

    def __init__(self, catalogue: Catalogue, number: str, count: int) -> None:
        self._catalogue, self._number, self._count = catalogue, number, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Provision]:
        return iter(self._catalogue.provisions(self._number))

    @overload
    def __getitem__(self, at: int) -> Provision: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Provision, ...]: ...

    def __getitem__(self, at: int | slice) -> Provision | tuple[Provision, ...]:
        places = range(self._count)[at]
        if isinstance(places, int):
            return self._catalogue.provisions(self._number, places, places + 1)[0]
        if not places:
            return ()
        first, last = min(places), max(places) + 1
        return tuple(self._catalogue.provisions(self._number, first, last)[place - first] for place in places)

    def find(self, locator: str) -> Provision | None:
        """Return the provision at a locator in lower case."""
        return self._catalogue.provision(self._number, locator)


def _shared(connection: Any, record: Any) -> None:
    """Let readers of an SQLite file go on while one process writes."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _make(engine: Engine, tables: Sequence[str]) -> None:
    """Make the tables. Those of the first version, which held nothing but the bundled library, give way."""
    with engine.begin() as connection:
        for name in ("passages", "documents"):
            if name in tables:
                Table(name, MetaData()).drop(connection)
        META.create_all(connection)
        connection.execute(insert(ABOUT), [{"name": "schema", "value": SCHEMA}])


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the values in parts that a database takes in one query."""
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def _delete(connection: Connection, numbers: Sequence[str]) -> None:
    """Delete documents with all that belongs to them."""
    for part in _chunks(numbers):
        connection.execute(delete(PASSAGES).where(PASSAGES.c.document.in_(part)))
        connection.execute(delete(PROVISIONS).where(PROVISIONS.c.document.in_(part)))
        connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.number.in_(part)))


def _insert(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows; none is no error."""
    every = list(rows)
    if every:
        connection.execute(insert(table), every)
