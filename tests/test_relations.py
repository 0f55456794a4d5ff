"""Names of acts in any spelling, and what documents say of each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.bundle import LIBRARY as BUNDLED
from corpus.bundle import read_library
from corpus.document import RECORD, Bilingual, Document, Relation
from index.catalogue import LIBRARY
from index.relations import Web, names_of, norm_of, said_of

LAW = Document("20/2023/QH15", Bilingual("Luật Giao dịch điện tử"), Bilingual(), "law", "2023-06-22", "in_force", effective_from="2024-07-01")
OLD = replace(LAW, number="51/2005/QH11", issued="2005-11-29", effective_from="2006-03-01", aliases=("Luật Giao dịch điện tử năm 2005",))


def web(*documents: Document, source: str = "x") -> Web:
    return Web(
        [said for d in documents for said in said_of(d, d.number, source)], [name for d in documents for name in names_of(d, d.number)]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nghị định số 13/2023/NĐ-CP", "13/2023/ND-CP"), ("13/2023/NĐ-CP ngày 17 tháng 4 năm 2023 của Chính phủ", "13/2023/nđ-cp"),
        ("52-NQ/TW", "Nghị quyết số 52-NQ/TW của Bộ Chính trị"), ("52 NQ/TW", "52-NQ/TW"), ("06/QĐ-TTg", "6/QĐ-TTg"),
        ("13 / 2023 / NĐ-CP", "13/2023/NĐ-CP"), ("50/NQ-CP (2020)", "Nghị quyết 50/NQ-CP (2020)"),
        ("Công ước Apostille 1961", "công ước  APOSTILLE 1961"), ("66.22/2026/NQ-CP", "Nghị quyết số 66.22/2026/NQ-CP"),
    ],
)  # fmt: skip
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert norm_of(one) == norm_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13/2023/NĐ-CP", "13/2022/NĐ-CP"), ("13/2023/NĐ-CP", "13/2023/TT-BNG"), ("50/NQ-CP (2020)", "50/NQ-CP (2021)"),
        ("1/2023/NĐ-CP", "13/2023/NĐ-CP"), ("Kế hoạch 2021-2025", "Kế hoạch 2026-2030"),
    ],
)  # fmt: skip
def test_names_of_two(one: str, other: str) -> None:
    assert norm_of(one) != norm_of(other)


def test_a_name_is_one_of_the_act_that_bears_it_alone() -> None:
    guide = replace(LAW, number="69-KL/TW", title=Bilingual("Kết luận về thực hiện Nghị quyết 20-NQ/TW"))
    assert {name.norm for name in names_of(guide, "69-KL/TW")}.isdisjoint({norm_of("20-NQ/TW")})
    assert not names_of(replace(LAW, kind=RECORD), "1")
    both = web(LAW, OLD, replace(OLD, relations=()))
    assert both.act(norm_of("Luật Giao dịch điện tử")) is None and both.act(norm_of("Luật Giao dịch điện tử năm 2005")) == norm_of(OLD.number)
    assert both.printed("Luật số 20/2023/qh15") == LAW.number and both.printed("Luật Giao dịch điện tử") == "Luật Giao dịch điện tử"


def test_what_another_says_by_an_alias_is_true_of_the_act() -> None:
    new = replace(LAW, relations=(Relation("replaces", "Luật Giao dịch điện tử năm 2005"),))
    found = web(new, OLD).effective(OLD, OLD.number, "x")
    assert found.relations == (Relation("replaced_by", LAW.number, "2024-07-01"),)
    assert [*web(new).faults(new)] == ["what it says of the force of Luật Giao dịch điện tử năm 2005 takes effect once that is here"]
    twice = replace(new, relations=(Relation("replaces", LAW.title.vi),))
    assert [*web(twice, OLD).faults(twice)] == ["it says “replaces Luật Giao dịch điện tử”: several documents bear that name"]


def test_a_date_of_another_source_is_believed_where_there_is_none() -> None:
    told = replace(OLD, status="replaced", relations=(Relation("replaced_by", LAW.number),))
    new = replace(LAW, relations=(Relation("replaces", OLD.number),))
    assert web(told, new).effective(told, OLD.number, "x") == told  # its own source was read whole and knows no date
    assert web(told, new).effective(told, OLD.number, "y").relations == (Relation("replaced_by", LAW.number, "2024-07-01"),)
    dated = replace(told, relations=(Relation("replaced_by", LAW.number, "2024-01-01"),))
    assert web(dated, new).effective(dated, OLD.number, "y") == dated


def test_what_implements_an_act_is_known_of_it_and_leaves_its_status() -> None:
    decree = replace(OLD, number="130/2024/NĐ-CP", relations=(Relation("implements", LAW.number),), aliases=())
    found = web(decree, LAW).effective(LAW, LAW.number, "x")
    assert found == replace(LAW, relations=(Relation("implemented_by", decree.number),))


def test_texts_of_one_act_share_what_is_known_of_its_end() -> None:
    digest = replace(OLD, effective_to="2024-06-30", relations=(Relation("replaced_by", "77/2030/QH20", "2024-07-01"),))
    official = replace(OLD, text_kind="official")
    rows = [*said_of(digest, OLD.number, LIBRARY), *said_of(official, "other", "x")]
    both = Web(rows, [*names_of(digest, OLD.number), *names_of(official, "other")])
    found = both.effective(official, "other", "x")
    assert found.effective_to == "2024-06-30" and found.relations == digest.relations
    assert both.effective(digest, OLD.number, LIBRARY) == digest


def test_the_bundled_library_says_of_itself_all_that_follows() -> None:
    documents = read_library(BUNDLED).documents
    every = web(*documents, source=LIBRARY)
    assert [d.number for d in documents if every.effective(d, d.number, LIBRARY) != d] == []
