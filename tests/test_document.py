"""Documents, their provisions, and their status on a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bundle import STATUSES
from corpus.document import NEVER, Bilingual, Document, Relation, first_day
from corpus.errors import BadLocator
from tests.strategies import documents as any_document

LAW = Document("20/2023/QH15", Bilingual("Luật", "Law"), Bilingual("Quốc hội", "National Assembly"), "law", "2023-06-22", "in_force")


@given(any_document)
def test_a_document_survives_json(document: Document) -> None:
    plain = json.loads(json.dumps(document.to_json(), ensure_ascii=False))
    assert Document.from_json(plain) == document


def test_the_whole_tiny_library_survives_json(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document
        assert document.provisions


def test_a_language_that_is_missing_is_told_apart_from_its_stand_in() -> None:
    only = Bilingual(vi="số")
    assert only.get("en") == only.get("vi") == "số"
    assert only.only("en") == "" and only.only("vi") == "số"
    both = Bilingual("số", "digital")
    assert (both.get("vi"), both.get("en"), both.only("en")) == ("số", "digital", "digital")


def test_find_ignores_case_and_space_but_not_the_address(documents: dict[str, Document]) -> None:
    law = documents["20/2023/QH15"]
    found = law.find("điều 4,  KHOẢN 2")
    assert found is not None and str(found.locator) == "Điều 4, khoản 2"
    assert law.find("Điều 4") is None and law.find("Điều 4, khoản 3") is None
    with pytest.raises(BadLocator):
        law.find("")


def test_related_keeps_the_written_order_and_the_asked_types() -> None:
    one, two, three = Relation("amends", "A"), Relation("replaces", "B"), Relation("amends", "C")
    document = replace(LAW, relations=(one, two, three))
    assert list(document.related("amends")) == [one, three]
    assert list(document.related("replaces", "amends")) == [one, two, three]
    assert list(document.related()) == []


def _law(**changes: object) -> Document:
    return replace(LAW, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "day", "expected"),
    [
        (_law(effective_from="2024-07-01"), "2024-06-30", "not_yet_in_force"),
        (_law(effective_from="2024-07-01"), "2024-07-01", "in_force"),
        (_law(), "2023-06-21", "not_yet_in_force"),
        (_law(), "2023-06-22", "in_force"),
        (_law(issued="2023"), "2022-12-31", "not_yet_in_force"),
        (_law(issued="2023"), "2023-01-01", "in_force"),
        (_law(issued=None), "1990-01-01", "in_force"),
        (_law(effective_to="2024-06-30"), "2024-06-30", "in_force"),
        (_law(effective_to="2024-06-30"), "2024-07-01", "expired"),
        (_law(status="expired", effective_to="2024-06-30"), "2024-06-30", "in_force"),
        (_law(status="expired"), "2023-06-22", "expired"),
        (_law(status="replaced", relations=(Relation("replaced_by", "X", "2025-01-01"),)), "2024-12-31", "in_force"),
        (_law(status="replaced", relations=(Relation("replaced_by", "X", "2025-01-01"),)), "2025-01-01", "replaced"),
        (_law(relations=(Relation("replaced_by", "X", "2025-01"),)), "2025-01-01", "replaced"),
        (_law(status="replaced", relations=(Relation("replaced_by", "X"),)), "2023-07-01", "replaced"),
        (_law(relations=(Relation("replaces", "X", "2024-01-01"),)), "2024-06-01", "in_force"),
        (_law(status="not_yet_in_force", effective_from="2027-01-01"), "2026-12-31", "not_yet_in_force"),
        (_law(status="not_yet_in_force", effective_from="2027-01-01"), "2027-01-01", "in_force"),
        (_law(status="not_yet_in_force", issued=None), "2027-01-01", "not_yet_in_force"),
        (_law(status="amended", relations=(Relation("amended_by", "X", "2025-04-01"),)), "2025-03-31", "in_force"),
        (_law(status="amended", relations=(Relation("amended_by", "X", "2025-04-01"),)), "2025-04-01", "amended"),
        (_law(status="amended", relations=(Relation("amended_by", "X"),)), "2023-07-01", "amended"),
        (_law(status="voluntary"), "2024-01-01", "voluntary"),
    ],
)
def test_status_on_a_day(document: Document, day: str, expected: str) -> None:
    assert document.status_on(date.fromisoformat(day)) == expected


def test_the_old_law_gives_way_to_the_new_one_on_one_day(documents: dict[str, Document]) -> None:
    old, new = documents["51/2005/QH11"], documents["20/2023/QH15"]
    eve, day = date(2024, 6, 30), date(2024, 7, 1)
    assert (old.status_on(eve), new.status_on(eve)) == ("in_force", "not_yet_in_force")
    assert (old.status_on(day), new.status_on(day)) == ("replaced", "in_force")


def test_partial_dates_begin_on_their_first_day() -> None:
    assert (first_day(None), first_day("2017"), first_day("2024-12")) == (None, date(2017, 1, 1), date(2024, 12, 1))
    assert first_day("2024-02-29") == date(2024, 2, 29)
    for text in ("", "x", "2023-02-29", "2024-13", "27/9/2019"):
        with pytest.raises(ValueError):
            first_day(text)


_DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
_MAYBE = st.none() | _DAYS.map(date.isoformat)
_STATUSES = st.sampled_from(sorted(STATUSES))
_ENDINGS = st.lists(st.builds(Relation, st.sampled_from(["replaced_by", "amended_by", "amends"]), st.just("x"), _MAYBE), max_size=3).map(tuple)


@given(_STATUSES, _MAYBE, _MAYBE, _MAYBE, _ENDINGS, _DAYS)
def test_the_interval_of_validity_is_what_the_status_says(
    status: str, issued: str | None, start: str | None, end: str | None, relations: tuple[Relation, ...], day: date
) -> None:
    document = replace(Document("x", Bilingual(), Bilingual(), "law", issued, status), effective_from=start, effective_to=end, relations=relations)
    first, last = document.valid_between()
    near = [day, *(date.fromisoformat(d) + timedelta(n) for d in (issued, start, end, *(r.since for r in relations)) if d for n in (-1, 0, 1))]
    for each in near:
        assert (document.status_on(each) in ("in_force", "amended")) is (first <= int(each.strftime("%Y%m%d")) <= last)


def test_partial_dates_are_valid_from_their_first_day() -> None:
    document = Document("x", Bilingual(), Bilingual(), "law", "2020", "in_force", effective_from="2020-07", effective_to="2024")
    assert document.valid_between() == (20200701, 20240101)
    assert Document("x", Bilingual(), Bilingual(), "law", None, "in_force").valid_between() == (0, 99991231)
    assert Document("x", Bilingual(), Bilingual(), "law", "2020", "unknown").valid_between() == NEVER
