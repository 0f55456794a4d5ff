"""Items made from the bundled library: they verify, say one thing, come twice never and the same from the same seed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose import WEIGHTS
from assistant.study.checking import Checker
from assistant.study.distractor import Distractors
from assistant.study.ground import Ground
from assistant.study.item import Cited, Item, Kind
from assistant.study.making import Maker, Wishes
from assistant.study.slot import date_like
from assistant.study.statement import label
from assistant.verification.judge import Limits, Verifier
from corpus.bundle import LIBRARY, read_library
from corpus.document import Bilingual, Document, Provision
from corpus.glossary import Glossary
from corpus.locator import Locator
from index.embedding import open_encoder

GLOSSARY = Glossary.read(LIBRARY / "glossary.yaml")
WANTED = Wishes(88, seed=5)


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(open_encoder(), GLOSSARY, Limits.read(WEIGHTS))


@pytest.fixture(scope="module")
def shelf() -> list[tuple[str, Document]]:
    return [(d.number, d) for d in read_library(LIBRARY).documents]


@pytest.fixture(scope="module")
def checker(shelf: list[tuple[str, Document]], verifier: Verifier) -> Checker:
    return Checker(dict(shelf), verifier, GLOSSARY)


@pytest.fixture(scope="module")
def maker(shelf: list[tuple[str, Document]], checker: Checker) -> Maker:
    return Maker(Ground(shelf, GLOSSARY), checker)


@pytest.fixture(scope="module")
def items(maker: Maker) -> tuple[Item, ...]:
    return maker.make(WANTED)


def made(*texts: str, language: str = "en", number: str = "1/2025/NĐ-CP", kind: str = "official") -> Document:
    """A decree with these provisions."""
    provisions = tuple(
        Provision(Locator.parse(f"Điều {i}"), Bilingual(), Bilingual(**{language: text}), span=(i, i + 1)) for i, text in enumerate(texts, 1)
    )
    return Document(number, Bilingual("Nghị định thử", "A decree"), Bilingual("Chính phủ", "Government"), "decree", "2025-01-02", "in_force",
                    text_kind=kind, provisions=provisions)  # fmt: skip


def test_as_many_as_wanted_of_every_kind_in_both_languages(items: tuple[Item, ...]) -> None:
    counts = Counter((item.kind, item.language) for item in items)
    assert len(items) == WANTED.count and set(counts) == {(kind, language) for kind in Kind for language in ("vi", "en")}


def test_every_item_verifies_when_it_is_read_back(items: tuple[Item, ...], checker: Checker) -> None:
    back = [Item.from_json(json.loads(json.dumps(item.to_json()))) for item in items]
    assert back == list(items)
    assert [(item.stem, faults) for item in back if (faults := checker.faults(item))] == []


def test_no_item_stands_twice(items: tuple[Item, ...]) -> None:
    assert len({item.id for item in items}) == len({(i.language, i.context, i.stem) for i in items}) == len(items)


def test_the_same_seed_gives_the_same_items_and_another_one_others(
    items: tuple[Item, ...], shelf: list[tuple[str, Document]], checker: Checker
) -> None:
    again = Maker(Ground(shelf, GLOSSARY), checker)
    assert again.make(replace(WANTED, count=22)) == items[:22]
    assert {i.id for i in again.make(replace(WANTED, count=22, seed=6))} != {i.id for i in items[:22]}


def test_wishes_limit_documents_kinds_languages_and_words(maker: Maker) -> None:
    found = maker.make(Wishes(12, frozenset({Kind.FIGURE}), ("vi",), 1, frozenset({"52-NQ/TW", "749/QĐ-TTg"}), "mục tiêu"))
    assert found and {i.kind for i in found} == {Kind.FIGURE} and {i.language for i in found} == {"vi"}
    assert {i.citations[0].document for i in found} <= {"52-NQ/TW", "749/QĐ-TTg"}


def test_a_spoiled_item_is_refused(items: tuple[Item, ...], checker: Checker) -> None:
    item = next(i for i in items if i.kind is Kind.FIGURE)
    moved = replace(item.citations[0], span=(item.citations[0].span[0] + 1, item.citations[0].span[1] + 1))
    other = (item.answer + 1) % len(item.options)
    doubled = list(item.claims)
    doubled[other] = item.claims[item.answer]
    assert checker.faults(replace(item, citations=(moved,)))
    assert checker.faults(replace(item, citations=()))
    assert checker.faults(replace(item, answer=other))
    assert checker.faults(replace(item, claims=tuple(doubled)))
    assert checker.faults(replace(item, options=(item.options[0],) * len(item.options)))
    assert checker.faults(replace(item, stem=f"{item.stem} ({item.right})"))
    assert checker.faults(replace(item, citations=(replace(item.citations[0], locator="Điều 999"),)))


def test_the_other_answer_to_true_or_false_an_order_and_a_term_is_refused(items: tuple[Item, ...], checker: Checker) -> None:
    judged = next(i for i in items if i.kind is Kind.TRUTH)
    assert checker.faults(replace(judged, answer=1 - judged.answer))
    ordered = next(i for i in items if i.kind is Kind.ORDER)
    assert checker.faults(replace(ordered, citations=ordered.citations[::-1]))
    matched = next(i for i in items if i.kind is Kind.MATCH)
    assert checker.faults(replace(matched, answer=(matched.answer + 1) % len(matched.options)))


def test_what_the_right_figure_implies_is_no_wrong_option(verifier: Verifier) -> None:
    document = made(
        "By 2030 at least 70% of all offices use digital signatures of their own.", "By 2030 about 55% of all schools teach programming.",
        "By 2030 about 80% of all hospitals keep electronic records.", "By 2030 about 90% of all ports are connected.",
        "By 2030 about 95% of all courts publish their judgments.",
    )  # fmt: skip
    shelf = [(document.number, document)]
    ground = Ground(shelf, GLOSSARY)
    distractors = Distractors(ground, Checker(dict(shelf), verifier, GLOSSARY))
    statement = ground.statements[0]
    slot = next(s for s in ground.slots(statement) if "percent" in s.group)
    assert set(distractors.choose(statement, slot, Random(1))) == {"80", "90", "95"}


def test_a_figure_of_the_same_provision_and_an_equal_one_are_no_wrong_options(verifier: Verifier) -> None:
    document = made(
        "The file is kept for 10 years in the archive. The copy is kept for 20 years in the archive.", "The register is kept for 10.0 years there.",
        "The seal is kept for 15 years there.", "The list is kept for 25 years there.",
    )  # fmt: skip
    shelf = [(document.number, document)]
    ground = Ground(shelf, GLOSSARY)
    statement = ground.statements[0]
    slot = next(s for s in ground.slots(statement) if s.words == "10")
    assert set(Distractors(ground, Checker(dict(shelf), verifier, GLOSSARY)).choose(statement, slot, Random(1))) == {"15", "25"}


def test_the_words_of_an_act_are_asked_with_their_address(verifier: Verifier) -> None:
    document = made(*(f"The office answers within {n} working days of the request." for n in (3, 5, 7, 10, 15)))
    shelf = [(document.number, document)]
    found = Maker(Ground(shelf, GLOSSARY), Checker(dict(shelf), verifier, GLOSSARY)).make(Wishes(5, frozenset({Kind.FIGURE}), ("en",)))
    # the five provisions say the same of different figures: each would be right somewhere else
    assert all(item.context.endswith(item.citations[0].locator) for item in found)


def test_numbers_ranks_and_ranges_are_not_asked_for(shelf: list[tuple[str, Document]]) -> None:
    document = made(
        "Under Article 7 of Decree 13/2023/ND-CP, the 31st meeting of 2021-2025 adopted point (5) at 21:00 in Room 12.",
        "In 2026 the fund pays 30 million USD to 12 provinces.",
    )  # fmt: skip
    ground = Ground([(document.number, document)], GLOSSARY)
    figures = [[s.words for s in ground.slots(statement) if s.kind is Kind.FIGURE] for statement in ground.statements]
    assert figures == [[], ["2026", "30 million", "12"]]


@pytest.mark.parametrize(
    ("iso", "sample", "language", "written"),
    [
        ("2019-09-27", "4/7/2025", "vi", "27/9/2019"), ("2019-09-07", "ngày 4 tháng 7 năm 2025"[5:], "vi", "7 tháng 9 năm 2019"),
        ("2021-12", "tháng 9/2021", "vi", "tháng 12/2021"), ("2019-09-27", "4 July 2025", "en", "27 September 2019"),
        ("2019-09-27", "July 4, 2025", "en", "September 27, 2019"), ("2021-12", "July 2025", "en", "December 2021"),
    ],
)  # fmt: skip
def test_a_date_is_spelled_like_the_one_whose_place_it_takes(iso: str, sample: str, language: str, written: str) -> None:
    assert date_like(iso, sample, language) == written


def test_documents_are_called_by_kind_and_number_laws_by_name(shelf: list[tuple[str, Document]]) -> None:
    by = dict(shelf)
    assert label(by["52-NQ/TW"], "vi") == "Nghị quyết 52-NQ/TW" and label(by["749/QĐ-TTg"], "en") == "Decision 749/QD-TTg"
    assert label(by["148/2025/QH15"], "en") == "Law on Digital Transformation 148/2025/QH15"


_WORDS = st.text(min_size=1, max_size=12)


@given(st.lists(_WORDS, min_size=2, max_size=5), _WORDS, st.sampled_from(list(Kind)))
def test_an_item_is_the_same_after_json(options: list[str], stem: str, kind: Kind) -> None:
    cited = Cited("52-NQ/TW", "t", "III", "q", (0, 1), "vi", "52-NQ/TW~official")
    item = Item(kind, "vi", stem, tuple(options), 0, (cited,), "c", tuple(options))
    back = Item.from_json(json.loads(json.dumps(item.to_json())))
    assert back == item and back.id == item.id and len(item.id) == 16


def test_of_an_act_s_own_words_neither_clause_numbers_nor_points_are_asked(verifier: Verifier) -> None:
    text = "2. The Minister reports within 15 days of the end of each year:\na) to the Government on all 12 programmes;\nb) to the public.\n"
    document = made(text + "3. The office keeps its files for 10 years in the archive.")
    ground = Ground([(document.number, document)], GLOSSARY)
    assert [s.text for s in ground.statements] == ["The office keeps its files for 10 years in the archive."]
    (statement,) = ground.statements
    cited = statement.cited()
    assert document.provisions[0].text.en[cited.span[0] : cited.span[1]] == cited.quote == statement.text
