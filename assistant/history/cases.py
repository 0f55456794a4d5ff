"""What users reported of answers as case files for whoever measures: one JSON object a line, in the form of the evaluators' own cases.

A praised answer gives its citations as gold; a citation reported as wrong is left out of them and named beside. Where nothing is left
the gold is empty, for a person to fill in. No user is named.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from assistant.history.store import History
from assistant.history.values import Kept, Report

__all__ = ["case_lines"]


def case_lines(history: History, user: str | None = None) -> tuple[str, ...]:
    """Return a line for every report of a user, of all users for None, the earliest first."""
    return tuple(json.dumps(_case(report, kept, _before(history, report, kept)), ensure_ascii=False) for report, kept in history.reports(user))


def _before(history: History, report: Report, kept: Kept) -> Sequence[Kept]:
    """Return what stood before an answer in its conversation."""
    return [one for one in history.conversation(report.user, kept.conversation)[1] if one.place < kept.place]


def _case(report: Report, kept: Kept, before: Sequence[Kept]) -> dict[str, Any]:
    """Return a report as a case."""
    answer = kept.answer
    wrong = [c for c in answer.citations if report.kind == "wrong_evidence" and c.mark == report.mark]
    good = [] if report.kind == "down" else [c for c in answer.citations if c not in wrong]
    gold, bad = ([{"doc_number": c.document, "locator": c.provision_at} for c in cited] for cited in (good, wrong))
    return {
        "id": f"feedback-{report.turn[:12]}-{report.kind}-{report.mark}", "question": answer.question, "type": _type(report, kept, before),
        "lang": answer.language if answer.language in ("vi", "en", "fr") else "vi", "answer_short": "",
        "gold": [place for at, place in enumerate(gold) if place not in gold[:at]],
        "history": [one.answer.question for one in before], "as_of": answer.as_of.isoformat(),
        "feedback": {
            "kind": report.kind, "words": report.words, "at": report.at.isoformat(), "wrong": bad, "answer": answer.text,
            "outcome": str(answer.outcome), "generator": answer.generator,
        },
    }  # fmt: skip


def _type(report: Report, kept: Kept, before: Sequence[Kept]) -> str:
    """Return the type of the case; a person may know better."""
    answer = kept.answer
    if report.kind == "up" and not answer.outcome.says_something:
        return "unanswerable"
    if before:
        return "follow_up"
    compared = answer.text.lstrip().startswith("|") and len({c.document for c in answer.citations}) > 1
    return "comparison" if compared else "factoid"
