"""The vector stores: Chroma in a folder and the exact one in memory, held to the same laws and to each other."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from corpus.passages import Passage
from index.embedding import HashingEncoder
from index.entry import Entry, Filters
from index.errors import StoreFailed
from index.store import ChromaStore, MemoryStore, Vectors, VectorStore
from tests.test_entry import limits, varied

Make = Callable[[], VectorStore]


@pytest.fixture(params=["chroma", "memory"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    return MemoryStore if request.param == "memory" else lambda: ChromaStore(tmp_path / "vectors")


@pytest.fixture(scope="module")
def entries(passages: list[Passage]) -> list[Entry]:
    return [Entry(p.id, p.serves, p.embedding_text, p.document) for p in passages]


def _filled(store: VectorStore, entries: Sequence[Entry], encoder: HashingEncoder) -> VectorStore:
    store.write(entries, encoder.encode_documents([entry.text for entry in entries]))
    return store


def _random(count: int, dimensions: int = 16, seed: int = 7) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_every_entry_is_nearest_to_itself(make: Make, entries: list[Entry], encoder: HashingEncoder) -> None:
    store = _filled(make(), entries, encoder)
    assert store.size() == len(entries)
    for entry in entries:
        found = store.search(encoder.encode_query(entry.text), serves=entry.serves, k=3)
        assert found[0] == (entry.key, pytest.approx(1.0, abs=1e-5))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True) and len(found) == 3


def test_vectors_are_given_back_as_they_were_written(make: Make, entries: list[Entry], encoder: HashingEncoder) -> None:
    store = _filled(make(), entries, encoder)
    one, *_, two = entries
    found = store.vectors([two.key, "no such", one.key, one.key])
    assert found.keys() == {one.key, two.key} and store.vectors([]) == {}
    assert np.allclose(found[two.key], encoder.encode_documents([two.text])[0], atol=1e-6)


def test_filters(make: Make, entries: list[Entry], encoder: HashingEncoder) -> None:
    store = _filled(make(), entries, encoder)
    vector = encoder.encode_query("kinh tế số")
    for serves in ("vi", "en"):
        assert {key for key, _ in store.search(vector, serves=serves, k=99)} == {e.key for e in entries if e.serves in (serves, "any")}
    for documents in (("52-NQ/TW",), ("52-NQ/TW", "749/QĐ-TTg"), ("no such",)):
        inside = {key for key, _ in store.search(vector, serves="vi", k=99, filters=Filters(documents=documents))}
        assert inside == {e.key for e in entries if e.serves in ("vi", "any") and e.document in documents}


def test_what_serves_any_language_is_found_for_each(make: Make, encoder: HashingEncoder) -> None:
    store = _filled(make(), [Entry(s, s, s, "d") for s in ("vi", "en", "any")], encoder)
    for serves, expected in (("vi", {"vi", "any"}), ("en", {"en", "any"}), ("any", {"any"})):
        found = [key for key, _ in store.search(encoder.encode_query("any"), serves=serves, k=9)]
        assert set(found) == expected and len(found) == len(expected)


def test_an_empty_store_and_a_vector_of_noughts(make: Make, entries: list[Entry], encoder: HashingEncoder) -> None:
    store = make()
    assert store.size() == 0 and store.search(encoder.encode_query("số"), serves="vi", k=3) == [] == list(store.keys())
    assert store.search(encoder.encode_query("số"), serves="vi", k=3, filters=Filters(years=(2019,))) == []
    store.write([], encoder.encode_documents([]))
    store.delete([])
    store.delete(["nothing"])
    assert store.size() == 0
    _filled(store, entries, encoder)
    found = store.search(np.zeros(encoder.dimensions, dtype=np.float32), serves="vi", k=3)
    assert [score for _, score in found] == pytest.approx([0.0] * 3, abs=1e-6)


def test_both_stores_agree(tmp_path: Path, entries: list[Entry], encoder: HashingEncoder) -> None:
    chroma, memory = _filled(ChromaStore(tmp_path / "v"), entries, encoder), _filled(MemoryStore(), entries, encoder)
    texts = [e.text.split("\n")[-1] for e in entries] + ["kinh te so", "digital economy", "không có trong thư viện"]
    for text, serves, documents in product(texts, ("vi", "en"), ((), ("52-NQ/TW", "20/2023/QH15"))):
        vector, filters = encoder.encode_query(text), Filters(documents=documents)
        ours = memory.search(vector, serves=serves, k=5, filters=filters)
        theirs = chroma.search(vector, serves=serves, k=5, filters=filters)
        assert [s for _, s in theirs] == pytest.approx([s for _, s in ours], abs=1e-5)
        exact = dict(memory.search(vector, serves=serves, k=99, filters=filters))
        assert {n: exact[n] for n, _ in theirs} == pytest.approx(dict(theirs), abs=1e-5)  # equal scores may change places


# The three ways that Chroma is searched with filters: one by one, through the nearest of all, by keys.
@pytest.fixture(scope="module", params=[(1000, 4096), (5, 4096), (5, 1)], ids=["compared", "nearest", "keys"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ChromaStore, MemoryStore]]:
    few, most = request.param
    chroma, memory = ChromaStore(tmp_path_factory.mktemp("varied"), few=few, most=most), MemoryStore()
    for store in (chroma, memory):
        store.write(varied(90), _random(90))
    yield chroma, memory
    chroma.close()


@rules(max_examples=40)
@given(limits, st.integers(0, 89), st.sampled_from([1, 4, 10, 99]), st.sampled_from(["vi", "en"]))
def test_filters_agree_with_what_they_say(pair: tuple[ChromaStore, MemoryStore], filters: Filters, at: int, k: int, serves: str) -> None:
    chroma, memory = pair
    vector = _random(90)[at]
    admitted = {e.key for e in varied(90) if filters.admit(e) and e.serves in (serves, "any")}
    ours = memory.search(vector, serves=serves, k=k, filters=filters)
    theirs = chroma.search(vector, serves=serves, k=k, filters=filters)
    assert {key for key, _ in ours} <= admitted and len(ours) == min(k, len(admitted))
    assert [key for key, _ in theirs] == [key for key, _ in ours]
    assert [score for _, score in theirs] == pytest.approx([score for _, score in ours], abs=1e-5)


def test_writing_more_adds(make: Make, entries: list[Entry], encoder: HashingEncoder) -> None:
    store = _filled(_filled(make(), entries[:3], encoder), entries[3:], encoder)
    assert store.size() == len(entries) and set(store.keys()) == {entry.key for entry in entries}


def test_the_same_key_is_replaced(make: Make, encoder: HashingEncoder) -> None:
    store = _filled(make(), [Entry("k", "vi", "một", "d", year=2019), Entry("other", "vi", "hai", "d", year=2019)], encoder)
    _filled(store, [Entry("k", "en", "ba", "e", ("quoc hoi",), year=2024), Entry("k", "en", "bốn", "f", year=2024)], encoder)
    assert store.size() == 2 and sorted(store.keys()) == ["k", "other"]
    vector = encoder.encode_query("bốn")
    assert [key for key, _ in store.search(vector, serves="vi", k=5)] == ["other"]
    assert store.search(vector, serves="en", k=5) == [("k", pytest.approx(1.0, abs=1e-5))]
    assert store.search(vector, serves="en", k=5, filters=Filters(documents=("f",), years=(2024,)))
    for old in (Filters(documents=("d",)), Filters(documents=("e",)), Filters(issuers=("quoc hoi",)), Filters(years=(2019,))):
        assert store.search(vector, serves="en", k=5, filters=old) == []


def test_what_is_deleted_is_not_found(make: Make, entries: list[Entry], encoder: HashingEncoder) -> None:
    store = _filled(make(), entries, encoder)
    gone = [entry.key for entry in entries[::2]]
    store.delete([*gone, "never was"])
    left = {entry.key for entry in entries[1::2]}
    assert store.size() == len(left) and set(store.keys()) == left
    vector = encoder.encode_query(entries[0].text)
    for filters in (Filters(), Filters(valid_on=20200101)):
        assert {key for s in ("vi", "en") for key, _ in store.search(vector, serves=s, k=99, filters=filters)} == left
    assert entries[0].key in dict(_filled(store, entries[:1], encoder).search(vector, serves=entries[0].serves, k=1))


_acts = st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 11), max_size=6), st.sampled_from(["vi", "en", "any"])), max_size=5)


@rules(max_examples=15)
@given(_acts)
def test_after_any_history_both_stores_hold_the_same(tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[bool, list[int], str]]) -> None:
    pool, vectors = varied(12), _random(24)
    memory = MemoryStore()
    with closing(ChromaStore(tmp_path_factory.mktemp("history"))) as chroma:
        for n, (write, rows, serves) in enumerate(acts):
            for store in (chroma, memory):
                if write:
                    store.write([replace(pool[i], serves=serves, year=n) for i in rows], vectors[[i + n for i in rows]])
                else:
                    store.delete([pool[i].key for i in rows])
        assert sorted(chroma.keys()) == sorted(memory.keys()) and chroma.size() == memory.size()
        for serves, filters in product(("vi", "en"), (Filters(), Filters(years=(0, 2)), Filters(issuers=("quoc hoi",)))):
            ours, theirs = (dict(store.search(vectors[0], serves=serves, k=99, filters=filters)) for store in (memory, chroma))
            assert theirs == pytest.approx(ours, abs=1e-5)


def test_chroma_keeps_what_was_written(tmp_path: Path, entries: list[Entry], encoder: HashingEncoder) -> None:
    first = ChromaStore(tmp_path / "v")
    _filled(first, entries, encoder)
    first.close()
    again = ChromaStore(tmp_path / "v")
    assert again.size() == len(entries)
    vector = encoder.encode_query(entries[0].text)
    for filters in (Filters(), Filters(documents=(entries[0].document,))):
        assert again.search(vector, serves=entries[0].serves, k=1, filters=filters)[0][0] == entries[0].key


def test_a_reader_sees_what_a_writer_beside_it_does(tmp_path: Path, entries: list[Entry], encoder: HashingEncoder) -> None:
    writer = ChromaStore(tmp_path / "v")
    _filled(writer, entries[2:], encoder)
    reader, vector = ChromaStore(tmp_path / "v"), encoder.encode_query(entries[0].text)
    _filled(writer, entries[:2], encoder)
    writer.close()
    for filters in (Filters(), Filters(documents=(entries[0].document,))):
        assert reader.search(vector, serves=entries[0].serves, k=1, filters=filters)[0][0] == entries[0].key
    assert reader.size() == len(entries)


def test_a_new_opening_sees_all_that_was_replaced_and_an_old_one_goes_on(tmp_path: Path) -> None:
    def written(store: ChromaStore, version: int, count: int) -> Vectors:
        vectors = _random(count, seed=version)
        store.write([Entry(f"k{version}-{n}", "vi", "x", f"act {version}") for n in range(count)], vectors)
        return vectors

    with closing(ChromaStore(tmp_path, few=5000)) as old:
        written(old, 1, 300)
        with closing(ChromaStore(tmp_path)) as writer:
            written(writer, 2, 1200)  # more than Chroma keeps in its log: the old opening can no longer read them there
            writer.delete([f"k1-{n}" for n in range(300)])
            later = written(writer, 3, 1300)
        with closing(ChromaStore(tmp_path)) as new:
            assert len(set(new.keys())) == 2500 and new.search(later[7], serves="vi", k=1)[0][0] == "k3-7"
            assert len(new.vectors([f"k3-{n}" for n in range(1300)])) == 1300
        assert old.search(later[7], serves="vi", k=3) is not None
        for act in ("act 1", "act 3"):  # what it knows of them, without an error
            assert len(old.search(later[7], serves="vi", k=3, filters=Filters(documents=(act,)))) <= 3
        assert old.vectors(["k3-5", "k3-6"]).keys() <= {"k3-5", "k3-6"}


@pytest.mark.parametrize("reader", ["search", "get"])
def test_readers_beside_a_writer_in_another_process_spoil_nothing(tmp_path: Path, root: Path, reader: str) -> None:
    with closing(ChromaStore(tmp_path)) as store:
        store.write([Entry(f"old{n}", "vi", "x", "old") for n in range(600)], _random(600))
        script = """
import sys
from pathlib import Path
import numpy as np
from index.entry import Entry
from index.store import ChromaStore
store, vectors = ChromaStore(Path(sys.argv[1])), np.random.default_rng(9).normal(size=(4000, 16)).astype(np.float32)
vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
for start in range(0, 4000, 200):
    store.write([Entry(f"new{n}", "vi", "x", "new") for n in range(start, start + 200)], vectors[start:start + 200])
store.close()
"""
        writer = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=root)
        seen = 0
        while writer.poll() is None:
            if reader == "search":
                assert store.search(_random(1)[0], serves="vi", k=3)
            else:
                assert store.vectors([f"old{n}" for n in range(0, 600, 7)] + [f"new{seen}"])
            seen += 1
        assert writer.returncode == 0 and seen > 3
    with closing(ChromaStore(tmp_path)) as after:
        vectors = np.random.default_rng(9).normal(size=(4000, 16)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        found = [after.search(vectors[n], serves="vi", k=1)[0][0] for n in range(0, 4000, 40)]
        assert sum(key == f"new{n}" for key, n in zip(found, range(0, 4000, 40), strict=True)) >= 97
        assert len(after.vectors([f"new{n}" for n in range(4000)])) == 4000 and after.size() == 4600


def test_a_closed_folder_may_be_removed_and_made_again(tmp_path: Path, entries: list[Entry], encoder: HashingEncoder) -> None:
    first = ChromaStore(tmp_path / "v")
    _filled(first, entries, encoder)
    first.close()
    shutil.rmtree(tmp_path / "v")
    assert _filled(ChromaStore(tmp_path / "v"), entries[:2], encoder).size() == 2


def test_vectors_of_another_length_are_our_error(tmp_path: Path, entries: list[Entry], encoder: HashingEncoder) -> None:
    store = _filled(ChromaStore(tmp_path / "v"), entries, encoder)
    for filters in (Filters(), Filters(documents=(entries[0].document,))):
        with pytest.raises(StoreFailed, match="vector store") as caught:
            store.search(HashingEncoder(8).encode_query("số"), serves="vi", k=1, filters=filters)
        assert "index rebuild" in caught.value.advice


@pytest.mark.parametrize("name", ["chroma.sqlite3", "fields.sqlite3"])
def test_a_damaged_folder_is_our_error_and_may_be_made_again(tmp_path: Path, name: str, entries: list[Entry], encoder: HashingEncoder) -> None:
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / name).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreFailed, match="cannot be read") as caught:
        ChromaStore(tmp_path / "v")
    assert "index rebuild" in caught.value.advice
    shutil.rmtree(tmp_path / "v")
    assert _filled(ChromaStore(tmp_path / "v"), entries[:2], encoder).size() == 2


def test_a_folder_that_lost_its_fields_is_our_error(tmp_path: Path, entries: list[Entry], encoder: HashingEncoder) -> None:
    first = ChromaStore(tmp_path / "v")
    _filled(first, entries, encoder)
    first.close()
    (tmp_path / "v" / "fields.sqlite3").unlink()
    with pytest.raises(StoreFailed, match="lost the fields") as caught:
        ChromaStore(tmp_path / "v")
    assert "index rebuild" in caught.value.advice


_KILLED = """
import os, sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size = 2")
file.execute("BEGIN IMMEDIATE")
file.execute("CREATE TABLE half (words TEXT)")
file.executemany("INSERT INTO half VALUES (?)", (("x" * 4000,) for _ in range(200)))
os._exit(9)
"""


def test_what_a_killed_writer_left_half_done_is_undone_at_the_next_opening(tmp_path: Path, entries: list[Entry], encoder: HashingEncoder) -> None:
    folder = tmp_path / "vectors"
    with closing(_filled(ChromaStore(folder), entries, encoder)):
        pass
    subprocess.run([sys.executable, "-c", _KILLED, str(folder / "chroma.sqlite3")], check=False)
    assert (folder / "chroma.sqlite3-journal").stat().st_size > 0  # SQLite undoes it only for who may write
    with closing(ChromaStore(folder)) as store:
        assert store.size() == len(entries)
