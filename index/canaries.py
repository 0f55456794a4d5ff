"""Passages that must be found by their own words: twenty spread over the catalogue tell whether an index searches what it should."""

from __future__ import annotations

from typing import NamedTuple

from corpus.passages import Passage
from index.caches import Caches
from index.catalogue import Catalogue
from index.embedding import Encoder
from index.retrieve import HybridRetriever, Query

__all__ = ["CANARIES", "Canaries", "canaries_found"]

CANARIES = 20
_MOST = 0.9
"""Of a great library one passage in twenty may be lost among others nearly the same; more is a fault."""


class Canaries(NamedTuple):
    """How many passages were found by their own words, and of how many."""

    found: int
    of: int

    @property
    def enough(self) -> bool:
        """Tell whether the index searches what it should."""
        return self.found >= self.of * _MOST


def canaries_found(catalogue: Catalogue, caches: Caches, encoder: Encoder, size: int = CANARIES) -> Canaries:
    """Look for up to `size` passages by their own words. Raises StoreFailed."""
    retriever = HybridRetriever(catalogue, caches.lexical, caches.vectors, encoder)
    sample = catalogue.sample(size)
    return Canaries(sum(_finds_itself(retriever, passage) for passage in sample), len(sample))


def _finds_itself(retriever: HybridRetriever, passage: Passage) -> bool:
    """Tell whether a passage, or one of the same words, is among the first five for its own words."""
    language = passage.language if passage.serves == "any" else passage.serves
    found = retriever.retrieve(Query(passage.embedding_text, language, k=5))
    place = (passage.document, passage.locator)
    return any((r.passage.document, r.passage.locator) == place or r.passage.embedding_text == passage.embedding_text for r in found)
