"""The SQL catalogue: the truth about documents, provisions and passages, from which every cache can be rebuilt.

SQLAlchemy over SQLite by default, PostgreSQL by URL. A document's head is one row, each of its provisions and passages
another, so that any of them is read alone. Every document belongs to a source (the bundled library, or a file that was
ingested) and is written whole, in one transaction with all its passages. A passage's `key` names one content of it (see
`index.contents`): the caches know passages by key, and a key that is not here is no passage.

One act may be held in several texts, a digest and its official words: the first is held under the act's number, another under
the number with its kind behind it (“57-NQ/TW~official”). Documents are given with what others say of them (`index.relations`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any, overload
from weakref import finalize

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    case,
    delete,
    event,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from corpus.document import RECORD, Document, Provision, StoredProvisions
from corpus.passages import Passage
from index.engines import open_engine, out_of_reach
from index.erasing import erase
from index.errors import OutOfReach, StoreFailed
from index.held import Change, Head, Known, Text
from index.relations import Web, names_of, said_of
from index.rows import CHUNK, STATE, delete_documents, in_chunks, insert_rows, move_keys, renew_state
from index.schema import bring_up_to_date
from index.sketch import Sketch
from index.statements import Statements
from index.tables import (
    ABOUT,
    BANDS,
    DOCUMENTS,
    NAMES,
    PASSAGES,
    PROVISIONS,
    RELATIONS,
    document_of,
    document_row,
    name_row,
    passage_of,
    passage_row,
    provision_of,
    provision_rows,
    relation_row,
)  # fmt: skip

__all__ = ["LIBRARY", "Catalogue", "Change", "Head", "Known", "Text"]

LIBRARY = "library"
"""The source of the bundled documents; they come before all others."""

_WHOLE = 100
_NONE: Mapping[str, str] = MappingProxyType({})
_IN_ORDER = (case((DOCUMENTS.c.source == LIBRARY, 0), else_=1), DOCUMENTS.c.source, DOCUMENTS.c.position)


class Catalogue:
    """Documents, provisions and passages in one SQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        finalize(self, engine.dispose)  # a server is told when nobody needs its connections any more
        self.statements = Statements(self._rows)

    @classmethod
    def open(cls, url: str) -> Catalogue:
        """Open the catalogue at an SQLAlchemy URL, its tables made or brought to their present form; raises StoreFailed or StaleIndex."""
        with cls._translated():
            engine = open_engine(url)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _shared)
            bring_up_to_date(engine)
        return cls(engine)

    @staticmethod
    @contextmanager
    def _translated() -> Iterator[None]:
        """Turn the database's errors into ours, at this one border."""
        try:
            yield
        except (SQLAlchemyError, ImportError) as error:  # ImportError: the URL names a driver that is not installed
            if out_of_reach(error):
                raise OutOfReach("The database that holds the catalogue does not answer.") from error
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

    def write(self, source: str, changes: Sequence[Change], moved: Mapping[str, str] = _NONE) -> None:
        """Put documents of a source in place of those of the same names, if any; `moved` gives new keys for old ones of others."""
        names = [change.held_as for change in changes]
        with self._translated(), self._engine.begin() as connection:
            delete_documents(connection, names)
            insert_rows(connection, DOCUMENTS, (document_row(c.document, c.held_as, source, c.position, c.digest, c.sketch) for c in changes))
            insert_rows(connection, PROVISIONS, (row for c in changes for row in provision_rows(c.document, c.held_as)))
            insert_rows(connection, PASSAGES, (passage_row(k, p) for c in changes for k, p in c.passages.items()))
            insert_rows(connection, RELATIONS, (relation_row(said) for c in changes for said in said_of(c.document, c.held_as, source)))
            insert_rows(connection, NAMES, (name_row(name) for c in changes for name in names_of(c.document, c.held_as)))
            insert_rows(connection, BANDS, ({"band": band, "document": c.held_as} for c in changes for band in c.sketch.bands()))
            move_keys(connection, moved)
            renew_state(connection)

    def rewrite_passages(self, changes: Iterable[tuple[str, Mapping[str, Passage]]]) -> None:
        """Give documents other passages, when the way of cutting has changed."""
        with self._translated(), self._engine.begin() as connection:
            for name, passages in changes:
                connection.execute(delete(PASSAGES).where(PASSAGES.c.document == name))
                insert_rows(connection, PASSAGES, (passage_row(k, p) for k, p in passages.items()))
            renew_state(connection)

    def settle(self, positions: Mapping[str, int], removed: Sequence[str] = (), moved: Mapping[str, str] = _NONE) -> None:
        """Remove documents, give others their places in their source, and passages of others new keys for old ones."""
        with self._translated(), self._engine.begin() as connection:
            delete_documents(connection, removed)
            if positions:
                placed = update(DOCUMENTS).where(DOCUMENTS.c.id == bindparam("which")).values(position=bindparam("to"))
                connection.execute(placed, [{"which": name, "to": place} for name, place in positions.items()])
            move_keys(connection, moved)
            renew_state(connection)

    def tidy(self) -> bool:
        """Leave nothing of what was deleted in the file of an SQLite database; returns False while somebody else reads it."""
        with self._translated():
            return erase(self._engine)

    # --- reading ---------------------------------------------------------------------------------------------------------

    def is_whole(self) -> bool:
        """Tell whether the file of an SQLite database is whole; another database sees to that itself."""
        if self._engine.dialect.name != "sqlite":
            return True
        with self._reading() as connection:
            return connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"

    def state(self) -> str:
        """Return a name for what the catalogue holds now, another one after every change."""
        rows = self._rows(select(ABOUT.c.value).where(ABOUT.c.name == STATE))
        return str(rows[0][0]) if rows else ""

    def known(self, source: str) -> dict[str, Known]:
        """Return what is known of a source's documents, by number."""
        d = DOCUMENTS.c
        rows = self._rows(select(d.number, d.digest, d.position, d.id).where(d.source == source))
        return {number: Known(digest, position, name) for number, digest, position, name in rows}

    def texts(self, numbers: Sequence[str]) -> dict[str, list[Text]]:
        """Return the texts of acts by number, official words before a digest's; what there is none of is left out."""
        found: dict[str, list[Text]] = {}
        for part in in_chunks(numbers):
            for text in self._texts(DOCUMENTS.c.number.in_(part)):
                found.setdefault(text.number, []).append(text)
        return found

    def alike(self, sketch: Sketch) -> list[Text]:
        """Return the texts that are the same as a sketch's or may be nearly so, in the order of their names."""
        if not sketch.said:
            return []
        near = select(BANDS.c.document).where(BANDS.c.band.in_(list(sketch.bands())))
        return self._texts(or_(DOCUMENTS.c.said == sketch.said, DOCUMENTS.c.id.in_(near)))

    def _texts(self, wanted: Any) -> list[Text]:
        """Return the texts that meet a condition."""
        d = DOCUMENTS.c
        order = (case((d.text_kind == "official", 0), else_=1), d.id)
        rows = self._rows(select(d.id, d.number, d.source, d.kind, d.text_kind, d.said, d.sketch).where(wanted).order_by(*order))
        return [Text(name, number, source, kind, text_kind, Sketch(said, marks)) for name, number, source, kind, text_kind, said, marks in rows]

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
        """Yield the names under which documents are held, in order: their numbers but for further texts of an act."""
        with self._reading() as connection:
            for (name,) in connection.execution_options(yield_per=CHUNK).execute(select(DOCUMENTS.c.id).order_by(*_IN_ORDER)):
                yield name

    def held(self, *, but: str | None = None) -> Iterator[tuple[str, Document]]:
        """Yield the documents in order, with the names they are held under, without reading their provisions.

        Those of the kind `but` are passed over.
        """
        d = DOCUMENTS.c
        query = select(d.id, d.source, d.provisions, d.head).order_by(*_IN_ORDER)
        if but is not None:
            query = query.where(d.kind != but)
        web = self.statements.whole()
        with self._reading() as connection:
            for name, source, count, head in connection.execution_options(yield_per=CHUNK).execute(query):
                yield name, web.effective(self._head(name, count, head), name, source)

    def heads(self, *, but: str | None = None) -> Iterator[Document]:
        """Yield the documents in order without reading their provisions; those of the kind `but` are passed over."""
        return (document for _, document in self.held(but=but))

    def documents(self) -> Iterator[Document]:
        """Yield all documents in order, whole, one at a time."""
        for head in self.heads():
            yield replace(head, provisions=tuple(head.provisions))

    def stated(self, names: Collection[str]) -> list[Head]:
        """Return documents as their sources state them, without provisions, by the names they are held under."""
        d = DOCUMENTS.c
        rows = [row for part in in_chunks(sorted(names)) for row in self._rows(select(d.id, d.source, d.head).where(d.id.in_(part)))]
        return [Head(document_of(head), name, source) for name, source, head in rows]

    def document(self, name: str) -> Document | None:
        """Return the document held under a name, else of that number, official words first; None for no such.

        Its provisions are read when they are few and left to be read when they are many.
        """
        d, p = DOCUMENTS.c, PROVISIONS.c
        joined = DOCUMENTS.outerjoin(PROVISIONS, (p.document == d.id) & (d.provisions <= _WHOLE))
        columns = select(d.id, d.source, d.kind, d.provisions, d.head, p.body).select_from(joined)
        rows = self._rows(columns.where(d.id == name).order_by(p.place))
        if not rows:
            other = self.texts([name]).get(name)
            rows = self._rows(columns.where(d.id == other[0].held_as).order_by(p.place)) if other else ()
        if not rows:
            return None
        held_as, source, kind, count, head, _ = rows[0]
        document = self._head(held_as, count, head)
        if count <= _WHOLE:
            document = replace(document, provisions=tuple(provision_of(row.body) for row in rows if row.body is not None))
        return document if kind == RECORD else self.web([held_as]).effective(document, held_as, source)

    def web(self, names: Collection[str]) -> Web:
        """Return all that bears on the force of documents."""
        return self.statements.web(names)

    def _head(self, name: str, count: int, head: str) -> Document:
        """Return a document whose provisions are read when they are asked for."""
        document = document_of(head)
        return replace(document, provisions=Stored(self, name, count)) if count else document

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
        return {r.key: passage_of(r) for part in in_chunks(keys) for r in self._rows(select(PASSAGES).where(PASSAGES.c.key.in_(part)))}

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
        for part in in_chunks(numbers):
            for number, key in self._rows(select(p.document, p.key).where(p.document.in_(part))):
                found.setdefault(number, set()).add(key)
        return found

    def sample(self, size: int) -> list[Passage]:
        """Return up to `size` different different passages, spread evenly over documents and provisions: those of every n-th key."""
        ranked = select(PASSAGES.c.key, (func.row_number().over(order_by=PASSAGES.c.key) - 1).label("rank")).subquery()
        step = max(1, self.count()[1] // max(1, size))
        keys = select(ranked.c.key).where(ranked.c.rank % step == 0).order_by(ranked.c.rank).limit(size)
        return [passage_of(row) for row in self._rows(select(PASSAGES).where(PASSAGES.c.key.in_(keys)).order_by(PASSAGES.c.key))]

    def sample_keys(self, size: int) -> list[str]:
        """Return the keys of about `size` different passages spread over the catalogue, of all where there are no more."""
        row = PASSAGES.c.row
        low, high = self._rows(select(func.min(row), func.max(row)))[0]
        if low is None:
            return []
        places = sorted({low + (high - low) * i // max(1, size - 1) for i in range(size)})
        # rows of what was deleted are not there; where that is most of them the first ones do
        found = self._rows(select(PASSAGES.c.key).where(row.in_(places)))
        if len(found) < size // 2:
            found = self._rows(select(PASSAGES.c.key).order_by(row).limit(size))
        return [key for (key,) in found]

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
    cursor.execute("PRAGMA synchronous=FULL")  # what was accepted outlives a power cut
    cursor.close()
