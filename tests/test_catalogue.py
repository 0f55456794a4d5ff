"""The SQL catalogue, on real SQLite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bundle import Library
from corpus.document import Document
from corpus.passages import Passage, cut
from index.catalogue import Catalogue
from index.errors import StoreFailed
from index.home import Home
from tests.strategies import documents as any_document


def _pairs(documents: Sequence[Document]) -> list[tuple[Document, tuple[Passage, ...]]]:
    return [(document, cut(document)) for document in documents]


def test_what_is_written_is_read_back_in_order(catalogue: Catalogue, library: Library, passages: list[Passage]) -> None:
    assert catalogue.count() == (0, 0) and catalogue.documents() == ()
    backwards = library.documents[::-1]
    catalogue.replace_all(_pairs(backwards))
    assert catalogue.documents() == backwards
    assert catalogue.count() == (len(backwards), len(passages))
    assert [p for batch in catalogue.all_passages(3) for p in batch] == [p for _, row in _pairs(backwards) for p in row]
    assert all(len(batch) <= 3 for batch in catalogue.all_passages(3))


def test_passages_are_read_by_id_and_unknown_ids_left_out(catalogue: Catalogue, library: Library, passages: list[Passage]) -> None:
    catalogue.replace_all(_pairs(library.documents))
    one, two = passages[0], passages[-1]
    assert catalogue.passages([two.id, "no such", one.id, one.id]) == {one.id: one, two.id: two}
    assert catalogue.passages([]) == {}


def test_replacing_leaves_nothing_of_before(catalogue: Catalogue, library: Library) -> None:
    catalogue.replace_all(_pairs(library.documents))
    catalogue.replace_all(_pairs(library.documents[:1]))
    assert catalogue.documents() == library.documents[:1]
    assert {p.document for batch in catalogue.all_passages() for p in batch} == {library.documents[0].number}
    catalogue.replace_all([])
    assert catalogue.count() == (0, 0)


def test_a_write_that_breaks_off_changes_nothing(catalogue: Catalogue, library: Library) -> None:
    catalogue.replace_all(_pairs(library.documents))
    before = catalogue.count()

    def broken() -> Iterator[tuple[Document, Sequence[Passage]]]:
        yield library.documents[0], cut(library.documents[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalogue.replace_all(broken())
    with pytest.raises(StoreFailed, match="IntegrityError") as caught:
        catalogue.replace_all(_pairs([library.documents[0]] * 2))
    assert "index rebuild" in caught.value.advice
    assert catalogue.count() == before and catalogue.documents() == library.documents


@given(documents=st.lists(any_document, max_size=2, unique_by=lambda d: d.number))
def test_any_document_survives_the_database(documents: list[Document]) -> None:
    catalogue = Catalogue.open("sqlite://")
    catalogue.replace_all(_pairs(documents))
    assert catalogue.documents() == tuple(documents)
    assert [p for batch in catalogue.all_passages() for p in batch] == [p for document in documents for p in cut(document)]
    catalogue.close()


def test_a_second_opening_sees_what_the_first_wrote(home: Home, catalogue: Catalogue, library: Library) -> None:
    catalogue.replace_all(_pairs(library.documents))
    second = Catalogue.open(home.catalogue_url)
    assert second.documents() == library.documents
    second.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreFailed, match="DatabaseError"):
        Catalogue.open(f"sqlite:///{tmp_path / 'x.sqlite'}")


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/x.sqlite", "nonsense", "nosuchdatabase://host/x", "mssql+pyodbc://host/x"])
def test_an_address_that_leads_nowhere_is_our_error(url: str) -> None:
    with pytest.raises(StoreFailed, match="cannot be read or written"):
        Catalogue.open(url)
