"""The vector stores: Chroma in a folder and the exact one in memory, held to the same laws and to each other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from corpus.passages import Passage
from index.embedding import HashingEncoder
from index.errors import StoreFailed
from index.store import ChromaStore, MemoryStore, VectorStore

Make = Callable[[], VectorStore]


@pytest.fixture(params=["chroma", "memory"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    return MemoryStore if request.param == "memory" else lambda: ChromaStore(tmp_path / "vectors")


def _filled(store: VectorStore, passages: list[Passage], encoder: HashingEncoder) -> VectorStore:
    store.write(passages, encoder.encode_documents([p.embedding_text for p in passages]))
    return store


def test_every_passage_is_nearest_to_itself(make: Make, passages: list[Passage], encoder: HashingEncoder) -> None:
    store = _filled(make(), passages, encoder)
    assert store.size() == len(passages)
    for passage in passages:
        found = store.search(encoder.encode_query(passage.embedding_text), serves=passage.language, k=3)
        assert found[0] == (passage.id, pytest.approx(1.0, abs=1e-5))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True) and len(found) == 3


def test_filters(make: Make, passages: list[Passage], encoder: HashingEncoder) -> None:
    store = _filled(make(), passages, encoder)
    vector = encoder.encode_query("kinh tế số")
    for serves in ("vi", "en"):
        assert {n for n, _ in store.search(vector, serves=serves, k=99)} == {p.id for p in passages if p.serves == serves}
    for documents in (["52-NQ/TW"], ["52-NQ/TW", "749/QĐ-TTg"], ["no such"]):
        inside = {n for n, _ in store.search(vector, serves="vi", k=99, documents=documents)}
        assert inside == {p.id for p in passages if p.serves == "vi" and p.document in documents}


def test_an_empty_store_and_a_vector_of_noughts(make: Make, passages: list[Passage], encoder: HashingEncoder) -> None:
    store = make()
    assert store.size() == 0 and store.search(encoder.encode_query("số"), serves="vi", k=3) == []
    store.write([], encoder.encode_documents([]))
    assert store.size() == 0
    _filled(store, passages, encoder)
    found = store.search(np.zeros(encoder.dimensions, dtype=np.float32), serves="vi", k=3)
    assert [score for _, score in found] == pytest.approx([0.0] * 3, abs=1e-6)


def test_both_stores_agree(tmp_path: Path, passages: list[Passage], encoder: HashingEncoder) -> None:
    chroma, memory = _filled(ChromaStore(tmp_path / "v"), passages, encoder), _filled(MemoryStore(), passages, encoder)
    texts = [p.text for p in passages] + ["kinh te so", "digital economy", "không có trong thư viện"]
    for text, serves, documents in product(texts, ("vi", "en"), ((), ("52-NQ/TW", "20/2023/QH15"))):
        vector = encoder.encode_query(text)
        ours = memory.search(vector, serves=serves, k=5, documents=documents)
        theirs = chroma.search(vector, serves=serves, k=5, documents=documents)
        assert [s for _, s in theirs] == pytest.approx([s for _, s in ours], abs=1e-5)
        exact = dict(memory.search(vector, serves=serves, k=99, documents=documents))
        assert {n: exact[n] for n, _ in theirs} == pytest.approx(dict(theirs), abs=1e-5)  # equal scores may change places


def test_writing_twice_adds(make: Make, passages: list[Passage], encoder: HashingEncoder) -> None:
    store = _filled(_filled(make(), passages[:3], encoder), passages[3:], encoder)
    assert store.size() == len(passages)


def test_chroma_keeps_what_was_written(tmp_path: Path, passages: list[Passage], encoder: HashingEncoder) -> None:
    first = ChromaStore(tmp_path / "v")
    _filled(first, passages, encoder)
    first.close()
    again = ChromaStore(tmp_path / "v")
    assert again.size() == len(passages)
    assert again.search(encoder.encode_query(passages[0].embedding_text), serves=passages[0].language, k=1)[0][0] == passages[0].id


def test_a_closed_folder_may_be_removed_and_made_again(tmp_path: Path, passages: list[Passage], encoder: HashingEncoder) -> None:
    first = ChromaStore(tmp_path / "v")
    _filled(first, passages, encoder)
    first.close()
    shutil.rmtree(tmp_path / "v")
    assert _filled(ChromaStore(tmp_path / "v"), passages[:2], encoder).size() == 2


def test_vectors_of_another_length_are_our_error(tmp_path: Path, passages: list[Passage], encoder: HashingEncoder) -> None:
    store = _filled(ChromaStore(tmp_path / "v"), passages, encoder)
    with pytest.raises(StoreFailed, match="vector store") as caught:
        store.search(HashingEncoder(8).encode_query("số"), serves="vi", k=1)
    assert "index rebuild" in caught.value.advice


def test_a_damaged_folder_is_our_error(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / "chroma.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreFailed):
        ChromaStore(tmp_path / "v")
