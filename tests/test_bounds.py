"""A question limited to documents, issuers, years or what is in force is answered from these alone, and the answer says so."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.bounds import NO_BOUNDS, Bounds
from corpus.errors import UnknownDocument, UnknownFilter
from index.contents import admits
from ui.limiting import read_limits

DAY = date(2026, 3, 1)
QUESTION = "Mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"


@pytest.mark.parametrize(
    ("bounds", "cited"),
    [
        (Bounds(documents=("Nghị quyết 52",)), "52-NQ/TW"), (Bounds(documents=("57-NQ/TW",)), "57-NQ/TW"), (Bounds(years=(2024,)), "57-NQ/TW"),
        (Bounds(issuers=("bo chinh tri",), years=(2019,)), "52-NQ/TW"), (Bounds(valid_on=date(2020, 1, 1)), "52-NQ/TW"),
    ],
)  # fmt: skip
def test_only_what_is_within_is_cited(attache: Assistant, bounds: Bounds, cited: str) -> None:
    answer = attache.within(bounds).ask(QUESTION, as_of=DAY)
    assert attache.receipts is not None
    shelf = attache.receipts.documents
    filters = bounds.filters(attache.document, shelf)  # type: ignore[arg-type]  # a shelf knows its issuers and kinds
    assert {c.document for c in answer.citations} == {cited} and all(admits(filters, shelf[e.document]) for e in answer.evidence)
    assert answer.notes[-1].startswith("Theo yêu cầu, chỉ tìm trong: ")
    plain = attache.ask(QUESTION, as_of=DAY)  # the assistant itself is limited by nothing
    assert not all(admits(filters, shelf[e.document]) for e in plain.evidence) and not any("Theo yêu cầu" in note for note in plain.notes)


def test_a_question_on_a_document_outside_is_not_answered_from_another(attache: Assistant) -> None:
    limited = attache.within(Bounds(documents=("52-NQ/TW",)))
    for question in ("Nghị quyết 57 đặt mục tiêu kinh tế số bao nhiêu?", "Điều 5 Luật Chuyển đổi số quy định gì?"):
        answer = limited.ask(question, as_of=DAY)
        assert answer.outcome is Outcome.NOT_IN_CORPUS and not answer.citations and "nằm ngoài phạm vi" in answer.text
        assert attache.receipts is not None
        assert attache.receipts.issue(answer).body["sentences"][0]["own"]
    within = attache.within(Bounds(issuers=("Quốc hội",))).ask(QUESTION, as_of=DAY)
    assert not {e.document for e in within.evidence} & {"52-NQ/TW", "57-NQ/TW"}


def test_what_there_is_not_is_told(attache: Assistant) -> None:
    with pytest.raises(UnknownDocument):
        attache.within(Bounds(documents=("không có văn bản này",)))
    with pytest.raises(UnknownFilter):
        attache.within(Bounds(issuers=("không có cơ quan này",)))


@pytest.mark.parametrize("data", [None, [], {"documents": 7, "years": [2019], "in_force": "yes"}, {"documents": " , ;", "years": "19 99999"}])
def test_what_makes_no_sense_limits_nothing(data: object) -> None:
    assert read_limits(data, DAY) == NO_BOUNDS and not NO_BOUNDS


def test_what_a_browser_sends_is_read() -> None:
    data = {"documents": "52-NQ/TW, Nghị quyết 57", "issuers": "Bộ Chính trị", "years": "2019–2024", "in_force": True}
    assert read_limits(data, DAY) == Bounds(("52-NQ/TW", "Nghị quyết 57"), ("Bộ Chính trị",), (), (2019, 2024), DAY)
    assert len(read_limits({"documents": "a," * 999}, DAY).documents) == 20
