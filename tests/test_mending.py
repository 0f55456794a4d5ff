"""What a writer that was killed left is put right when somebody opens the index; an earlier generation answers again."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.compose import open_assistant
from assistant.settings import Settings
from corpus.bundle import Library
from index.build import build, open_retriever, verify
from index.caches import Caches, is_unfinished, mark_unfinished
from index.catalogue import Catalogue
from index.checksums import NAME, distrusted, faults, seal
from index.embedding import HashingEncoder
from index.errors import IndexBusy, NoIndex, StaleIndex, StoreFailed
from index.home import Home
from index.ingest import ingest
from index.mending import mend, roll_back, settle
from index.retrieve import Query
from tests.test_ingest import _law


@pytest.fixture
def own(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> Home:
    """A data folder with two generations, the current one of fewer documents."""
    build(home, catalogue, library.documents, encoder, "one")
    build(home, catalogue, library.documents[:2], encoder, "one", anew=True)
    return home


def test_going_back_keeps_the_documents_as_they_are_now(own: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    first, second = own.generations()
    assert roll_back(own, catalogue, encoder) == first == own.current() and own.manifest().documents == 2
    assert verify(own, catalogue, encoder, "one").sound
    found = open_retriever(own, catalogue, encoder, "one").retrieve(Query("giao dịch điện tử", "vi"))
    assert {one.passage.document for one in found} == {document.number for document in library.documents[:2]}
    assert roll_back(own, catalogue, encoder) == second


def test_a_generation_that_was_gone_back_to_is_the_one_that_is_kept(own: Home, catalogue: Catalogue, encoder: HashingEncoder) -> None:
    first = roll_back(own, catalogue, encoder)
    build(own, catalogue, tuple(catalogue.documents()), encoder, "one", anew=True)
    assert own.generations() == [first, own.current()]


def test_nothing_to_go_back_to(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    build(home, catalogue, library.documents, encoder, "one")
    with pytest.raises(NoIndex, match="no earlier generation"):
        roll_back(home, catalogue, encoder)


def test_what_is_damaged_or_of_another_encoder_is_not_gone_back_to(own: Home, catalogue: Catalogue, encoder: HashingEncoder) -> None:
    first, second = own.generations()
    with pytest.raises(StaleIndex, match="hashing-8"):
        roll_back(own, catalogue, HashingEncoder(8))
    segment = next(path for path in (first / "lexical").iterdir() if path.suffix == ".store")
    segment.write_bytes(bytes([segment.read_bytes()[0] ^ 1]) + segment.read_bytes()[1:])
    with pytest.raises(StoreFailed, match="is damaged: lexical/"):
        roll_back(own, catalogue, encoder)
    assert own.current() == second and verify(own, catalogue, encoder, "one").sound


def test_verify_names_the_file_that_changed(own: Home, catalogue: Catalogue, encoder: HashingEncoder) -> None:
    segment = next(path for path in (own.current() / "lexical").iterdir() if path.suffix == ".store")
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    said = [check for check, passed in verify(own, catalogue, encoder, "one").checks if not passed]
    assert said[0] == f"files: lexical/{segment.name} has changed"


def test_an_opened_generation_is_not_removed_under_its_reader(own: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    reader = Caches(own.generations()[0])
    build(own, catalogue, library.documents, encoder, "one", anew=True)
    assert len(own.generations()) == 3 and reader.lexical.size() > 0
    reader.close()
    build(own, catalogue, library.documents, encoder, "one", anew=True)
    assert len(own.generations()) == 2


def test_half_written_vectors_are_not_trusted(home: Home, catalogue: Catalogue, encoder: HashingEncoder) -> None:
    ingest(home, catalogue, encoder, [_law("1/2024/QH15", 1200)], source="x")
    folder = home.current()
    assert faults(folder) == [] and not distrusted(folder)
    settle(home, catalogue, encoder)
    assert home.current() == folder
    mark_unfinished(folder)
    settle(home, catalogue, encoder)
    assert home.current() == folder and not is_unfinished(folder)
    mark_unfinished(folder)
    vectors = next(folder.glob("vectors/*/data_level0.bin"))
    vectors.write_bytes(vectors.read_bytes()[:5000])
    assert distrusted(folder)
    with home.writing(), pytest.raises(IndexBusy), Home(home.root).writing(seconds=0):
        pass
    before = home.manifest()
    with home.writing():
        assert mend(home, catalogue, encoder) == 1200
    assert home.current() != folder and verify(home, catalogue, encoder, "").sound
    assert replace(home.manifest(), seconds=before.seconds) == before


def test_seals_are_kept_for_files_that_have_not_changed(own: Home) -> None:
    sealed = (own.current() / NAME).read_text("utf-8")
    seal(own.current())
    assert (own.current() / NAME).read_text("utf-8") == sealed


def test_who_opens_the_assistant_sets_right_what_was_left(library_folder: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, library=library_folder)
    open_assistant(settings)
    home = Home(tmp_path)
    mark_unfinished(home.current())
    with home.writing():
        open_assistant(settings)
    assert is_unfinished(home.current())
    open_assistant(settings)
    assert not is_unfinished(home.current())
    with closing(Catalogue.open(home.catalogue_url)) as catalogue:
        assert catalogue.count()[0] == 4
