"""The SQL catalogue, on real SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bundle import Library
from corpus.document import Bilingual, Document, Provision, StoredProvisions
from corpus.locator import Locator
from corpus.passages import Passage
from index.catalogue import LIBRARY, Catalogue, Change, Known
from index.contents import digest_of, passages_of
from index.errors import StaleIndex, StoreFailed
from index.home import Home
from tests.strategies import documents as any_document


def _changes(documents: Sequence[Document]) -> list[Change]:
    return [Change(document, at, digest_of(document), passages_of(document)) for at, document in enumerate(documents)]


@pytest.fixture
def filled(catalogue: Catalogue, library: Library) -> Catalogue:
    """The tiny library in the catalogue."""
    catalogue.write(LIBRARY, _changes(library.documents))
    return catalogue


def _long(number: str, provisions: int) -> Document:
    rows = tuple(Provision(Locator.parse(f"Điều {n}"), Bilingual(), Bilingual(f"Câu {n}.")) for n in range(1, provisions + 1))
    return Document(number, Bilingual("Luật"), Bilingual(), "law", None, "in_force", provisions=rows)


def test_what_is_written_is_read_back_in_order(catalogue: Catalogue, library: Library, passages: list[Passage]) -> None:
    assert catalogue.count() == (0, 0) and list(catalogue.documents()) == [] and catalogue.sample(5) == []
    backwards = library.documents[::-1]
    catalogue.write(LIBRARY, _changes(backwards))
    assert tuple(catalogue.documents()) == tuple(catalogue.heads()) == backwards
    assert list(catalogue.numbers()) == [d.number for d in backwards]
    assert catalogue.count() == (len(backwards), len(passages))
    assert [catalogue.document(d.number) for d in backwards] == list(backwards)
    assert catalogue.document("no such") is None


def test_passages_are_read_by_key_and_unknown_keys_left_out(filled: Catalogue, library: Library, passages: list[Passage]) -> None:
    keyed = {key: passage for document in library.documents for key, passage in passages_of(document).items()}
    assert list(keyed.values()) == passages and filled.keys() == keyed.keys()
    one, *_, two = keyed
    assert filled.passages([two, "no such", one, one]) == {one: keyed[one], two: keyed[two]}
    assert filled.passages([]) == {}
    number = library.documents[0].number
    assert filled.keys_of([number, "no such"]) == {number: set(passages_of(library.documents[0]))}


def test_the_first_passages_of_a_provision(filled: Catalogue, library: Library) -> None:
    document = library.documents[0]
    for provision in document.provisions:
        found = filled.opening(document.number, str(provision.locator))
        assert {language: filled.passages([key])[key].language for language, key in found.items()} == {"vi": "vi", "en": "en"}
    assert filled.opening(document.number, "no such") == {}


def test_a_document_is_written_whole_in_place_of_itself(filled: Catalogue, library: Library) -> None:
    old = library.documents[0]
    new = replace(old, title=Bilingual("Khác", "Other"), provisions=old.provisions[:1])
    filled.write(LIBRARY, _changes([new]))
    assert filled.document(old.number) == new
    assert filled.keys_of([old.number]) == {old.number: set(passages_of(new))}
    assert filled.count()[0] == len(library.documents)


def test_what_is_settled(filled: Catalogue, library: Library) -> None:
    first, second, *rest = (d.number for d in library.documents)
    filled.settle({number: place for place, number in enumerate([*rest, second])}, [first])
    assert list(filled.numbers()) == [*rest, second]
    assert first not in filled.keys_of([first]) and filled.provisions(first) == ()
    filled.settle({}, [second, *rest])
    assert filled.count() == (0, 0) and filled.keys() == set()


def test_sources_are_kept_apart_and_the_library_comes_first(filled: Catalogue, library: Library) -> None:
    filled.write("a file", _changes([_long("1/2024/QH15", 2), _long("2/2024/QH15", 1)]))
    assert filled.sources() == {"a file": 2, LIBRARY: len(library.documents)}
    assert list(filled.numbers()) == [*(d.number for d in library.documents), "1/2024/QH15", "2/2024/QH15"]
    assert filled.known("a file") == {n: Known(digest_of(filled.document(n)), at, n) for at, n in enumerate(["1/2024/QH15", "2/2024/QH15"])}  # type: ignore[arg-type]
    texts = filled.texts(["1/2024/QH15", "no such"])
    assert [(t.held_as, t.source, t.kind) for t in texts.pop("1/2024/QH15")] == [("1/2024/QH15", "a file", "law")] and not texts
    assert [d.number for d in filled.heads(but="law")] == [d.number for d in library.documents if d.kind != "law"]


def test_issuers_and_kinds(filled: Catalogue, library: Library) -> None:
    assert filled.kinds() == {d.kind for d in library.documents}
    assert {"quoc hoi", "national assembly"} <= filled.issuers()


def test_a_write_that_breaks_off_changes_nothing(filled: Catalogue, library: Library) -> None:
    before = filled.count()
    with pytest.raises(StoreFailed, match="IntegrityError") as caught:
        filled.write("x", _changes([_long("new", 1), _long("new", 1)]))
    assert "index rebuild" in caught.value.advice
    assert filled.count() == before and tuple(filled.documents()) == library.documents


@pytest.fixture(scope="module")
def memory() -> Iterator[Catalogue]:
    """A catalogue for many examples, each of which leaves it empty."""
    catalogue = Catalogue.open("sqlite://")
    yield catalogue
    catalogue.close()


@given(documents=st.lists(any_document, max_size=2, unique_by=lambda d: d.number))
def test_any_document_survives_the_database_and_leaves_it(memory: Catalogue, documents: list[Document]) -> None:
    catalogue = memory
    catalogue.settle({}, list(catalogue.numbers()))  # what an example that failed has left
    assert catalogue.count() == (0, 0) and not catalogue.keys()
    catalogue.write("x", _changes(documents))
    assert list(catalogue.documents()) == documents
    assert [digest_of(d) for d in catalogue.documents()] == [digest_of(d) for d in documents]
    keyed = {key: passage for document in documents for key, passage in passages_of(document).items()}
    assert catalogue.passages(sorted(keyed)) == keyed


def test_many_provisions_are_read_when_they_are_asked_for(catalogue: Catalogue) -> None:
    whole = _long("1/2024/QH15", 150)
    catalogue.write("x", _changes([whole, _long("few", 3)]))
    document = catalogue.document(whole.number)
    assert document is not None and isinstance(document.provisions, StoredProvisions)
    assert document == whole and whole == document and hash(document) == hash(whole)
    assert len(document.provisions) == 150 and document.provisions[:1] == whole.provisions[:1]
    assert document.provisions[-1] == whole.provisions[-1] and document.provisions[5:1:-2] == whole.provisions[5:1:-2]
    assert document.provisions[10:5] == () and list(document.provisions) == list(whole.provisions)
    assert document.find("điều 77") == whole.provisions[76] and document.find("Điều 999") is None
    with pytest.raises(IndexError):
        document.provisions[150]
    few = catalogue.document("few")
    assert few is not None and isinstance(few.provisions, tuple) and few.find("ĐIỀU 2") == few.provisions[1]


def test_a_sample_has_the_size_asked_for_and_no_passage_twice(catalogue: Catalogue) -> None:
    catalogue.write("x", _changes([_long("1/2024/QH15", 100)]))
    places = {p.locator for p in catalogue.sample(20)}
    assert len(places) == 20 and catalogue.sample(20) == catalogue.sample(20)
    assert len(catalogue.sample(500)) == 100 and len(catalogue.sample(1)) == 1


def test_a_sample_is_as_large_where_most_of_what_came_between_was_taken_away_again(catalogue: Catalogue) -> None:
    catalogue.write("x", _changes([_long("1/2024/QH15", 40), _long("2/2024/QH15", 400)]))
    catalogue.write("x", _changes([_long("3/2024/QH15", 40)]))
    catalogue.settle({"1/2024/QH15": 0, "3/2024/QH15": 1}, removed=("2/2024/QH15",))
    assert len({(p.document, p.locator) for p in catalogue.sample(20)}) == 20


def test_a_second_opening_sees_what_the_first_wrote_while_it_is_open(home: Home, filled: Catalogue, library: Library) -> None:
    second = Catalogue.open(home.catalogue_url)
    reading = second.heads()
    next(reading)
    filled.write("x", _changes([_long("new", 1)]))
    assert len(list(reading)) == len(library.documents) - 1 and second.count()[0] == len(library.documents) + 1
    second.close()


def test_a_catalogue_of_the_first_version_gives_way(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "x.sqlite"
    with sqlite3.connect(path) as old:
        old.execute("create table documents (number text primary key, body text)")
        old.execute("create table passages (id text primary key, text text)")
        old.execute("insert into documents values ('1', '{}')")
    old.close()
    catalogue = Catalogue.open(f"sqlite:///{path}")
    assert catalogue.count() == (0, 0)
    catalogue.write(LIBRARY, _changes(library.documents))
    catalogue.close()
    again = Catalogue.open(f"sqlite:///{path}")
    assert tuple(again.documents()) == library.documents
    again.close()


def test_a_catalogue_of_a_later_version_is_refused(home: Home, catalogue: Catalogue) -> None:
    with sqlite3.connect(home.root / "catalogue.sqlite") as later:
        later.execute("update catalogue_version set version_num = '99'")
    later.close()
    with pytest.raises(StaleIndex, match="99") as caught:
        Catalogue.open(home.catalogue_url)
    assert "ATTACHE_HOME" in caught.value.advice


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreFailed, match="DatabaseError"):
        Catalogue.open(f"sqlite:///{tmp_path / 'x.sqlite'}")


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/x.sqlite", "nonsense", "nosuchdatabase://host/x", "mssql+pyodbc://host/x"])
def test_an_address_that_leads_nowhere_is_our_error(url: str) -> None:
    with pytest.raises(StoreFailed, match="cannot be read or written"):
        Catalogue.open(url)
