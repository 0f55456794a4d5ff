"""A generation of the index is built beside the current one and published whole, or not at all."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.bundle import Library
from corpus.document import Bilingual
from corpus.passages import Passage
from index.build import build, open_retriever, stale, verify
from index.catalogue import Catalogue
from index.embedding import HashingEncoder
from index.errors import IndexBusy, NoIndex, StaleIndex
from index.home import FORMAT, Home, Manifest
from index.locks import unheld
from index.retrieve import Query
from tests.conftest import Built


class Stopping(HashingEncoder):
    """An encoder that is stopped from outside at its first text."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise KeyboardInterrupt


class Mute(HashingEncoder):
    """An encoder of another kind under the same name: every text is the same vector."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.full((len(texts), self.dimensions), self.dimensions**-0.5, dtype=np.float32)


def test_a_manifest_tells_what_built_the_index(built: Built, passages: list[Passage]) -> None:
    manifest = built.manifest
    assert manifest == built.home.manifest() and manifest.seconds >= 0
    assert (manifest.format, manifest.encoder, manifest.dimensions) == (FORMAT, built.encoder.fingerprint, built.encoder.dimensions)
    assert (manifest.library, manifest.documents, manifest.passages) == (built.library.sha256, 4, len(passages))


def test_progress_is_told_up_to_all(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    told: list[tuple[str, int, int]] = []
    manifest = build(home, catalogue, library.documents, encoder, "x", lambda *step: told.append(step))
    assert told[-1] == ("passages", manifest.passages, 0)
    told.clear()
    build(home, catalogue, library.documents, encoder, "x", lambda *step: told.append(step), anew=True)
    assert told[-1] == ("passages", manifest.passages, manifest.passages)


def test_a_library_without_documents(home: Home, catalogue: Catalogue, encoder: HashingEncoder) -> None:
    assert build(home, catalogue, [], encoder, "x").passages == 0
    assert open_retriever(home, catalogue, encoder, "x").retrieve(Query("số", "vi")) == ()
    assert verify(home, catalogue, encoder, "x").sound


def test_a_changed_library_is_ingested_in_place(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    build(home, catalogue, library.documents, encoder, "one")
    first = home.current()
    manifest = build(home, catalogue, library.documents[:2], encoder, "two")
    assert home.current() == first and home.manifest() == manifest and manifest.library == "two" and manifest.documents == 2
    assert [d.number for d in catalogue.documents()] == [d.number for d in library.documents[:2]]
    retriever = open_retriever(home, catalogue, encoder, "two")
    assert {r.passage.document for r in retriever.retrieve(Query("giao dịch điện tử", "vi"))} == {"20/2023/QH15", "51/2005/QH11"}
    assert verify(home, catalogue, encoder, "two").sound


def test_an_interrupted_build_leaves_documents_as_they_were(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    build(home, catalogue, library.documents, encoder, "one")
    before = home.current(), home.manifest(), tuple(catalogue.documents()), catalogue.count()
    changed = [replace(library.documents[0], title=Bilingual("Khác", "Other")), *library.documents[2:]]
    with pytest.raises(KeyboardInterrupt):
        build(home, catalogue, changed, Stopping(), "two")
    assert (home.current(), home.manifest(), tuple(catalogue.documents()), catalogue.count()) == before
    build(home, catalogue, library.documents, encoder, "one")
    assert verify(home, catalogue, encoder, "one").sound
    with home.writing(seconds=0):
        pass


def test_a_build_after_an_interrupted_one_succeeds(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    with pytest.raises(KeyboardInterrupt):
        build(home, catalogue, library.documents, Stopping(), "one")
    assert stale(home.manifest(), encoder, "one") and catalogue.count() == (0, 0)
    build(home, catalogue, library.documents, encoder, "one")
    assert verify(home, catalogue, encoder, "one").sound


def test_a_document_that_cannot_be_taken_in_is_told_of(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    twice = [library.documents[0], replace(library.documents[0], provisions=())]
    manifest = build(home, catalogue, twice, encoder, "two", left_out=("a broken file",))
    assert manifest.documents == 1 and manifest.left_out[0] == "a broken file"
    assert manifest.left_out[1].startswith(f"{library.documents[0].number}: it stands twice")


class Impatient(Home):
    """A data folder whose writers do not wait for each other."""

    def writing(self, seconds: float = 0.0) -> AbstractContextManager[None]:
        return super().writing(seconds)


def test_a_second_writer_is_refused_and_changes_nothing(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    with home.writing(), pytest.raises(IndexBusy):
        build(Impatient(home.root), catalogue, library.documents, encoder, "x")
    assert home.generations() == [] and catalogue.count() == (0, 0)
    build(Impatient(home.root), catalogue, library.documents, encoder, "x")
    assert home.current().name == "0001"


MANIFEST = Manifest(FORMAT, "hashing-256", 256, "abc", 1, 1, 0.1)


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (MANIFEST, None),
        (replace(MANIFEST, format=FORMAT + 1), f"it has format {FORMAT + 1}"),
        (replace(MANIFEST, encoder="static-1"), "made by the encoder static-1, the present one is hashing-256"),
        (replace(MANIFEST, library="abd"), "the library has changed"),
        (replace(MANIFEST, documents=9, passages=9, seconds=9.0), None),
    ],
)
def test_stale(manifest: Manifest, reason: str | None, encoder: HashingEncoder) -> None:
    found = stale(manifest, encoder, "abc")
    assert found is None if reason is None else found is not None and reason in found


def test_a_stale_index_is_not_searched(built: Built) -> None:
    with pytest.raises(StaleIndex, match="the library has changed") as caught:
        open_retriever(built.home, built.catalogue, built.encoder, "another")
    assert "index rebuild" in caught.value.advice
    with pytest.raises(StaleIndex, match="encoder"):
        open_retriever(built.home, built.catalogue, HashingEncoder(8), built.library.sha256)


def test_no_index_is_opened_where_there_is_none(home: Home, catalogue: Catalogue, encoder: HashingEncoder) -> None:
    for read in (open_retriever, verify):
        with pytest.raises(NoIndex):
            read(home, catalogue, encoder, "x")


def test_a_sound_index_passes_every_check(built: Built) -> None:
    verdict = verify(built.home, built.catalogue, built.encoder, built.library.sha256)
    assert verdict.sound and len(verdict.checks) == 8
    assert "20 of 20" in verdict.checks[-1][0]


def test_a_stale_index_fails_its_first_check_and_is_not_tried(built: Built) -> None:
    verdict = verify(built.home, built.catalogue, built.encoder, "another")
    assert not verdict.sound and [passed for _, passed in verdict.checks] == [False, True, True, True, True, True, True]
    assert "the library has changed" in verdict.checks[0][0]


@pytest.fixture
def own(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> Home:
    """A data folder with an index that a test may spoil."""
    build(home, catalogue, library.documents, encoder, "one")
    return home


def _failed(home: Home, catalogue: Catalogue, encoder: HashingEncoder) -> list[str]:
    return [name.split(":")[0] for name, passed in verify(home, catalogue, encoder, "one").checks if not passed]


def test_verify_finds_a_catalogue_that_differs(own: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    catalogue.settle({}, [library.documents[0].number])
    assert _failed(own, catalogue, encoder) == ["lexical index", "vector store"]


@pytest.mark.parametrize(("folder", "check"), [("lexical", "lexical index"), ("vectors", "vector store")])
def test_verify_finds_a_lost_cache(own: Home, catalogue: Catalogue, encoder: HashingEncoder, folder: str, check: str) -> None:
    shutil.rmtree(own.current() / folder)
    assert check in _failed(own, catalogue, encoder)


def test_verify_finds_passages_that_no_longer_find_themselves(own: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    build(own, catalogue, library.documents, Mute(), "one", anew=True)
    Path(own.current() / "lexical" / "meta.json").unlink()
    assert _failed(own, catalogue, encoder) == ["files", "lexical index", "canary passages found by their own words"]


def test_a_retriever_that_nobody_uses_lets_go_of_its_generation(home: Home, catalogue: Catalogue, library: Library, encoder: HashingEncoder) -> None:
    build(home, catalogue, library.documents, encoder, "one")
    retriever = open_retriever(home, catalogue, encoder, "one")
    with unheld(home.current()) as free:
        assert not free
    del retriever
    gc.collect()
    with unheld(home.current()) as free:
        assert free
