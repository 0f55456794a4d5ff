"""A new generation of the caches, made from the catalogue alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.bundle import Library
from corpus.passages import Passage
from index.build import build, open_retriever, ready, verify
from index.caches import Caches
from index.catalogue import Catalogue
from index.embedding import HashingEncoder
from index.generation import in_parts, regenerate
from index.home import Home
from index.retrieve import Query


class Stopping(HashingEncoder):
    """An encoder that is stopped from outside at its first text."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise KeyboardInterrupt


@pytest.fixture
def own(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> Home:
    """A data folder with an index that a test may spoil."""
    build(home, catalogue, library.documents, encoder, "one")
    return home


def test_another_encoder_gets_a_generation_of_its_own(own: Home, catalogue: Catalogue, library: Library, passages: list[Passage]) -> None:
    first, other = own.current(), HashingEncoder(64)
    build(own, catalogue, library.documents, other, "one")
    assert own.generations() == [first, own.current()] and own.manifest().encoder == "hashing-64"
    assert own.manifest().passages == len(passages) and verify(own, catalogue, other, "one").sound
    found = open_retriever(own, catalogue, other, "one").retrieve(Query(passages[0].embedding_text, passages[0].language, k=1))
    assert found[0].passage.locator == passages[0].locator


def test_an_interrupted_one_leaves_everything_as_it_was(own: Home, catalogue: Catalogue, encoder: HashingEncoder) -> None:
    before = own.current(), own.manifest(), catalogue.count()
    with pytest.raises(KeyboardInterrupt), own.writing():
        regenerate(own, catalogue, Stopping())
    assert (own.current(), own.manifest(), catalogue.count()) == before and own.generations() == [own.current()]
    assert verify(own, catalogue, encoder, "one").sound


def test_documents_are_cut_anew(own: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    number = library.documents[0].number
    one = next(iter(catalogue.passages(sorted(catalogue.keys_of([number])[number])).values()))
    catalogue.rewrite_passages([(number, {"cut in another way~0": one})])
    regenerate(own, catalogue, encoder)
    with closing(Caches(own.current())) as caches:
        assert caches.differences(catalogue.keys()) == (set(), set())
    assert len(catalogue.keys_of([number])[number]) > 1


def test_lost_caches_are_made_again(own: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    (own.root / "current").unlink()
    ready(own, catalogue, encoder)
    build(own, catalogue, library.documents, encoder, "one")
    assert verify(own, catalogue, encoder, "one").sound
    kept = own.current()
    ready(own, catalogue, encoder)
    assert own.current() == kept


def test_parts() -> None:
    assert [list(part) for part in in_parts("abcde", 2)] == [["a", "b"], ["c", "d"], ["e"]] and list(in_parts("", 2)) == []
