"""A document as the index holds it: its hash, its passages by key, its entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from corpus.document import Bilingual, Document, Relation
from corpus.passages import cut
from index.contents import admits, digest_of, entries_of, passages_of
from index.entry import Filters
from tests.strategies import documents as any_document


@pytest.fixture
def law(documents: dict[str, Document]) -> Document:
    return documents["20/2023/QH15"]


@given(any_document)
def test_the_laws_of_keys(document: Document) -> None:
    passages = passages_of(document)
    assert list(passages.values()) == list(cut(document))
    assert all(key.rpartition("~")[0] == passage.id for key, passage in passages.items())
    assert passages_of(Document.from_json(document.to_json())) == passages
    assert digest_of(Document.from_json(document.to_json())) == digest_of(document)
    entries = entries_of(document, passages, passages)
    assert [(e.key, e.text, e.serves, e.document) for e in entries] == [(k, p.embedding_text, p.serves, p.document) for k, p in passages.items()]


def test_a_key_follows_words_and_filters_and_a_hash_everything(law: Document) -> None:
    keys = set(passages_of(law))
    for other in (
        replace(law, title=Bilingual("Khác", "Other")), replace(law, kind="decree"), replace(law, issuer=Bilingual("A", "B")),
        replace(law, issued="1999"), replace(law, effective_to="2024-12-31"),
    ):  # fmt: skip
        assert keys.isdisjoint(passages_of(other)) and digest_of(other) != digest_of(law)
    alias = replace(law, aliases=("x",))
    assert set(passages_of(alias)) == keys and digest_of(alias) != digest_of(law)
    first, *rest = law.provisions
    changed = replace(law, provisions=(replace(first, text=Bilingual("Khác.", first.text.en)), *rest))
    assert {k.partition("/")[0] for k in keys - set(passages_of(changed))} == {
        k.partition("/")[0] for k in passages_of(law) if str(first.locator) in k
    }
    assert len(keys - set(passages_of(changed))) == 1


def test_what_an_entry_is_filtered_by(law: Document) -> None:
    entry = entries_of(law, passages_of(law), list(passages_of(law))[:1])[0]
    assert (entry.issuers, entry.kind, entry.year) == (("quoc hoi", "national assembly"), "law", 2023)
    assert (entry.valid_from, entry.valid_to) == law.valid_between()
    undated = replace(law, issued=None, issuer=Bilingual())
    assert entries_of(undated, passages_of(undated), list(passages_of(undated))[:1])[0].year == 0


def test_filters_admit_a_document_as_they_admit_its_entries(law: Document) -> None:
    ended = replace(law, relations=(Relation("replaced_by", "x", "2025-01-01"),), status="replaced")
    entry = entries_of(ended, passages_of(ended), list(passages_of(ended))[:1])[0]
    for filters, admitted in (
        (Filters(), True), (Filters(years=(2023,)), True), (Filters(years=(2022,)), False), (Filters(issuers=("quoc hoi",)), True),
        (Filters(documents=("x",)), False), (Filters(kinds=("law",), valid_on=20241231), True), (Filters(valid_on=20250101), False),
    ):  # fmt: skip
        assert admits(filters, ended) is filters.admit(entry) is admitted
    assert ended.status_on(date(2024, 12, 31)) == "in_force" and ended.status_on(date(2025, 1, 1)) == "replaced"
