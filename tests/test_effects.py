"""What an act says of another is true of the other too: in the catalogue, in both caches, and in what is reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.document import NEVER, Bilingual, Document, Provision, Relation
from corpus.errors import Fault
from corpus.locator import Locator
from index.build import build, open_retriever, verify
from index.caches import Caches
from index.catalogue import Catalogue
from index.contents import passages_of
from index.embedding import HashingEncoder
from index.entry import Filters
from index.generation import regenerate
from index.home import Home
from index.ingest import IngestReport, ingest
from index.retrieve import Query


class Counting(HashingEncoder):
    """An encoder that remembers how many texts it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.given += len(texts)
        return super().encode_documents(texts)


def act(number: str, begins: str | None, *relations: Relation, **fields: object) -> Document:
    rows = tuple(
        Provision(Locator.parse(f"Điều {n}"), Bilingual(f"Tên {n}"), Bilingual(f"Nội dung điều {n} của văn bản {number}.")) for n in range(1, 4)
    )
    made = Document(
        number, Bilingual(f"Nghị định {number}"), Bilingual("Chính phủ"), "decree", begins, "in_force", effective_from=begins,
        relations=relations, text_kind="official", provisions=rows,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


OLD = act("13/2023/NĐ-CP", "2023-07-01")
NEW = act("356/2025/NĐ-CP", "2026-01-01", Relation("replaces", "Nghị định số 13/2023/ND-CP"))


class Index:
    """An index that documents are put into, each from a file of its own."""

    def __init__(self, home: Home, catalogue: Catalogue) -> None:
        self.home, self.catalogue, self.encoder = home, catalogue, Counting()

    def put(self, *documents: Document, source: str = "") -> IngestReport:
        return ingest(self.home, self.catalogue, self.encoder, documents, source=source or documents[0].number)

    def take_away(self, source: str) -> IngestReport:
        return ingest(self.home, self.catalogue, self.encoder, (), source=source)

    def status(self, number: str, day: str) -> str:
        document = self.catalogue.document(number)
        assert document is not None
        return document.status_on(date.fromisoformat(day))

    def valid(self, day: int) -> set[str]:
        """The documents that both caches say are valid on a day."""
        retriever = open_retriever(self.home, self.catalogue, self.encoder, "")
        words = {key for key, _ in retriever.lexical.search("nội dung điều", serves="vi", k=100, filters=Filters(valid_on=day))}
        with closing(Caches(self.home.current())) as caches:
            near = {key for key, _ in caches.vectors.search(self.encoder.encode_query("x"), serves="vi", k=100, filters=Filters(valid_on=day))}
        assert words == near
        return {passage.document for passage in self.catalogue.passages(sorted(words)).values()}

    def whole(self) -> bool:
        """Tell whether catalogue and caches hold the passages that the documents have as they are read."""
        expected = {key for name, document in self.catalogue.held() for key in passages_of(document, name)}
        with closing(Caches(self.home.current())) as caches:
            return expected == self.catalogue.keys() == set(caches.lexical.keys()) == set(caches.vectors.keys())


@pytest.fixture
def index(home: Home, catalogue: Catalogue) -> Index:
    return Index(home, catalogue)


def test_an_act_that_replaces_another_ends_it_from_its_own_date_and_its_removal_undoes_that(index: Index) -> None:
    index.put(OLD)
    assert index.status(OLD.number, "2026-06-01") == "in_force" and index.valid(20260601) == {OLD.number}
    index.encoder.given = 0
    report = index.put(NEW, source="new")
    assert index.encoder.given == report.passages_encoded == 3 and report.passages_redated == 3 and report.passages_deleted == 0
    assert report.notes == (Fault(OLD.number, "it is replaced by 356/2025/NĐ-CP from 2026-01-01"),)
    assert [index.status(OLD.number, day) for day in ("2025-12-31", "2026-01-01")] == ["in_force", "replaced"]
    assert index.valid(20251231) == {OLD.number} and index.valid(20260601) == {NEW.number} and index.whole()
    document = index.catalogue.document(OLD.number)
    assert document is not None and document.relations == (Relation("replaced_by", NEW.number, "2026-01-01"),)
    assert index.catalogue.document(NEW.number).relations == (Relation("replaces", OLD.number),)  # type: ignore[union-attr]
    later = replace(NEW, effective_from="2026-07-01", relations=(Relation("replaces", OLD.number),))
    report = index.put(later, source="new")
    assert index.valid(20260601) == {OLD.number} and report.passages_redated == 3 and report.passages_encoded == 0
    report = index.take_away("new")
    assert report.removed == 1 and report.passages_deleted == 3 and report.passages_redated == 3
    assert report.notes == (Fault(OLD.number, "it is no longer replaced by 356/2025/NĐ-CP from 2026-07-01"),)
    assert index.catalogue.document(OLD.number) == OLD and index.valid(20260801) == {OLD.number} and index.whole()
    assert index.put(OLD).unchanged == 1


def test_the_order_of_coming_does_not_matter_and_what_waits_is_told_of(index: Index) -> None:
    report = index.put(NEW)
    said = "what it says of the force of Nghị định số 13/2023/ND-CP takes effect once that is here"
    assert report.notes == (Fault(NEW.number, said),) and report.passages_redated == 0
    assert index.put(OLD).notes == () and index.status(OLD.number, "2026-01-01") == "replaced" and index.whole()
    assert index.valid(20260601) == {NEW.number}


@pytest.mark.parametrize("day", ["2025-12-31", "2026-02-01"])
def test_an_act_that_is_amended_or_repealed_in_part_stays_in_force(index: Index, day: str) -> None:
    for kind in ("amends", "partially_repeals"):
        index.put(OLD)
        index.put(act("9/2026/NĐ-CP", "2026-02-01", Relation(kind, OLD.number)), source=kind)
        assert index.status(OLD.number, day) == ("in_force" if day < "2026" else "amended")
        assert OLD.number in index.valid(20260601) and index.whole()
        index.take_away(kind)


def test_an_act_that_is_repealed_has_ended(index: Index) -> None:
    index.put(OLD)
    index.put(act("9/2026/NĐ-CP", None, Relation("repeals", "nghị định 13/2023/nđ-cp", "2026-03-01")))
    assert [index.status(OLD.number, day) for day in ("2026-02-28", "2026-03-01")] == ["in_force", "expired"]
    assert OLD.number not in index.valid(20260301) and index.whole()


def test_without_any_date_an_end_is_one_of_unknown_time(index: Index) -> None:
    index.put(OLD)
    index.put(act("9/2026/NĐ-CP", None, Relation("replaces", OLD.number)))
    assert index.status(OLD.number, "2025-01-01") == "replaced" and index.valid(20250101) == {"9/2026/NĐ-CP"}


def test_acts_that_replace_each_other_or_themselves(index: Index) -> None:
    early, late = act("1/2020/NĐ-CP", "2020-01-01"), act("2/2024/NĐ-CP", "2024-01-01")
    index.put(replace(early, relations=(Relation("replaces", late.number), Relation("replaces", early.number))))
    report = index.put(replace(late, relations=(Relation("replaces", early.number),)))
    assert index.status(early.number, "2024-06-01") == "replaced" and index.status(late.number, "2024-06-01") == "in_force"
    assert any("the later of the two is believed" in note.reason for note in report.notes) and index.whole()
    again = index.put(replace(early, relations=(Relation("replaces", early.number),)))
    assert [note.reason for note in again.notes] == ["it says “replaces 1/2020/NĐ-CP”, which is itself; that has no effect"]


def test_a_circle_of_three_ends(index: Index) -> None:
    numbers = ["1/2020/NĐ-CP", "2/2021/NĐ-CP", "3/2022/NĐ-CP"]
    for at, number in enumerate(numbers):
        index.put(act(number, f"202{at}-01-01", Relation("replaces", numbers[at - 1])))
    assert index.whole() and index.status(numbers[0], "2021-06-01") == "replaced"


def test_a_rebuilt_index_and_a_second_build_of_the_library_see_the_same(index: Index) -> None:
    index.put(NEW)
    build(index.home, index.catalogue, [OLD], index.encoder, "")
    assert index.valid(20260601) == {NEW.number} and index.whole()
    regenerate(index.home, index.catalogue, index.encoder)
    assert index.valid(20260601) == {NEW.number} and index.whole() and verify(index.home, index.catalogue, index.encoder, "").sound


def test_one_amending_act_touches_only_what_it_speaks_of(index: Index) -> None:
    many = [act(f"{n}/2019/NĐ-CP", "2019-01-01") for n in range(300)]
    index.put(*many, source="many")
    index.encoder.given = 0
    before = index.catalogue.keys()
    report = index.put(act("1/2026/NĐ-CP", "2026-01-01", Relation("replaces", "7/2019/NĐ-CP"), Relation("amends", "8/2019/NĐ-CP")))
    assert index.encoder.given == 3 and report.passages_redated == 3
    assert {key.partition("#")[0] for key in before ^ index.catalogue.keys()} == {"7/2019/NĐ-CP", "1/2026/NĐ-CP"} and index.whole()


def test_what_is_found_is_limited_by_the_validity_that_others_give(index: Index) -> None:
    index.put(OLD)
    index.put(NEW)
    retriever = open_retriever(index.home, index.catalogue, index.encoder, "")
    found = retriever.retrieve(Query("Nội dung điều 2", "vi", filters=Filters(valid_on=20270101)))
    assert {r.passage.document for r in found} == {NEW.number}


_NUMBERS = ("1/2020/NĐ-CP", "2/2021/NĐ-CP", "3/2022/NĐ-CP")
_acts = st.builds(
    act,
    st.sampled_from(_NUMBERS),
    st.sampled_from([None, "2020-01-01", "2022-05", "2024"]),
    st.builds(Relation, st.sampled_from(["replaces", "amends", "repeals", "replaced_by"]), st.sampled_from(_NUMBERS), st.none() | st.just("2023")),
)


@rules(max_examples=6)
@given(st.lists(st.tuples(st.sampled_from("xyz"), st.none() | _acts), max_size=5))
def test_after_any_history_validity_is_what_the_documents_that_are_here_say(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, Document | None]]
) -> None:
    @contextmanager
    def fresh() -> Iterator[Index]:
        home = Home(tmp_path_factory.mktemp("any"))
        catalogue = Catalogue.open(home.catalogue_url)
        yield Index(home, catalogue)
        catalogue.close()

    with fresh() as lived, fresh() as made:
        last: dict[str, Document | None] = {}
        for source, document in history:
            ingest(lived.home, lived.catalogue, lived.encoder, [document] if document else [], source=source)
            last.pop(source, None)
            last[source] = document
        for source, document in last.items():
            ingest(made.home, made.catalogue, made.encoder, [document] if document else [], source=source)
        if history:
            assert lived.whole() and made.whole()
        said = [{(d.number, d.status, d.valid_between(), frozenset(d.relations)) for d in i.catalogue.heads()} for i in (lived, made)]
        assert said[0] == said[1]
        assert all(window == NEVER or window[0] <= window[1] for _, _, window, _ in said[0])
