"""Case files: what is read, and every fault told with file and line before anything is asked."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from evals.case import Gold, cases_hash, read_cases
from evals.command import run
from evals.errors import BadCases
from evals.evaluate import shipped_cases
from evals.opening import stands_in
from evals.reviewing import review

GOOD: dict[str, Any] = {
    "id": "1", "lang": "vi", "question": "Kinh tế số bao nhiêu % GDP?", "answer_short": "30%", "type": "factoid",
    "gold": [{"doc_number": "52-NQ/TW", "locator": "III (mục tiêu 2030)"}],
}  # fmt: skip


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows), "utf-8")
    return path


def test_a_case_is_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.jsonl", GOOD | {"history": ["Trước đó?"], "as_of": "2020-01-02", "group": "g"}, "", GOOD | {"id": "2", "gold": []})
    first, second = read_cases([path])
    assert (first.key, first.line, second.line) == ("mine/1", 1, 3)
    assert first.history == ("Trước đó?",) and first.as_of == date(2020, 1, 2) and first.gold == (Gold("52-NQ/TW", "III (mục tiêu 2030)"),)
    assert first.answerable and not second.answerable
    assert dict(first.slices()) == {"set": "mine", "language": "vi", "type": "factoid", "diacritics": "with", "document": "52-NQ/TW"}


def test_every_fault_is_told_with_file_line_and_reason(tmp_path: Path) -> None:
    path = write(
        tmp_path / "bad.jsonl", GOOD, GOOD, GOOD | {"id": "3", "type": "riddle"}, "{broken", "[]", GOOD | {"id": "4", "gold": [{"locator": "x"}]},
        GOOD | {"id": "5", "as_of": "soon"}, GOOD | {"id": "6", "lang": "de"}, {"id": "7", "type": "factoid"}, GOOD | {"id": "8", "history": "x"},
        GOOD | {"id": "9", "answer_short": 30}, GOOD | {"id": "10", "gold": [{"doc_number": "52-NQ/TW", "locator": ", ,"}]},
    )  # fmt: skip
    with pytest.raises(BadCases) as told:
        read_cases([path, tmp_path / "absent.jsonl"])
    lines = {fault.split(": ")[0]: fault for fault in told.value.faults}
    assert set(lines) == {f"bad.jsonl:{n}" for n in range(2, 13)} | {"absent.jsonl"}
    assert "stands already at bad.jsonl:1" in lines["bad.jsonl:2"] and "no type" in lines["bad.jsonl:3"] and "not JSON" in lines["bad.jsonl:4"]
    assert "question" in lines["bad.jsonl:9"] and "answer_short is no text" in lines["bad.jsonl:11"]


def test_a_gold_place_that_does_not_exist_is_a_fault(tmp_path: Path, tiny_assistant: Assistant) -> None:
    path = write(
        tmp_path / "a.jsonl", GOOD | {"gold": [{"doc_number": "52-NQ/TW", "locator": "Điều 999"}]}, GOOD | {"id": "2", "gold": [{"doc_number": "X"}]}
    )
    with pytest.raises(BadCases) as told:
        read_cases([path], stands_in(tiny_assistant))
    assert [fault[:10] for fault in told.value.faults] == ["a.jsonl:1:", "a.jsonl:2:"] and "Điều 999" in told.value.faults[0]


def test_bad_case_files_end_the_command_with_status_2_before_an_index_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    path = write(tmp_path / "bad.jsonl", GOOD, "{")
    assert run(["run", str(path)]) == 2 and run(["check", str(path)]) == 2
    assert "bad.jsonl:2: the line is not JSON" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_the_hash_is_of_what_is_asked_and_not_of_the_file(tmp_path: Path) -> None:
    one = read_cases([write(tmp_path / "a.jsonl", GOOD, GOOD | {"id": "2"})])
    (tmp_path / "b").mkdir()
    other = read_cases([write(tmp_path / "b" / "a.jsonl", GOOD | {"id": "2"}, "", GOOD)])
    assert cases_hash(one) == cases_hash(other) != cases_hash(one[:1])


def test_every_shipped_case_stands_in_the_library_with_its_figures(attache: Assistant) -> None:
    cases = read_cases(shipped_cases(), stands_in(attache))
    found = review(cases, attache)
    assert found.n >= 300 and found.doubts == ()
    assert found.shares["language vi"] >= 0.6 and found.shares["unanswerable"] >= 0.15 and found.shares["type adversarial"] >= 0.05
    assert sum(case.type == "no_diacritics" for case in cases) >= 30
