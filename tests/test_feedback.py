"""What users report becomes cases that the evaluators' own reader takes; questions to ask next are offered when they are answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from assistant.compose_history import open_history, open_suggester
from assistant.history.store import History
from assistant.settings import Settings
from assistant.suggesting import Suggester
from evals.case import Gold, read_cases
from tests.fake_assistant import DOCUMENTS, HOSTILE, FakeAssistant
from ui.cli import main

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 1)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = open_history(Settings(home=tmp_path / "home"))
    yield made
    made.close()


def test_reports_become_cases_that_are_read(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ask = FakeAssistant().ask
    first = history.keep("an", ask("Nghị quyết 52: mục tiêu kinh tế số?", as_of=DAY), now=NOON)
    second = history.keep("an", ask("So sánh với Nghị quyết 57", as_of=DAY), first.conversation, NOON)
    none = history.keep("binh", ask("Giá vàng?", as_of=DAY), now=NOON)
    history.report("an", first.id, "wrong_evidence", 3, HOSTILE, NOON)
    history.report("an", second.id, "down", now=NOON)
    history.report("an", first.id, "up", now=NOON)
    history.report("binh", none.id, "up", now=NOON)
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    out = tmp_path / "feedback.jsonl"
    assert main(["feedback", "export", "--out", str(out)]) == 0 and "4 nhận xét" in capfd.readouterr().err
    cases = {(case.question[:9], case.type): case for case in read_cases([out], lambda number, locator: True)}
    assert len(cases) == 4 - 1  # two reports on the first answer
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    wrong = next(row for row in rows if row["feedback"]["kind"] == "wrong_evidence")
    assert wrong["feedback"]["wrong"] == [{"doc_number": "52-NQ/TW", "locator": "Thuộc tính"}] and wrong["feedback"]["words"] == HOSTILE
    assert {"doc_number": "52-NQ/TW", "locator": "Thuộc tính"} not in wrong["gold"] and len(wrong["gold"]) == 2
    follow = cases["So sánh v", "follow_up"]
    assert follow.history == ("Nghị quyết 52: mục tiêu kinh tế số?",) and follow.gold == () and follow.as_of == DAY
    assert Gold("52-NQ/TW", "II (mục tiêu 2030)") in cases["Nghị quyế", "factoid"].gold and not cases["Giá vàng?", "unanswerable"].answerable
    assert '"an"' not in out.read_text("utf-8") and "binh" not in out.read_text("utf-8")
    assert main(["feedback", "export", "--user", "binh"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 1
    assert main(["feedback", "export", "--out", str(tmp_path / "no" / "x")]) == 1


def test_only_what_the_library_answers_is_offered(attache: Assistant) -> None:
    suggester = open_suggester(lambda: attache)
    for question in ("Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?", "When does the Hanoi Convention enter into force?"):
        answer = attache.ask(question, as_of=DAY)
        offered = suggester.after(answer)
        assert 1 <= len(offered) <= 3 and len(set(offered)) == len(offered)
        for one in offered:
            made = attache.ask(one, as_of=DAY)
            assert made.outcome is Outcome.ANSWERED and made.text != answer.text
            assert {c.document for c in made.citations} & {c.document for c in answer.citations}
        assert not set(suggester.after(answer, frozenset(offered))) & set(offered)
    assert suggester.after(attache.ask("Giá vàng hôm nay?")) == ()


def test_nothing_is_offered_that_another_document_answers() -> None:
    answer = FakeAssistant().ask("kinh tế số", as_of=DAY)

    def elsewhere(question: str, day: date, language: str) -> Answer:
        return replace(FakeAssistant().ask("Luật An ninh mạng", as_of=day), outcome=Outcome.ANSWERED)

    assert Suggester(elsewhere, {d.number: d for d in DOCUMENTS}.get).after(answer) == ()
