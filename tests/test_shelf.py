"""The shelf: documents by number, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.document import Document
from index.catalogue import Catalogue
from index.home import Home
from index.shelf import Shelf
from tests.conftest import Built


class Counting(Catalogue):
    """A catalogue that counts the documents that are read from it."""

    asked: int = 0

    def document(self, number: str) -> Document | None:
        self.asked += 1
        return super().document(number)


@pytest.fixture
def counting(built: Built) -> Iterator[Counting]:
    catalogue = Counting.open(Home(built.home.root).catalogue_url)
    assert isinstance(catalogue, Counting)
    yield catalogue
    catalogue.close()


def test_the_shelf_is_the_mapping_of_all_documents(counting: Counting, documents: dict[str, Document]) -> None:
    shelf = Shelf(counting)
    assert list(shelf) == list(documents) and len(shelf) == len(documents) and counting.asked == 0
    assert dict(shelf) == documents and shelf == documents
    assert "no such" not in shelf and shelf.get("no such") is None
    with pytest.raises(KeyError):
        shelf["no such"]


def test_a_document_asked_for_lately_is_kept_and_their_number_bounded(counting: Counting, documents: dict[str, Document]) -> None:
    shelf = Shelf(counting, kept=2)
    one, two, three, _ = documents
    for number, asked in ((one, 1), (one, 1), (two, 2), (one, 2), (three, 3), (one, 3), (two, 4)):
        assert shelf[number] == documents[number] and counting.asked == asked


def test_heads_are_whole_documents_when_looked_at(counting: Counting, documents: dict[str, Document]) -> None:
    shelf = Shelf(counting)
    assert list(shelf.heads()) == list(documents.values()) and counting.asked == 0
    assert [d.number for d in shelf.heads(but="law")] == [d.number for d in documents.values() if d.kind != "law"]
    assert shelf.kinds() == {d.kind for d in documents.values()} and "quoc hoi" in shelf.issuers()
