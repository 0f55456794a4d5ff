"""Notes on what a reader must know of the documents cited, on the day asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.annotate import notes_on_time, outcome_on_time
from assistant.answer import Citation, Outcome
from corpus.document import Bilingual, Document, Relation

LAW = Document(
    "9/2021/QH15", Bilingual("Luật", "Law"), Bilingual("Quốc hội", "National Assembly"), "law", "2021-03-04", "in_force",
    effective_from="2022-01-01",
)  # fmt: skip


def cite(document: Document, day: date, **change: object) -> Citation:
    citation = Citation(
        1, document.number, "Luật", "Điều 1", "…", document.text_kind, document.status_on(day), "", "9#1", True, (0, 1), "vi", "provision"
    )
    return replace(citation, **change)


def notes(document: Document, day: date, language: str = "vi", **change: object) -> tuple[str, ...]:
    return notes_on_time([cite(document, day, **change)], {document.number: document}, day, language)


def test_what_is_in_force_needs_no_note() -> None:
    assert notes(LAW, date(2023, 1, 1)) == ()


def test_not_yet_in_force() -> None:
    day = date(2021, 12, 31)
    assert notes(LAW, day) == ("9/2021/QH15 chưa có hiệu lực vào ngày 31/12/2021, có hiệu lực từ 1/1/2022.",)
    assert notes(LAW, day, "en") == ("9/2021/QH15 was not yet in force on 31 December 2021, in force from 1 January 2022.",)
    assert notes(LAW, date(2022, 1, 1)) == ()


def test_replaced_from_the_day_on() -> None:
    law = replace(LAW, status="replaced", relations=(Relation("replaced_by", "7/2024/QH15", "2024-07-01"),))
    assert notes(law, date(2024, 6, 30)) == ()
    assert notes(law, date(2024, 7, 1)) == (
        "9/2021/QH15 đã được thay thế bởi 7/2024/QH15 từ ngày 1/7/2024; không dùng làm căn cứ hiện hành.",
    )
    assert notes(law, date(2024, 7, 1), "en") == ("9/2021/QH15 has been replaced by 7/2024/QH15 from 1 July 2024; do not cite it as in force.",)


def test_amended() -> None:
    law = replace(LAW, status="amended", relations=(Relation("amended_by", "8/2023/QH15", "2023-05"),))
    assert notes(law, date(2023, 6, 1), "en") == ("9/2021/QH15 has been amended by 8/2023/QH15 from May 2023; check the amending text.",)
    assert notes(law, date(2023, 4, 1), "en") == ()


def test_expired() -> None:
    law = replace(LAW, effective_to="2025-12-31")
    assert notes(law, date(2026, 1, 1), "en") == ("9/2021/QH15 has expired from 1 January 2026.",)
    assert notes(law, date(2025, 12, 31), "en") == ()


def test_a_card_says_that_it_is_one() -> None:
    assert notes(replace(LAW, text_kind="card"), date(2023, 1, 1), role="note") == ("Kho chỉ có thẻ văn bản của 9/2021/QH15, chưa có nội dung.",)


def test_an_editors_note_is_told_by_its_mark() -> None:
    assert notes(LAW, date(2023, 1, 1), role="note", mark=4) == ("[4] là ghi chú của người biên tập về nguồn.",)
    assert notes(LAW, date(2023, 1, 1), "en", role="note", mark=4) == ("[4] is an editor's note on the sources.",)


def test_the_same_note_comes_once() -> None:
    day = date(2021, 12, 31)
    assert len(notes_on_time([cite(LAW, day), cite(LAW, day, mark=2)], {LAW.number: LAW}, day, "vi")) == 1


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        (["replaced"], Outcome.SUPERSEDED_ONLY),
        (["replaced", "expired"], Outcome.SUPERSEDED_ONLY),
        (["replaced", "in_force"], Outcome.ANSWERED),
        (["amended"], Outcome.ANSWERED),
        (["not_yet_in_force"], Outcome.ANSWERED),
        ([], Outcome.ANSWERED),
    ],
)
def test_only_what_has_ended_makes_an_answer_superseded(statuses: list[str], outcome: Outcome) -> None:
    assert outcome_on_time([cite(LAW, date(2023, 1, 1), status=status) for status in statuses]) is outcome
