"""Retrieval: words, meaning and address, fused by weighted scores, several passages of one provision folded into one.

Lexical and dense lists are taken over the whole library and, when the question names documents, over those documents
too; a provision named by its address comes first. Scores order; they do not say whether anything is good enough (that is
the assistant's decision).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from corpus.document import RECORD
from corpus.passages import Passage
from index.catalogue import Catalogue
from index.contents import admits
from index.embedding import Encoder, Vectors
from index.entry import NO_FILTERS, Filters
from index.fusion import Scored, Spread, by_meaning, by_words, fuse
from index.lexical import LexicalIndex
from index.names import Address, DocumentNames
from index.shelf import Shelf
from index.store import VectorStore

__all__ = ["HybridRetriever", "Query", "Retrieved", "Retriever", "Weights"]

_USUAL = 512
"""How many passages stand for the library where it is asked how similar passages usually are to a question."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: the words, the language they serve, named documents and address, and expansions with weights.

    Nothing that `filters` does not admit is found; the named `documents` only come first, unless `only_documents` is set.
    """

    text: str
    language: str
    documents: tuple[str, ...] = ()
    address: Address | None = None
    also: tuple[tuple[str, float], ...] = ()
    only_documents: bool = False
    k: int = 10
    filters: Filters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage found: its fused score (of the best one: one), its rank from one, its cosine, and which list found it best."""

    passage: Passage
    score: float
    rank: int
    cosine: float
    found_by: str


class Retriever(Protocol):
    """Finds passages for a query."""

    def retrieve(self, query: Query) -> tuple[Retrieved, ...]:
        """Return up to `query.k` passages of different provisions, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the fusion; `inside` lists are those over the documents that the question names."""

    lexical: float = 0.7
    dense: float = 0.3
    inside: float = 1.0
    address: float = 2.0
    depth: int = 40


class HybridRetriever:
    """Lexical, dense and address search over one generation of the index."""

    def __init__(self, catalogue: Catalogue, lexical: LexicalIndex, store: VectorStore, encoder: Encoder, weights: Weights | None = None) -> None:
        self._catalogue = catalogue
        self.lexical = lexical
        self._store = store
        self._encoder = encoder
        self._weights = weights or Weights()
        usual = store.vectors(catalogue.sample_keys(_USUAL))
        self._usual = np.stack([*usual.values()]) if usual else None
        self.documents = Shelf(catalogue)
        self.names = DocumentNames(self.documents.heads(but=RECORD), self.documents)

    def retrieve(self, query: Query) -> tuple[Retrieved, ...]:
        """Return up to `query.k` passages of different provisions, best first."""
        if not query.text.strip():
            return ()
        lists, cosines = self._lists(query)
        fused = fuse(lists)
        places = {label: dict(scored) for label, (scored, _) in lists.items()}
        passages = self._catalogue.passages([name for name, _ in fused[: query.k * 6]])
        highest = fused[0][1] if fused and fused[0][1] > 0 else 1.0
        found: list[Retrieved] = []
        seen: set[tuple[str, ...]] = set()
        for name, score in fused:
            passage = passages.get(name)
            if passage is None:
                continue
            place, words = (passage.held_as, passage.locator), (passage.document, passage.locator, passage.text)
            if place in seen or words in seen:  # the same act may have come from two files
                continue
            seen.update((place, words))
            best = max(lists, key=lambda label: lists[label][1] * places[label].get(name, 0.0))
            found.append(Retrieved(passage, score / highest, len(found) + 1, cosines.get(name, 0.0), best))
            if len(found) == query.k:
                break
        return tuple(found)

    def _lists(self, query: Query) -> tuple[dict[str, tuple[Scored, float]], dict[str, float]]:
        """Return the lists to fuse and the cosine of every passage that the dense search saw."""
        w = self._weights
        vector = self._encoder.encode_query(query.text)
        spread = self._spread(vector)
        lists: dict[str, tuple[Scored, float]] = {}
        inside = self._inside(query)
        scopes = [] if query.only_documents and query.documents else [("", query.filters, 1.0)]
        if inside:
            scopes.append((" in document", replace(query.filters, documents=inside), w.inside))
        cosines: dict[str, float] = {}
        for suffix, filters, share in scopes:
            lexical = self.lexical.search(query.text, serves=query.language, k=w.depth, also=query.also, filters=filters)
            dense = self._store.search(vector, serves=query.language, k=w.depth, filters=filters)
            cosines.update(dense)
            lists["lexical" + suffix] = (by_words(lexical), w.lexical * share)
            lists["dense" + suffix] = (by_meaning(dense, spread), w.dense * share)
        if query.address and inside:
            lists["address"] = (self._at(query, inside), w.address)
        return lists, cosines

    def _spread(self, vector: Vectors) -> Spread:
        """Return how similar the library at large is to a question, by passages spread evenly over it."""
        if self._usual is None:
            return Spread(0.0, 0.0)
        similar = self._usual @ vector
        return Spread(float(similar.mean()), float(similar.std()))

    def _inside(self, query: Query) -> tuple[str, ...]:
        """Return the documents that the query names, as far as its filters admit them."""
        allowed = query.filters.documents
        return tuple(number for number in query.documents if not allowed or number in allowed)

    def _at(self, query: Query, documents: Sequence[str]) -> Scored:
        """Return the first passages of the provisions at the query's address in documents that it names."""
        found = []
        for name in (name for number in documents for name in self.documents.texts(number)):
            document = self.documents.get(name)
            if document is None or not admits(query.filters, document):
                continue
            for provision in document.provisions:
                if query.address and query.address.matches(provision):
                    keys = self._catalogue.opening(name, str(provision.locator))
                    key = keys.get(query.language) or keys.get("vi") or keys.get("en")
                    found.extend([(key, 1.0)] if key else [])
        return found
