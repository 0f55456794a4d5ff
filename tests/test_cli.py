"""The command line: what it prints, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.cli import main


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(home))


def test_ask_prints_the_contract_as_json(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["ask", "Nghị quyết 52 do ai ký?", "--json", "--as-of", "2026-01-01"]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert answer["outcome"] == "answered" and answer["as_of"] == "2026-01-01"
    assert answer["citations"][0]["document"] == "52-NQ/TW" and answer["citations"][0]["verified"] is True


def test_a_batch_keeps_order_and_ids(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    batch = tmp_path / "batch.jsonl"
    rows = [{"id": "b", "question": "Ai ký Quyết định 749?"}, {"id": "a", "question": "", "history": ["x"]}]
    batch.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    assert main(["ask", "--batch", str(batch), "--json"]) == 0
    lines = capfdbinary.readouterr().out.decode("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["b", "a"]
    assert json.loads(lines[1])["outcome"] == "unclear"


def test_a_bad_batch_line_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": "a", "question": "x"}\nnonsense\n', "utf-8")
    assert main(["ask", "--batch", str(batch), "--json"]) == 1
    assert "batch.jsonl:2" in capfd.readouterr().err


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "x", "--as-of", "tomorrow"], ["search", "x", "-k", "0"], ["nonsense"]])
def test_bad_usage_is_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_an_unknown_document_is_one_line_with_a_hint(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "9999-ZZ/QQ"]) == 1
    error = capfd.readouterr().err
    assert "9999-ZZ" in error and "Traceback" not in error


def test_another_address_than_loopback_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["ui", "--host", "0.0.0.0"]) == 1
    assert "this machine only" in capfd.readouterr().err


def test_an_unknown_setting_is_refused(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ATTACHE_NONSENSE", "1")
    assert main(["documents"]) == 1
    assert "ATTACHE_NONSENSE" in capfd.readouterr().err


def test_search_documents_and_verify(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["search", "kinh tế số", "-k", "3", "--json"]) == 0
    rows = json.loads(capfdbinary.readouterr().out)
    assert len(rows) == 3 and set(rows[0]) == {"document", "locator", "passage_id", "score", "text"}
    assert main(["documents", "--json"]) == 0
    assert len(json.loads(capfdbinary.readouterr().out)) == 81
    assert main(["index", "verify"]) == 0
