"""Passages: cut at the ends of sentences, never across provisions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import RECORD, Bilingual, Document, Provision
from corpus.locator import Locator
from corpus.passages import MAX_CHARACTERS, Passage, cut
from corpus.sentences import sentences
from tests.strategies import documents as any_document


@given(any_document, st.integers(1, 200))
def test_the_laws_of_cutting(document: Document, limit: int) -> None:
    passages = cut(document, limit)
    assert len({p.id for p in passages}) == len(passages)
    for provision in document.provisions:
        for language in ("vi", "en"):
            source = provision.text.only(language)
            mine = [p for p in passages if p.locator == str(provision.locator) and p.language == language]
            assert [p.part for p in mine] == list(range(1, len(mine) + 1))
            assert all(source[p.span[0] : p.span[1]] == p.text for p in mine)
            assert all(len(p.text) <= limit or len(sentences(p.text)) == 1 for p in mine)
            assert all(a.span[1] <= b.span[0] for a, b in pairwise(mine))
            assert [s for p in mine for s in "".join(p.text.split())] == list("".join(source.split()))


def test_cutting_keeps_the_order_of_the_source(library_order: list[tuple[str, str]], passages: list[Passage]) -> None:
    assert list(dict.fromkeys((p.document, p.locator) for p in passages)) == library_order


@pytest.fixture
def library_order(documents: dict[str, Document]) -> list[tuple[str, str]]:
    return [(d.number, str(p.locator)) for d in documents.values() for p in d.provisions]


def _document(vi: str, en: str) -> Document:
    provision = Provision(Locator.parse("Điều 5, khoản 2"), Bilingual("Mục tiêu", "Targets"), Bilingual(vi, en), role="note")
    return Document(
        "9/NQ", Bilingual("Nghị quyết", "Resolution"), Bilingual("Bộ", "Ministry"), "resolution", None, "in_force", provisions=(provision,)
    )


def test_what_a_passage_tells() -> None:
    vi, en = cut(_document("Một câu.", "One sentence."))
    assert (vi.id, en.id) == ("9/NQ#Điều 5, khoản 2/1@vi", "9/NQ#Điều 5, khoản 2/1@en")
    assert (vi.serves, en.serves, vi.role) == ("vi", "en", "note")
    assert en.embedding_text == "9/NQ · Resolution · Điều 5, khoản 2 — Targets\nOne sentence."
    assert (vi.breadcrumb, vi.heading, vi.text) == ("9/NQ · Nghị quyết · Điều 5, khoản 2", "Mục tiêu", "Một câu.")


def test_a_provision_in_one_language_serves_questions_in_any() -> None:
    (only,) = cut(_document("", "One sentence."))
    assert (only.language, only.serves) == ("en", "any")
    assert cut(_document(" \n", "")) == ()


def test_parts_are_even_and_under_the_limit() -> None:
    text = " ".join(f"Câu số {n} của đoạn này nói một điều." for n in range(100, 160))
    parts = cut(_document(text, ""))
    lengths = [len(p.text) for p in parts]
    assert len(parts) == -(-len(text) // MAX_CHARACTERS)
    assert max(lengths) <= MAX_CHARACTERS and min(lengths) > 0.8 * max(lengths)


def test_a_sentence_over_the_limit_stays_whole() -> None:
    long = "Một " + "rất " * 400 + "dài."
    parts = cut(_document(f"Trước. {long} Sau.", ""))
    assert [p.text for p in parts] == ["Trước.", long, "Sau."]


def test_the_same_words_in_two_laws_are_two_passages() -> None:
    one = _document("Một câu.", "")
    other = replace(one, number="10/NQ")
    assert cut(one)[0].text == cut(other)[0].text and cut(one)[0].id != cut(other)[0].id


def test_no_key_of_a_record_is_searched_and_no_mark_stands_alone() -> None:
    record = replace(_document("Một câu.", ""), kind=RECORD, number="row-77")
    assert cut(record)[0].embedding_text == "Nghị quyết — Mục tiêu\nMột câu."
    bare = replace(record, title=Bilingual(), provisions=(replace(record.provisions[0], heading=Bilingual()),))
    assert cut(bare)[0].embedding_text == "Một câu." and cut(bare)[0].id == "row-77#Điều 5, khoản 2/1@vi"
    assert cut(replace(bare, provisions=record.provisions))[0].embedding_text == "Mục tiêu\nMột câu."
