"""The vector store: keys of passages and unit vectors, cosine distance. The only module that imports chromadb.

Embedded Chroma (`PersistentClient`) opens no port and needs no server; `ServedStore` is the same with its vectors on a Chroma
server that several workers share. It keeps vectors and keys alone; the fields that are
filtered on lie beside it in a small SQLite file, because Chroma's own filters read all its rows: 350 ms a search for one
document among 200,000 passages, 2.3 s for a day of validity. The words live in the catalogue, so a lost store is rebuilt. One
process writes, behind the lock of `index.home`, and nobody reads at the moment that it does: Chroma in one process knows nothing of
Chroma in another, and both would write its files in place. What a reader has in memory is as old as its opening. `MemoryStore` is exact and
lives in memory: a second implementation for tests and a check of the first.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from index.entry import NO_FILTERS, Entry, Filters
from index.errors import OutOfReach, StoreFailed
from index.locks import Turns

__all__ = ["ChromaStore", "MemoryStore", "ServedStore", "VectorStore"]

Vectors = NDArray[np.float32]
# 32 neighbours instead of Chroma's 16 find 97.5 instead of 96 of 100 among 200,000 clustered vectors, for a third more time of
# writing. What was written since the last thousand is read anew at every opening: with 20,000 that took 40 seconds.
_HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 100, "ef_search": 200, "sync_threshold": 1000}
_FEW, _MOST = 1000, 4096
_AT_ONCE = 100
"""So many vectors are written while readers wait: a tenth of a second. A hundred at a time take half as long again as five thousand."""
_SERVED = "Write it as http://host:8000/name; the name tells one catalogue's vectors from another's."
_GIVEN = "SELECT value FROM json_each(?)"
_TABLES = (
    """CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, serves TEXT NOT NULL, document TEXT NOT NULL, kind TEXT NOT NULL,
    year INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL, issuers TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS by_document ON entries (document)",
    "CREATE INDEX IF NOT EXISTS by_kind ON entries (kind)",
    "CREATE INDEX IF NOT EXISTS by_year ON entries (year)",
    "CREATE INDEX IF NOT EXISTS by_issuers ON entries (issuers)",
    # the few sets of issuers that there are, as `entries` names them, by each issuer in them
    "CREATE TABLE IF NOT EXISTS sets (issuer TEXT NOT NULL, issuers TEXT NOT NULL, PRIMARY KEY (issuer, issuers)) WITHOUT ROWID",
)


class VectorStore(Protocol):
    """Finds passages by meaning."""

    def write(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Add entries with their unit vectors of shape (len(entries), dimensions); a key that is there is replaced."""
        ...

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys; those that are not there are no error."""
        ...

    @property
    def shared(self) -> bool:
        """Tell whether others write the same vectors, so that a key which is new here may be there already."""
        ...

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of keys, by key; those that are not there are left out."""
        ...

    def search(self, vector: Vectors, *, serves: str, k: int, filters: Filters = NO_FILTERS) -> list[tuple[str, float]]:
        """Return up to `k` (key, cosine similarity) pairs, best first, of entries that serve the language or any."""
        ...

    def keys(self) -> Iterator[str]:
        """Yield every key, in no order."""
        ...

    def size(self) -> int:
        """Return the number of entries."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class ChromaStore:
    """Chroma in a folder of its own, one collection a value of `serves`, and the fields of every key.

    Up to `few` entries that filters admit are compared one by one; at most `most` of the nearest are looked through for them.
    """

    shared = False
    _at_once = _AT_ONCE

    def __init__(self, folder: Path, *, few: int = _FEW, most: int = _MOST) -> None:
        from chromadb.errors import ChromaError, InternalError

        # Chroma's own words about telemetry and migrations are not for a user's terminal.
        logging.getLogger("chromadb").setLevel(logging.ERROR)
        self._error, self._lost = ChromaError, InternalError
        self._few, self._most = few, most
        with self._translated():
            folder.mkdir(parents=True, exist_ok=True)
            self._turns = Turns(folder)
            self._fields = _Fields(folder / "fields.sqlite3")
            try:
                with self._reading():
                    self._client = self._opened(folder)
                    found = [c for c in self._client.list_collections() if c.name.startswith(self._prefix)]
                self._collections = {c.name.removeprefix(self._prefix): c for c in found}
                self._check()
            except BaseException:  # whatever it was, the file just opened must not stay open
                self._fields.close()
                raise

    # Any: the declared type lacks the client's own close()
    def _opened(self, folder: Path) -> Any:
        """Return Chroma's client for the folder."""
        import chromadb
        from chromadb.config import Settings

        _probe(folder / "chroma.sqlite3")
        return chromadb.PersistentClient(_spelt_anew(folder), Settings(anonymized_telemetry=False, allow_reset=False))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Read Chroma for the block."""
        with self._translated(), self._turns.reading():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write to Chroma for the block."""
        with self._translated(), self._turns.writing():
            yield

    @property
    def _prefix(self) -> str:
        """What the names of our collections begin with."""
        return "serves-"

    def _check(self) -> None:
        """Raise StoreFailed when vectors and fields do not belong together."""
        if self._fields.empty() and self.size():
            raise StoreFailed("The vector store has lost the fields that searches are limited by.")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the errors of Chroma and of SQLite into ours, at this one border."""
        try:
            yield
        except (self._error, sqlite3.Error, OSError, ValueError, RuntimeError) as error:
            raise StoreFailed(f"The vector store cannot be read or written ({type(error).__name__}).") from error

    def write(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Add entries with their vectors, in batches of the size that Chroma allows."""
        last = {entry.key: (entry, i) for i, entry in enumerate(entries)}
        with self._translated():
            for serves, moved in self._fields.elsewhere([entry for entry, _ in last.values()]).items():
                self._remove(serves, moved)
            # Fields first: fields without a vector are never found, a vector without fields would be missed.
            self._fields.write([entry for entry, _ in last.values()])
            for serves in sorted({entry.serves for entry, _ in last.values()}):
                rows = [i for entry, i in last.values() if entry.serves == serves]
                for part in self._parts(rows, self._at_once):
                    with self._writing():
                        self._collection(serves).upsert(ids=[entries[i].key for i in part], embeddings=vectors[part])

    def _parts(self, rows: Sequence[Any], most: int = sys.maxsize) -> Iterator[list[Any]]:
        """Yield the rows in parts of at most `most`, of the size that Chroma allows."""
        size = min(most, self._client.get_max_batch_size())
        return (list(rows[start : start + size]) for start in range(0, len(rows), size))

    def _collection(self, serves: str) -> Any:
        """Return the collection of a language, made when first needed."""
        if serves not in self._collections:
            self._collections[serves] = self._client.get_or_create_collection(
                f"{self._prefix}{serves}", embedding_function=None, configuration={"hnsw": _HNSW}
            )
        return self._collections[serves]

    def _remove(self, serves: str, keys: Sequence[str]) -> None:
        """Remove keys from one collection."""
        if serves in self._collections:
            for part in self._parts(list(dict.fromkeys(keys)), self._at_once):  # Chroma takes no key twice
                with self._writing():
                    self._collections[serves].delete(ids=part)

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys; those that are not there are no error."""
        with self._translated():
            for serves in self._collections:
                self._remove(serves, keys)
            self._fields.delete(keys)

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of keys, by key; those that are not there are left out."""
        found: dict[str, Vectors] = {}
        for collection in list(self._collections.values()):
            for part in self._parts(list(dict.fromkeys(keys))):
                found.update(self._given(collection, part))
        return found

    def _given(self, collection: Any, keys: list[str]) -> Iterator[tuple[str, Vectors]]:
        """Yield the vectors of keys of one collection.

        Those that another process has written since this opening are left out: Chroma knows their keys, finds no vectors for them, and gives
        none of any key that it was asked for with them.
        """
        if not keys:
            return
        try:
            with self._reading():
                rows = collection.get(ids=keys, include=["embeddings"])
        except StoreFailed as error:
            if self.shared or not isinstance(error.__cause__, self._lost):
                raise
            middle = len(keys) // 2
            for half in (keys[:middle], keys[middle:]) if middle else ():
                yield from self._given(collection, half)
            return
        if rows["ids"]:
            yield from zip(rows["ids"], np.asarray(rows["embeddings"], dtype=np.float32), strict=True)

    def search(self, vector: Vectors, *, serves: str, k: int, filters: Filters = NO_FILTERS) -> list[tuple[str, float]]:
        """Return up to `k` (key, cosine similarity) pairs, best first."""
        found: list[tuple[str, float]] = []
        with self._translated():
            for name in dict.fromkeys((serves, "any")):
                if name in self._collections:
                    found.extend(self._filtered(name, vector, k, filters) if filters else self._nearest(name, vector, k))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def _nearest(self, name: str, vector: Vectors, k: int, among: list[str] | None = None) -> list[tuple[str, float]]:
        """Return the entries of one collection nearest to the vector."""
        with self._reading():
            rows = self._collections[name].query(query_embeddings=vector[None, :], n_results=k, ids=among, include=["distances"])
        return [(key, 1.0 - float(distance)) for key, distance in zip(rows["ids"][0], rows["distances"][0], strict=True)]

    def _filtered(self, name: str, vector: Vectors, k: int, filters: Filters) -> list[tuple[str, float]]:
        """Return the nearest entries of one collection that the filters admit.

        Few entries are compared one by one. Of many, some are sure to stand among the nearest of all; if not, Chroma is given
        their keys, which takes it as long as reading all its rows.
        """
        few = self._fields.matching(name, filters, self._few + 1)
        if len(few) <= self._few:
            return self._compared(name, vector, few)
        wanted = 4 * k
        while wanted <= self._most:
            nearest = self._nearest(name, vector, wanted)
            admitted = self._fields.admitted([key for key, _ in nearest], filters)
            if len(admitted) >= k:
                return [pair for pair in nearest if pair[0] in admitted]
            wanted = 3 * wanted * k // (2 * len(admitted) or 1)  # half as many again as would do if they stood evenly
        return self._nearest(name, vector, k, self._fields.matching(name, filters, -1))

    def _compared(self, name: str, vector: Vectors, keys: list[str]) -> list[tuple[str, float]]:
        """Return keys of one collection with their similarity."""
        found = dict(self._given(self._collections[name], keys))
        return list(zip(found, (np.stack(list(found.values())) @ vector).tolist(), strict=True)) if found else []

    def keys(self) -> Iterator[str]:
        """Yield every key, in no order."""
        for collection in list(self._collections.values()):
            with self._reading():
                names = collection.get(include=[])["ids"]
            yield from names

    def size(self) -> int:
        """Return the number of entries."""
        with self._reading():
            return sum(int(collection.count()) for collection in self._collections.values())

    def close(self) -> None:
        """Let go of the files; a folder may be removed and made again only when closed."""
        with self._translated():
            self._fields.close()
            self._client.close()


def _spelt_anew(folder: Path) -> str:
    """Return the path of a folder in a spelling that no other opening has.

    Chroma keeps one state in memory for all that a process opens by the same path, and so would answer a new opening by what it read at the
    first one, whatever another process has written since.
    """
    return str(folder.absolute()) + "".join("/." if bit == "1" else "/" for bit in f"{uuid4().int:0128b}")


def _probe(path: Path) -> None:
    """Raise sqlite3.DatabaseError for a file that is no database.

    A process that once showed such a file to Chroma cannot open its folder any more, not even when it is made anew. It is
    opened for writing: what a killed writer left half done is undone only then, and the file cannot be read before.
    """
    if path.exists():
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=60.0, uri=True)) as file:
            file.execute("SELECT count(*) FROM sqlite_master")


class _Fields:
    """The fields that are filtered on, by key, in a SQLite file."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()  # one connection, and searches come from several threads
        self._file = sqlite3.connect(path, timeout=60.0, check_same_thread=False)
        try:
            with self._lock, self._file:
                self._file.execute("PRAGMA journal_mode = WAL")  # a reader does not wait for the writer
                self._file.execute("PRAGMA analysis_limit = 400")
                for statement in _TABLES:
                    self._file.execute(statement)
        except sqlite3.Error:
            self._file.close()
            raise

    def write(self, entries: Sequence[Entry]) -> None:
        """Add the fields of entries of different keys, or replace them."""
        sets = {entry.issuers: _listed(entry.issuers) for entry in entries}
        with self._lock, self._file:
            rows = ((e.key, e.serves, e.document, e.kind, e.year, e.valid_from, e.valid_to, sets[e.issuers]) for e in entries)
            self._file.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            self._file.executemany("INSERT OR IGNORE INTO sets VALUES (?, ?)", ((name, text) for names, text in sets.items() for name in names))
            self._file.execute("ANALYZE")  # else a search may go through all of one kind to find one document

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys."""
        with self._lock, self._file:
            self._file.executemany("DELETE FROM entries WHERE key = ?", ((key,) for key in keys))

    def count(self) -> int:
        """Return the number of keys."""
        return int(self._rows("SELECT count(*) FROM entries", [])[0][0])

    def empty(self) -> bool:
        """Tell whether there is no key."""
        return not self._rows("SELECT 1 FROM entries LIMIT 1", [])

    def elsewhere(self, entries: Sequence[Entry]) -> dict[str, list[str]]:
        """Return, by what they serve now, the keys of entries that are to serve something else."""
        wanted = {entry.key: entry.serves for entry in entries}
        moved: dict[str, list[str]] = {}
        for key, serves in self._rows(f"SELECT key, serves FROM entries WHERE key IN ({_GIVEN})", [_listed(list(wanted))]):
            if wanted[key] != serves:
                moved.setdefault(serves, []).append(key)
        return moved

    def matching(self, serves: str, filters: Filters, limit: int) -> list[str]:
        """Return keys that the filters admit, at most `limit` of them, all if it is below nought."""
        limits, values = _where(filters)
        return [key for (key,) in self._rows(f"SELECT key FROM entries WHERE serves = ? AND {limits} LIMIT ?", [serves, *values, limit])]

    def admitted(self, keys: list[str], filters: Filters) -> set[str]:
        """Return those of the keys that the filters admit."""
        limits, values = _where(filters)
        return {key for (key,) in self._rows(f"SELECT key FROM entries WHERE key IN ({_GIVEN}) AND {limits}", [_listed(keys), *values])}

    def _rows(self, statement: str, values: list[Any]) -> list[Any]:
        """Return what a statement finds."""
        with self._lock:
            return self._file.execute(statement, values).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()


def _where(filters: Filters) -> tuple[str, list[Any]]:
    """Return the limits in SQL, and their values."""
    limits: list[str] = ["1"]
    values: list[Any] = []
    for field, chosen in (("document", filters.documents), ("kind", filters.kinds), ("year", filters.years)):
        if chosen:
            limits.append(f"{field} IN ({_GIVEN})")
            values.append(_listed(chosen))
    if filters.issuers:
        limits.append(f"issuers IN (SELECT issuers FROM sets WHERE issuer IN ({_GIVEN}))")
        values.append(_listed(filters.issuers))
    if filters.valid_on is not None:
        limits.append("? BETWEEN valid_from AND valid_to")
        values.append(filters.valid_on)
    return " AND ".join(limits), values


def _listed(values: Sequence[str] | Sequence[int]) -> str:
    """Return values as one parameter, so that their number has no limit."""
    return json.dumps(values, ensure_ascii=False)


class ServedStore(ChromaStore):
    """Vectors on a Chroma server, under a name and an encoder; the fields lie in the folder, each worker's own.

    `keys` are those of the server, whoever wrote them, `size` is the number of entries that were written from here. A key names one
    content, so that workers of one encoder write the same vector under it.
    """

    shared = True
    _at_once = sys.maxsize  # readers of a server do not wait for its writers

    def __init__(self, folder: Path, url: str, encoder: str, *, few: int = _FEW, most: int = _MOST) -> None:
        """Raises OutOfReach while the server does not answer, StoreFailed for an address that is none."""
        place = urlsplit(url)
        try:
            self._host, self._port = place.hostname or "", place.port or (443 if place.scheme == "https" else 8000)
        except ValueError as error:
            raise StoreFailed(f"“{url}” is no address of a Chroma server.", advice=_SERVED) from error
        if place.scheme not in ("http", "https") or not self._host:
            raise StoreFailed(f"“{url}” is no address of a Chroma server.", advice=_SERVED)
        self._ssl, self._named = place.scheme == "https", place.path.strip("/") or "attache"
        self._encoder = hashlib.sha256(encoder.encode()).hexdigest()[:12]
        super().__init__(folder, few=few, most=most)

    def _opened(self, folder: Path) -> Any:
        """Return a client of the server."""
        import chromadb
        from chromadb.config import Settings

        return chromadb.HttpClient(self._host, self._port, ssl=self._ssl, settings=Settings(anonymized_telemetry=False))

    @property
    def _prefix(self) -> str:
        return f"{self._named}-{self._encoder}-"

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Read from the server, which keeps its users apart by itself."""
        with self._translated():
            yield

    _writing = _reading

    def _check(self) -> None:
        """Find nothing wrong: what others have written has no fields here yet."""

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the errors of the server, and of the way to it, into one sentence."""
        import httpx

        try:
            with super()._translated():
                yield
        except (httpx.HTTPError, StoreFailed) as error:
            raise OutOfReach(
                f"The vector server {self._host}:{self._port} does not answer as it should ({type(error.__cause__ or error).__name__})."
            ) from error

    def size(self) -> int:
        """Return the number of entries that were written from here."""
        with self._translated():
            return self._fields.count()


class MemoryStore:
    """An exact store in memory."""

    shared = False

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Entry, Vectors]] = {}

    def write(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Add entries with their vectors."""
        self._rows.update({entry.key: (entry, vector) for entry, vector in zip(entries, vectors, strict=True)})

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys."""
        for key in keys:
            self._rows.pop(key, None)

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of keys, by key."""
        return {key: self._rows[key][1] for key in keys if key in self._rows}

    def search(self, vector: Vectors, *, serves: str, k: int, filters: Filters = NO_FILTERS) -> list[tuple[str, float]]:
        """Return up to `k` (key, cosine similarity) pairs, best first."""
        scored = [(entry.key, float(v @ vector)) for entry, v in self._rows.values() if entry.serves in (serves, "any") and filters.admit(entry)]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:k]

    def keys(self) -> Iterator[str]:
        """Yield every key."""
        yield from list(self._rows)

    def size(self) -> int:
        """Return the number of entries."""
        return len(self._rows)

    def close(self) -> None:
        """Keep everything: there are no files."""
