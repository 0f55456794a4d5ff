"""Ingesting: only what has changed is encoded, what is gone is gone everywhere, and a writer that was killed does no harm."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.document import RECORD, Bilingual, Document, Provision
from corpus.errors import CorpusError, Fault, Unreadable
from corpus.locator import Locator
from index.build import build, open_retriever, verify
from index.caches import Caches, is_unfinished
from index.catalogue import Catalogue
from index.contents import passages_of
from index.embedding import HashingEncoder
from index.errors import IndexBusy, StaleIndex
from index.home import Home
from index.ingest import IngestReport, ingest
from index.retrieve import Query


class Counting(HashingEncoder):
    """An encoder that remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.given.extend(texts)
        return super().encode_documents(texts)


def _record(number: str, text: str, **fields: str) -> Document:
    provision = Provision(Locator.parse("Toàn văn"), Bilingual(), Bilingual(text))
    return replace(Document(number, Bilingual(), Bilingual(), RECORD, None, "unknown", text_kind="official", provisions=(provision,)), **fields)  # type: ignore[arg-type]


def _law(number: str, articles: int, changed: int = 0) -> Document:
    rows = tuple(
        Provision(Locator.parse(f"Điều {n}"), Bilingual(f"Tên {n}"), Bilingual(f"Nội dung của điều {n}{' đã sửa' if n == changed else ''}."))
        for n in range(1, articles + 1)
    )
    return Document(number, Bilingual("Luật thử"), Bilingual("Quốc hội"), "law", "2024-01-01", "in_force", provisions=rows)


@pytest.fixture
def counting() -> Counting:
    return Counting()


def _keys(home: Home) -> tuple[set[str], set[str]]:
    """What each of the caches holds."""
    with closing(Caches(home.current())) as caches:
        return set(caches.lexical.keys()), set(caches.vectors.keys())


def _whole(home: Home, catalogue: Catalogue) -> bool:
    """Tell whether caches and catalogue hold the same."""
    return _keys(home) == (catalogue.keys(), catalogue.keys()) and not is_unfinished(home.current())


def test_the_first_ingest_makes_a_generation(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    report = ingest(home, catalogue, counting, [_law("1/2024/QH15", 3), _record("a", "Một câu.")], source="x")
    assert (report.added, report.unchanged, report.replaced, report.removed, report.failed) == (2, 0, 0, 0, ())
    assert report.passages_encoded == len(counting.given) == 4 and report.passages_deleted == 0
    assert _whole(home, catalogue) and home.manifest().documents == 2 and home.manifest().passages == 4
    assert catalogue.sources() == {"x": 2}


def test_a_second_run_encodes_nothing_and_opens_no_cache(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    documents = [_law("1/2024/QH15", 3), _record("a", "Một câu.")]
    ingest(home, catalogue, counting, documents, source="x")
    counting.given.clear()
    before = {path: path.stat().st_mtime_ns for path in home.root.rglob("*") if path.is_file() and "generations" in path.parts}
    report = ingest(home, catalogue, counting, iter(documents), source="x")
    assert (report.added, report.unchanged, report.replaced, report.removed) == (0, 2, 0, 0)
    assert counting.given == [] and report.passages_encoded == report.passages_deleted == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_one_changed_article_touches_only_its_own_passages(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    ingest(home, catalogue, counting, [_law("1/2024/QH15", 30), _law("2/2024/QH15", 30)], source="x")
    counting.given.clear()
    report = ingest(home, catalogue, counting, [_law("1/2024/QH15", 30, changed=7), _law("2/2024/QH15", 30)], source="x")
    assert (report.added, report.unchanged, report.replaced, report.removed) == (0, 1, 1, 0)
    assert len(counting.given) == report.passages_encoded == report.passages_deleted == 1 and "đã sửa" in counting.given[0]
    assert _whole(home, catalogue)
    assert catalogue.document("1/2024/QH15") == _law("1/2024/QH15", 30, changed=7)


def test_what_is_gone_is_gone_everywhere(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    ingest(home, catalogue, counting, [_law("1/2024/QH15", 5), _law("2/2024/QH15", 5)], source="x")
    ingest(home, catalogue, counting, [_record("a", "Một câu.")], source="y")
    report = ingest(home, catalogue, counting, [_law("2/2024/QH15", 4)], source="x")
    assert (report.removed, report.replaced, report.passages_deleted, report.passages_encoded) == (1, 1, 6, 0)
    assert _whole(home, catalogue) and not any(key.startswith("1/2024") or "Điều 5" in key for key in sorted(catalogue.keys()))
    assert list(catalogue.numbers()) == ["2/2024/QH15", "a"]


def test_the_order_of_a_source_is_kept(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    numbers = [str(n) for n in range(9)]
    ingest(home, catalogue, counting, [_record(n, n) for n in numbers], source="x")
    turned = ["new", *numbers[::-1]]
    report = ingest(home, catalogue, counting, [_record(n, n) for n in turned], source="x")
    assert (report.added, report.unchanged) == (1, 9) and list(catalogue.numbers()) == turned


def test_a_number_that_stands_twice_or_elsewhere_is_named(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    ingest(home, catalogue, counting, [_record("a", "Từ tệp x.")], source="x")
    report = ingest(home, catalogue, counting, [_record("a", "Từ tệp y."), _record("b", "Một."), _record("b", "Hai.")], source="y")
    assert report.added == 1 and sorted(report.failed) == [
        Fault("a", "a document of this number is there already, from x"), Fault("b", "it stands twice in this source; the first one is kept"),
    ]  # fmt: skip
    assert catalogue.sources() == {"x": 1, "y": 1} and catalogue.document("b").provisions[0].text.vi == "Một."  # type: ignore[union-attr]
    assert _whole(home, catalogue)


def test_a_reading_that_breaks_off_removes_nothing(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    ingest(home, catalogue, counting, [_record("a", "Một."), _record("b", "Hai.")], source="x")

    def broken() -> Iterator[Document]:
        yield _record("c", "Ba.")
        raise Unreadable(Path("x"), "its packing is damaged")

    report = ingest(home, catalogue, counting, broken(), source="x")
    assert (report.added, report.removed, report.failed) == (1, 0, (Fault("x", "its packing is damaged"),))
    assert sorted(catalogue.numbers()) == ["a", "b", "c"] and _whole(home, catalogue)
    assert ingest(home, catalogue, counting, _raising(), source="x").failed == (Fault("x", "broken"),)


def _raising() -> Iterator[Document]:
    raise CorpusError("broken")
    yield


def test_many_documents_are_written_in_batches(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    told: list[tuple[str, int, int]] = []
    documents = (_record(str(n), f"Câu số {n}.") for n in range(2100))  # a record counts twice, for its document and its passage
    report = ingest(home, catalogue, counting, documents, source="x", progress=lambda *step: told.append(step))
    assert report.added == 2100 and _whole(home, catalogue)
    assert {stage for stage, *_ in told} == {"passages"} and [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1] == ("passages", 2100, 0)


def test_a_reader_that_was_open_sees_documents_as_they_are(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    ingest(home, catalogue, counting, [_law("1/2024/QH15", 5)], source="x")
    retriever = open_retriever(home, catalogue, counting, "")
    assert retriever.retrieve(Query("Nội dung của điều 3", "vi"))[0].passage.locator == "Điều 3"
    ingest(home, catalogue, counting, [_law("1/2024/QH15", 5, changed=3), _record("a", "Thêm.")], source="x")
    found = retriever.retrieve(Query("Nội dung của điều 3", "vi"))
    assert len(found) >= 4 and all("đã sửa" in r.passage.text for r in found if r.passage.locator == "Điều 3")
    again = open_retriever(home, catalogue, counting, "").retrieve(Query("Nội dung của điều 3 đã sửa", "vi"))
    assert again[0].passage.text == "Nội dung của điều 3 đã sửa."


def test_another_encoder_is_refused_with_the_command_that_mends_it(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    ingest(home, catalogue, counting, [_record("a", "Một.")], source="x")
    with pytest.raises(StaleIndex, match="hashing-8") as caught:
        ingest(home, catalogue, HashingEncoder(8), [_record("b", "Hai.")], source="y")
    assert "attache index rebuild" in caught.value.advice and catalogue.sources() == {"x": 1}


def test_a_second_writer_is_refused(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    class Impatient(Home):
        def writing(self, seconds: float = 0.0) -> AbstractContextManager[None]:
            return super().writing(seconds)

    with home.writing(), pytest.raises(IndexBusy):
        ingest(Impatient(home.root), catalogue, counting, [], source="x")


_KILLED = """
import os, signal, sys, pathlib
from index.catalogue import Catalogue
from index.embedding import HashingEncoder
from index.home import Home
from index.ingest import ingest
from tests.test_ingest import _law

class Killed(Catalogue):
    def write(self, source, changes, moved):
        if sys.argv[2] == "after": super().write(source, changes, moved)
        os.kill(os.getpid(), signal.SIGKILL)

    def settle(self, positions, removed, moved):
        super().settle(positions, removed, moved)
        os.kill(os.getpid(), signal.SIGKILL)

home = Home(pathlib.Path(sys.argv[1]))
documents = {
    "changed": [_law("1/2024/QH15", 9, changed=4), _law("3/2024/QH15", 9)],
    "shorter": [_law("1/2024/QH15", 8), _law("2/2024/QH15", 9)],
    "fewer": [_law("1/2024/QH15", 9)],
}[sys.argv[3]]
ingest(home, Killed.open(home.catalogue_url), HashingEncoder(), documents, source="x")
"""


def _kill_a_writer(home: Home, root: Path, when: str, documents: str) -> None:
    """Let a process write documents and be killed before or after its first change of the catalogue."""
    done = subprocess.run([sys.executable, "-c", _KILLED, str(home.root), when, documents], cwd=root, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_writer_that_is_killed_leaves_documents_as_they_were_or_as_they_are(
    home: Home, catalogue: Catalogue, counting: Counting, root: Path, when: str
) -> None:
    old = [_law("1/2024/QH15", 9), _law("2/2024/QH15", 9)]
    new = [_law("1/2024/QH15", 9, changed=4), _law("3/2024/QH15", 9)]
    ingest(home, catalogue, counting, old, source="x")
    _kill_a_writer(home, root, when, "changed")
    assert {d.number: d for d in catalogue.documents()} == {d.number: d for d in (old if when == "before" else [*new, old[1]])}
    verdict = dict(verify(home, catalogue, counting, "").checks)
    assert verdict.pop("a writing broke off; the next one sweeps") is False
    assert [check.split(":")[0] for check, passed in verdict.items() if not passed] == ["files", "lexical index", "vector store"]
    assert sum("that the catalogue does not know" in check for check, passed in verdict.items() if not passed) == 2
    report = ingest(home, catalogue, counting, new, source="x")
    assert report.removed == 1 and report.unchanged == (0 if when == "before" else 2)
    assert _whole(home, catalogue) and verify(home, catalogue, counting, "").sound
    assert list(catalogue.documents()) == new


@pytest.mark.parametrize(("documents", "lost"), [("shorter", 1), ("fewer", 9)])
def test_a_writer_that_is_killed_when_it_only_removes_leaves_word_of_it(
    home: Home, catalogue: Catalogue, counting: Counting, root: Path, documents: str, lost: int
) -> None:
    ingest(home, catalogue, counting, [_law("1/2024/QH15", 9), _law("2/2024/QH15", 9)], source="x")
    _kill_a_writer(home, root, "after", documents)
    assert len(catalogue.keys()) == 18 - lost and is_unfinished(home.current())
    report = ingest(home, catalogue, counting, [], source="another")
    assert report.passages_deleted == 0 and _whole(home, catalogue)


def test_what_a_cache_lost_is_written_again_after_a_writer_was_killed(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    documents = [_law("1/2024/QH15", 9)]
    ingest(home, catalogue, counting, documents, source="x")
    with closing(Caches(home.current())) as caches:
        caches.begin()
        caches.vectors.delete(sorted(catalogue.keys())[:3])
        caches.lexical.delete(sorted(catalogue.keys())[2:5])
    counting.given.clear()
    report = ingest(home, catalogue, counting, documents, source="x")
    assert len(counting.given) == report.passages_encoded == 5 and report.unchanged == 1 and _whole(home, catalogue)


_rows = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["Một câu.", "Hai câu. Rất khác.", "Three."]), max_size=5)


@rules(max_examples=10)
@given(st.lists(st.tuples(st.sampled_from(["x", "y"]), _rows), max_size=3))
def test_after_any_history_the_index_is_what_was_said_last(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, dict[str, str]]]
) -> None:
    home = Home(tmp_path_factory.mktemp("any"))
    catalogue = Catalogue.open(home.catalogue_url)
    said: dict[str, dict[str, str]] = {}
    for source, rows in history:
        rows = {f"{source}{number}": text for number, text in rows.items()}
        report = ingest(home, catalogue, HashingEncoder(), [_record(n, t) for n, t in rows.items()], source=source)
        before = said.get(source, {})
        assert report.added == len(rows.keys() - before.keys()) and report.removed == len(before.keys() - rows.keys())
        assert report.replaced == sum(before[n] != t for n, t in rows.items() if n in before)
        said[source] = rows
    expected = {n: _record(n, t) for rows in said.values() for n, t in rows.items()}
    assert {d.number: d for d in catalogue.documents()} == expected
    if history:
        assert catalogue.keys() == {key for d in expected.values() for key in passages_of(d)} and _whole(home, catalogue)
    catalogue.close()


def test_reports_add_up_and_print_as_json() -> None:
    one = IngestReport(added=1, failed=(Fault("a", "why"),), seconds=1.25)
    both = one + IngestReport(replaced=2, failed=(Fault("b", "how"),), passages_encoded=3, seconds=0.5)
    assert both == IngestReport(1, 0, 2, 0, (Fault("a", "why"), Fault("b", "how")), 3, 0, 1.75)
    assert both.changed and not IngestReport(unchanged=4).changed
    assert both.to_json() == {
        "added": 1, "unchanged": 0, "replaced": 2, "removed": 0, "passages_encoded": 3, "passages_deleted": 0, "seconds": 1.75,
        "failed": [{"name": "a", "reason": "why"}, {"name": "b", "reason": "how"}], "notes": [], "passages_redated": 0,
    }  # fmt: skip


def test_the_library_and_what_was_ingested_lie_side_by_side(home: Home, catalogue: Catalogue, counting: Counting) -> None:
    ingest(home, catalogue, counting, [_record("a", "Một.")], source="x")
    build(home, catalogue, [_law("1/2024/QH15", 2)], counting, "library one")
    assert list(catalogue.numbers()) == ["1/2024/QH15", "a"] and _whole(home, catalogue)
    build(home, catalogue, [], counting, "library two")
    assert list(catalogue.numbers()) == ["a"] and home.manifest().library == "library two"
