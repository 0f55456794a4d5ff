"""Where new documents are held, and which texts are noted as repeated."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Bilingual, Document, Provision
from corpus.errors import Fault
from corpus.locator import Locator
from index.build import build, open_retriever
from index.catalogue import Catalogue
from index.embedding import HashingEncoder
from index.home import Home
from index.ingest import IngestReport, ingest
from index.retrieve import Query


def act(number: str, *changed: int, **fields: str) -> Document:
    rows = tuple(
        Provision(Locator.parse(f"Điều {n}"), Bilingual(), Bilingual(f"Khoản {n} nói về việc {'khác' if n in changed else n * n} và việc {n}."))
        for n in range(1, 61)
    )
    made = Document(number, Bilingual("Nghị quyết"), Bilingual(), "resolution", "2024-12-22", "in_force", text_kind="official", provisions=rows)
    return replace(made, **fields)  # type: ignore[arg-type]


DIGEST = replace(act("57-NQ/TW", text_kind="digest"), provisions=(Provision(Locator.parse("I"), Bilingual(), Bilingual("Tóm tắt.", "Digest.")),))


def _put(home: Home, catalogue: Catalogue, source: str, *documents: Document) -> IngestReport:
    return ingest(home, catalogue, HashingEncoder(), documents, source=source)


def test_a_digest_and_the_official_text_are_held_side_by_side(home: Home, catalogue: Catalogue) -> None:
    build(home, catalogue, [DIGEST], HashingEncoder(), "")
    official = act("57-NQ/TW")
    report = _put(home, catalogue, "a.docx", official)
    assert report.added == 1 and not report.failed and not report.notes
    assert list(catalogue.numbers()) == ["57-NQ/TW", "57-NQ/TW~official"] and catalogue.count()[0] == 2
    assert catalogue.document("57-NQ/TW") == DIGEST and catalogue.document("57-NQ/TW~official") == official
    assert [(t.held_as, t.text_kind) for t in catalogue.texts(["57-NQ/TW"])["57-NQ/TW"]] == [
        ("57-NQ/TW~official", "official"), ("57-NQ/TW", "digest"),
    ]  # fmt: skip
    passages = open_retriever(home, catalogue, HashingEncoder(), "").retrieve(Query("Khoản 3 nói về việc", "vi", k=3))
    assert {(r.passage.document, r.passage.held_as, r.passage.id.partition("#")[0]) for r in passages} == {
        ("57-NQ/TW", "57-NQ/TW~official", "57-NQ/TW~official")
    }
    assert _put(home, catalogue, "a.docx", official).unchanged == 1
    changed = _put(home, catalogue, "a.docx", act("57-NQ/TW", 3))
    assert (changed.replaced, changed.passages_encoded, changed.passages_deleted) == (1, 1, 1)
    assert _put(home, catalogue, "a.docx").removed == 1 and list(catalogue.documents()) == [DIGEST]


def test_the_library_finds_a_place_beside_an_official_text_that_came_before_it(home: Home, catalogue: Catalogue) -> None:
    _put(home, catalogue, "a.docx", act("57-NQ/TW"))
    build(home, catalogue, [DIGEST], HashingEncoder(), "")
    assert sorted(catalogue.numbers()) == ["57-NQ/TW", "57-NQ/TW~digest"]
    _put(home, catalogue, "a.docx")
    assert catalogue.document("57-NQ/TW") == DIGEST  # by its number, when no text is held under that


def test_the_same_act_from_two_files_is_noted_held_twice_and_found_once(home: Home, catalogue: Catalogue) -> None:
    _put(home, catalogue, "a.docx", act("1/2024/NQ-HĐ"))
    report = _put(home, catalogue, "b.pdf", act("1/2024/NQ-HĐ"))
    assert report.added == 1 and report.notes == (Fault("1/2024/NQ-HĐ", "its text is the same as that of 1/2024/NQ-HĐ, from a.docx"),)
    found = open_retriever(home, catalogue, HashingEncoder(), "").retrieve(Query("Khoản 7 nói về việc 49", "vi"))
    assert len({r.passage.locator for r in found}) == len(found) == 10
    _put(home, catalogue, "a.docx")
    assert [d.number for d in catalogue.documents()] == ["1/2024/NQ-HĐ"]


def test_what_is_nearly_the_same_is_noted_also_within_one_source(home: Home, catalogue: Catalogue) -> None:
    report = _put(home, catalogue, "x", act("1/2024/NQ-HĐ"), act("2/2024/NQ-HĐ", 5), act("3/2024/NQ-HĐ", *range(1, 61)))
    assert [note.name for note in report.notes] == ["2/2024/NQ-HĐ"] and report.added == 3
    assert report.notes[0].reason.startswith("its text is nearly the same (9") and "1/2024/NQ-HĐ, from the same source" in report.notes[0].reason
    other = _put(home, catalogue, "y", act("4/2024/NQ-HĐ", 9))
    assert {note.reason.rpartition(" that of ")[2] for note in other.notes} >= {"1/2024/NQ-HĐ, from x"}
