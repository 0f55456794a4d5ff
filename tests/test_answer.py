"""The values of an answer and the JSON that outside checks rely on."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from assistant.answer import Answer, Citation, Evidence, Outcome

ANSWER = Answer(
    "Hỏi?", "vi", date(2026, 9, 1), Outcome.PARTIAL, "Đáp [1].",
    (Citation(1, "52-NQ/TW", "Nghị quyết", "Điều 1", "Đáp.", "digest", "in_force", "https://example.org", "52#1", True, (3, 7), "vi", "note"),),
    (Evidence("52-NQ/TW", "Điều 1", "52#1", 0.123456, "Đầu đề"),), ("Một ghi chú.",), "extractive", 0.0123456,
)  # fmt: skip


def test_json_has_exactly_the_keys_of_the_contract() -> None:
    data = ANSWER.to_json()
    assert list(data) == ["question", "language", "as_of", "outcome", "text", "citations", "evidence", "notes", "generator", "seconds"]
    assert list(data["citations"][0]) == [
        "mark", "document", "title", "locator", "quote", "text_kind", "status", "url", "passage_id", "verified",
    ]  # fmt: skip
    assert list(data["evidence"][0]) == ["document", "locator", "passage_id", "score"]


def test_json_survives_being_written_and_read() -> None:
    data = json.loads(json.dumps(ANSWER.to_json(), ensure_ascii=False))
    assert data == ANSWER.to_json()
    assert (data["as_of"], data["outcome"], data["notes"]) == ("2026-09-01", "partial", ["Một ghi chú."])
    assert data["evidence"][0]["score"] == 0.1235
    assert data["seconds"] == 0.0123


@pytest.mark.parametrize("case", ["Q1", 7, ["a"], ""])
def test_the_id_of_a_batch_question_comes_first_and_as_it_came(case: object) -> None:
    data = ANSWER.to_json(case)
    assert next(iter(data)) == "id"
    assert data["id"] == case


def test_without_an_id_there_is_none() -> None:
    assert "id" not in ANSWER.to_json(None)


def test_outcomes_are_those_of_the_contract() -> None:
    names = ["answered", "partial", "not_in_corpus", "superseded_only", "conflict", "unclear", "out_of_scope", "refused"]
    assert [str(outcome) for outcome in Outcome] == names
    assert {str(outcome) for outcome in Outcome if outcome.says_something} == {"answered", "partial", "superseded_only", "conflict"}


def test_an_answer_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        ANSWER.text = "…"  # type: ignore[misc]
