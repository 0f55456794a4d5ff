"""Passages that must be found by their own words: twenty spread over the catalogue tell whether an index searches what it should."""

from __future__ import annotations

from corpus.passages import Passage
from index.caches import Caches
from index.catalogue import Catalogue
from index.embedding import Encoder
from index.retrieve import HybridRetriever, Query

__all__ = ["CANARIES", "canaries_found"]

CANARIES = 20


def canaries_found(catalogue: Catalogue, caches: Caches, encoder: Encoder, size: int = CANARIES) -> tuple[int, int]:
    """Return how many of up to `size` passages are found by their own words, and of how many. Raises StoreFailed."""
    retriever = HybridRetriever(catalogue, caches.lexical, caches.vectors, encoder)
    sample = catalogue.sample(size)
    return sum(_finds_itself(retriever, passage) for passage in sample), len(sample)


def _finds_itself(retriever: HybridRetriever, passage: Passage) -> bool:
    """Tell whether a passage, or one of the same words, is among the first five for its own words."""
    language = passage.language if passage.serves == "any" else passage.serves
    found = retriever.retrieve(Query(passage.embedding_text, language, k=5))
    place = (passage.document, passage.locator)
    return any((r.passage.document, r.passage.locator) == place or r.passage.embedding_text == passage.embedding_text for r in found)
