"""Passages that must be found by their own words: twenty spread over the catalogue tell whether an index searches what it should."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.passages import Passage
from index.caches import Caches
from index.catalogue import Catalogue
from index.embedding import Encoder
from index.retrieve import HybridRetriever, Query

__all__ = ["CANARIES", "Canaries", "canaries_found"]

CANARIES = 20
_FIGURES = re.compile(r"\d+")
_MOST = 0.9
"""Of a document one clause in twenty may be lost among others nearly the same; more is a fault."""


class Canaries(NamedTuple):
    """How many passages were found by their own words, of how many, and where those stand that were not."""

    found: int
    of: int
    lost: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Tell it as a report does."""
        return f"{self.found} of {self.of}" + (f" (not {'; '.join(self.lost)})" if self.lost else "")

    @property
    def enough(self) -> bool:
        """Tell whether the index searches what it should."""
        return self.found >= self.of * _MOST


def canaries_found(catalogue: Catalogue, caches: Caches, encoder: Encoder, size: int = CANARIES) -> Canaries:
    """Look for up to `size` passages by their own words. Raises StoreFailed."""
    retriever = HybridRetriever(catalogue, caches.lexical, caches.vectors, encoder)
    sample = catalogue.sample(size)
    lost = tuple(f"{passage.document}, {passage.locator}" for passage in sample if not _finds_itself(retriever, passage))
    return Canaries(len(sample) - len(lost), len(sample), lost)


def _finds_itself(retriever: HybridRetriever, passage: Passage) -> bool:
    """Tell whether a passage, or one of the same words but for its figures, is among the first five for its own words.

    Acts made from one pattern have the same clause in each, so that one may be lost among many without any fault of the index.
    """
    language = passage.language if passage.serves == "any" else passage.serves
    words = _without_figures(passage)
    return any(_without_figures(r.passage) == words for r in retriever.retrieve(Query(passage.embedding_text, language, k=5)))


def _without_figures(passage: Passage) -> str:
    """Return the words of a passage with all figures made one."""
    return _FIGURES.sub("0", passage.embedding_text)
