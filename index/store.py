"""The vector store: passage ids and unit vectors, cosine distance. The only module that imports chromadb.

Embedded Chroma (`PersistentClient`) opens no port and needs no server. It keeps vectors, ids and the fields that are
filtered on; the words live in the catalogue, so a lost store is rebuilt. One process writes, behind the lock of
`index.home`; a generation is never changed after it is published. `MemoryStore` is exact and lives in memory: a second
implementation for tests and a check of the first.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.passages import Passage
from index.errors import StoreFailed

__all__ = ["ChromaStore", "MemoryStore", "VectorStore"]

Vectors = NDArray[np.float32]
_NAME = "passages"


class VectorStore(Protocol):
    """Finds passage ids by meaning."""

    def write(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add passages with their vectors of shape (len(passages), dimensions)."""
        ...

    def search(self, vector: Vectors, *, serves: str, k: int, documents: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Return up to `k` (passage id, cosine similarity) pairs, best first; filters as in the lexical index."""
        ...

    def size(self) -> int:
        """Return the number of passages."""
        ...


class ChromaStore:
    """A Chroma collection in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        # Chroma's own words about telemetry and migrations are not for a user's terminal.
        logging.getLogger("chromadb").setLevel(logging.ERROR)
        self._error = ChromaError
        folder.mkdir(parents=True, exist_ok=True)
        with self._translated():
            # Any: the declared type lacks the client's own close()
            self._client: Any = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False, allow_reset=False))
            self._collection = self._client.get_or_create_collection(
                _NAME, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
            )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn Chroma's errors into ours, at this one border."""
        try:
            yield
        except (self._error, OSError, ValueError, RuntimeError) as error:
            raise StoreFailed(f"The vector store cannot be read or written ({type(error).__name__}).") from error

    def write(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add passages with their vectors, in batches of the size that Chroma allows."""
        with self._translated():
            size = self._client.get_max_batch_size()
            for start in range(0, len(passages), size):
                part = passages[start : start + size]
                self._collection.add(
                    ids=[p.id for p in part],
                    embeddings=vectors[start : start + size],
                    metadatas=[{"document": p.document, "serves": p.serves} for p in part],
                )

    def search(self, vector: Vectors, *, serves: str, k: int, documents: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Return up to `k` (passage id, cosine similarity) pairs, best first."""
        where: dict[str, Any] = {"serves": {"$in": [serves, "any"]}}
        if documents:
            where = {"$and": [where, {"document": {"$in": list(documents)}}]}
        with self._translated():
            found = self._collection.query(query_embeddings=vector[None, :], n_results=k, where=where, include=["distances"])
        distances = found["distances"] or [[]]
        return [(name, 1.0 - float(d)) for name, d in zip(found["ids"][0], distances[0], strict=True)]

    def size(self) -> int:
        """Return the number of passages."""
        with self._translated():
            return int(self._collection.count())

    def close(self) -> None:
        """Let go of the files. Chroma keeps one client a path: a folder may be removed and made again only when closed."""
        with self._translated():
            self._client.close()


class MemoryStore:
    """An exact store in memory."""

    def __init__(self) -> None:
        self._passages: list[Passage] = []
        self._vectors: list[Vectors] = []

    def write(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add passages with their vectors."""
        self._passages.extend(passages)
        self._vectors.extend(vectors)

    def search(self, vector: Vectors, *, serves: str, k: int, documents: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Return up to `k` (passage id, cosine similarity) pairs, best first."""
        scored = [
            (p.id, float(v @ vector))
            for p, v in zip(self._passages, self._vectors, strict=True)
            if p.serves in (serves, "any") and (not documents or p.document in documents)
        ]
        return sorted(scored, key=lambda pair: -pair[1])[:k]

    def size(self) -> int:
        """Return the number of passages."""
        return len(self._passages)
