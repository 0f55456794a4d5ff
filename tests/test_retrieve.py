"""Words, meaning and address together, over the tiny library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import RECORD, Bilingual, Document, Provision
from corpus.locator import Locator
from corpus.passages import Passage
from index.build import open_retriever
from index.catalogue import LIBRARY, Catalogue, Change
from index.contents import digest_of, entries_of, passages_of
from index.embedding import HashingEncoder
from index.entry import Filters
from index.lexical import TantivyIndex
from index.names import parse_address
from index.retrieve import HybridRetriever, Query, Retrieved
from index.store import MemoryStore
from tests.conftest import Built


@pytest.fixture(scope="module")
def retriever(built: Built) -> HybridRetriever:
    return open_retriever(built.home, built.catalogue, built.encoder, built.library.sha256)


Make = Callable[[Sequence[Document]], HybridRetriever]


@pytest.fixture
def make(tmp_path: Path, catalogue: Catalogue, encoder: HashingEncoder) -> Make:
    """Makes a retriever over documents, its vectors in memory."""

    def made(documents: Sequence[Document]) -> HybridRetriever:
        changes = [Change(document, at, digest_of(document), passages_of(document)) for at, document in enumerate(documents)]
        catalogue.write(LIBRARY, changes)
        entries = [entry for change in changes for entry in entries_of(change.document, change.passages, change.passages)]
        lexical, store = TantivyIndex(tmp_path / "lexical"), MemoryStore()
        lexical.write(entries)
        store.write(entries, encoder.encode_documents([entry.text for entry in entries]))
        return HybridRetriever(catalogue, lexical, store, encoder)

    return made


def _places(found: Sequence[Retrieved]) -> list[tuple[str, str]]:
    return [(r.passage.document, r.passage.locator) for r in found]


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("doanh nghiệp công nghệ số đi ra toàn cầu", "vi", ("749/QĐ-TTg", "Điều 1, II (mục tiêu kép)")),
        ("nang suat lao dong tang khoang 7,5% mot nam", "vi", ("52-NQ/TW", "III (mục tiêu 2030)")),
        ("the parties agree on the kind of electronic signature", "en", ("20/2023/QH15", "Điều 4, khoản 2")),
    ],
)
def test_the_right_provision_comes_first_in_the_language_asked(retriever: HybridRetriever, text: str, language: str, place: tuple[str, str]) -> None:
    found = retriever.retrieve(Query(text, language))
    assert _places(found)[0] == place and {r.passage.serves for r in found} == {language}


def test_every_passage_finds_its_provision(retriever: HybridRetriever, passages: list[Passage]) -> None:
    for passage in passages:
        found = retriever.retrieve(Query(passage.embedding_text, passage.language, k=1))
        assert _places(found) == [(passage.document, passage.locator)]
        assert found[0].cosine == pytest.approx(1.0, abs=1e-5) and found[0].score == pytest.approx(1.0)


def test_the_laws_of_a_result(retriever: HybridRetriever) -> None:
    found = retriever.retrieve(Query("mục tiêu kinh tế số", "vi", k=6))
    assert [r.rank for r in found] == list(range(1, len(found) + 1)) and len(found) == 6
    scores = [r.score for r in found]
    assert scores == sorted(scores, reverse=True) and all(0 <= s <= 1 + 1e-9 for s in scores)
    assert len(set(_places(found))) == len(found)
    assert all(-1.001 <= r.cosine <= 1.001 for r in found)
    assert retriever.retrieve(Query("mục tiêu kinh tế số", "vi", k=2)) == found[:2]


def test_no_words_find_nothing(retriever: HybridRetriever) -> None:
    assert retriever.retrieve(Query("", "vi")) == retriever.retrieve(Query(" \n", "vi")) == ()


def test_named_documents_come_first_or_alone(retriever: HybridRetriever) -> None:
    text = "Nghị quyết 52-NQ/TW, mục tiêu Chính phủ số"
    free = retriever.retrieve(Query(text, "vi"))
    first = retriever.retrieve(Query(text, "vi", documents=("749/QĐ-TTg",)))
    alone = retriever.retrieve(Query(text, "vi", documents=("749/QĐ-TTg",), only_documents=True))
    assert free[0].passage.document == "52-NQ/TW" and first[0].passage.document == "749/QĐ-TTg"
    assert {r.passage.document for r in first} > {"749/QĐ-TTg"}
    assert {r.passage.document for r in alone} == {"749/QĐ-TTg"} and len(alone) == 3


def test_the_provision_at_the_address_comes_first(retriever: HybridRetriever) -> None:
    text = "Luật Giao dịch điện tử có hiệu lực khi nào theo khoản 1 Điều 9"
    address = parse_address(text)
    by_words = retriever.retrieve(Query(text, "vi", documents=("20/2023/QH15",)))
    found = retriever.retrieve(Query(text, "vi", documents=("20/2023/QH15",), address=address))
    assert _places(by_words)[0] != _places(found)[0] == ("20/2023/QH15", "Điều 9, khoản 1")
    assert found[0].found_by == "address" and found[1].found_by != "address"
    assert retriever.retrieve(Query(text, "vi", address=address)) == retriever.retrieve(Query(text, "vi"))
    assert retriever.retrieve(Query(text, "vi", documents=("no such",), address=address))[0].found_by != "address"


def test_an_expansion_finds_what_the_words_do_not(retriever: HybridRetriever) -> None:
    question = "VNeID sign"
    place = ("20/2023/QH15", "Điều 4, khoản 2")
    assert _places(retriever.retrieve(Query(question, "vi", also=(("chữ ký điện tử", 0.6),))))[0] == place


def test_found_by_names_the_list_that_gave_most(make: Make, documents: dict[str, Document]) -> None:
    retriever = make([documents["52-NQ/TW"]])
    by_words = retriever.retrieve(Query("xếp hạng toàn cầu 5G", "vi", k=1))
    assert by_words[0].found_by == "lexical"
    by_meaning = retriever.retrieve(Query("toàncầu", "vi", k=1))
    assert by_meaning[0].found_by == "dense"


def test_chroma_and_memory_give_one_result(make: Make, built: Built, retriever: HybridRetriever) -> None:
    other = make(built.library.documents)
    for text in ("mục tiêu kinh tế số đến năm 2030", "dual goal of the programme", "chu ky dien tu"):
        for language in ("vi", "en"):
            ours, theirs = (r.retrieve(Query(text, language, k=4)) for r in (retriever, other))
            assert [r.score for r in ours] == pytest.approx([r.score for r in theirs], abs=1e-5)
            assert _places(ours)[0] == _places(theirs)[0]


def _long(number: str) -> Document:
    text = " ".join(f"Câu {n} nói về hạ tầng số của địa phương." for n in range(100))
    article = Provision(Locator.parse("Điều 5"), Bilingual("Hạ tầng", "Infrastructure"), Bilingual(text, ""))
    other = Provision(Locator.parse("Điều 6"), Bilingual("Nhân lực", "People"), Bilingual("", "Digital skills for people."))
    return Document(number, Bilingual("Luật", "Law"), Bilingual("A", "B"), "law", None, "in_force", provisions=(article, other))


def test_the_parts_of_a_provision_are_folded_into_one(make: Make) -> None:
    retriever = make([_long("1/2024/QH15"), _long("2/2024/QH15")])
    found = retriever.retrieve(Query("hạ tầng số của địa phương", "vi", k=3))
    assert sorted(_places(found)[:2]) == [("1/2024/QH15", "Điều 5"), ("2/2024/QH15", "Điều 5")]
    assert len(set(_places(found))) == len(found) == 3


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("article", ["5", "6"])
def test_an_address_is_found_in_the_only_language_there_is(make: Make, language: str, article: str) -> None:
    retriever = make([_long("1/2024/QH15")])
    query = Query("hỏi gì đó", language, documents=("1/2024/QH15",), address=parse_address(f"Điều {article}"))
    (found, *_) = retriever.retrieve(query)
    assert (found.passage.locator, found.passage.part, found.found_by) == (f"Điều {article}", 1, "address")


def test_a_passage_that_the_catalogue_lost_is_left_out(make: Make, catalogue: Catalogue, documents: dict[str, Document]) -> None:
    document = documents["749/QĐ-TTg"]
    retriever = make([document])
    kept = replace(document, provisions=document.provisions[1:])
    catalogue.write(LIBRARY, [Change(kept, 0, digest_of(kept), passages_of(kept))])
    found = retriever.retrieve(Query("Thuộc tính của Quyết định 749/QĐ-TTg", "vi"))
    assert {r.passage.locator for r in found} == {str(p.locator) for p in kept.provisions} and found[0].rank == 1


@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        (Filters(documents=("749/QĐ-TTg", "52-NQ/TW")), {"749/QĐ-TTg", "52-NQ/TW"}),
        (Filters(kinds=("law",)), {"20/2023/QH15", "51/2005/QH11"}),
        (Filters(kinds=("law",), valid_on=20200101), {"51/2005/QH11"}),
        (Filters(kinds=("law",), valid_on=20250101), {"20/2023/QH15"}),
        (Filters(years=(2019,)), {"52-NQ/TW"}),
        (Filters(issuers=("quoc hoi",)), {"20/2023/QH15", "51/2005/QH11"}),
        (Filters(issuers=("no such",)), set()),
    ],
)
def test_nothing_is_found_that_the_filters_do_not_admit(retriever: HybridRetriever, filters: Filters, admitted: set[str]) -> None:
    for documents in ((), ("749/QĐ-TTg", "20/2023/QH15")):
        query = Query("mục tiêu và hiệu lực của giao dịch điện tử, Điều 9", "vi", documents, parse_address("Điều 9"), k=50, filters=filters)
        assert {r.passage.document for r in retriever.retrieve(query)} == admitted
        only = retriever.retrieve(replace(query, only_documents=True))
        assert {r.passage.document for r in only} == (admitted & set(documents) if documents else admitted)


def test_a_record_is_found_in_any_language_and_named_by_its_exact_number(make: Make) -> None:
    records = [
        Document(
            number,
            Bilingual(),
            Bilingual(),
            RECORD,
            None,
            "unknown",
            provisions=(Provision(Locator.parse("Toàn văn"), Bilingual(), Bilingual(text)),),
        )
        for number, text in (("5", "Hộ chiếu phổ thông."), ("doc-17", "Thị thực điện tử."), ("q1", "Tòa án nhân dân."))
    ]
    retriever = make(records)
    for language in ("vi", "en"):
        assert retriever.retrieve(Query("thị thực", language))[0].passage.document == "doc-17"
    assert [[m.numbers for m in retriever.names.find(text)] for text in ("5", "có 5 loại hộ chiếu ở q1", "trong doc-17, có gì?", "xem doc-18")] == [
        [("5",)], [], [("doc-17",)], [],
    ]  # fmt: skip
    assert list(retriever.names.numbers()) == [] and len(retriever.names) == 0
