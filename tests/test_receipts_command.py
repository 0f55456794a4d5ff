"""`attache ask --receipt` and `attache verify` as a person types them: what is printed, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.doctor import offline
from ui.cli import main

TINY = Path(__file__).parent / "data" / "library"
QUESTION = "Quyết định 749 Điều 1, II.1.a (2025) quy định gì?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(home))
    monkeypatch.setenv("ATTACHE_LIBRARY", str(TINY))


@pytest.fixture
def file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "r.json"
    assert main(["ask", QUESTION, "--receipt", str(path), "--as-of", "2026-09-01"]) == 0
    capfd.readouterr()
    return path


def test_a_receipt_is_saved_and_verified_with_a_line_a_sentence(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(file), "--as-of", "2026-09-01"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert "r.json" in lines[0] and [line.split(" ")[0] for line in lines[1:]] == ["đúng"] * 3
    assert main(["verify", str(file), "--lang", "en"]) == 0
    assert capfd.readouterr().out.splitlines()[1].startswith("ok 1. [1] “Đến năm 2025, 80% dịch vụ công")


def test_verifying_opens_no_connection(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with offline() as attempts:
        assert main(["verify", str(file)]) == 0
    assert not list(attempts) and capfd.readouterr().err == ""


def test_a_changed_receipt_ends_with_one(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = file.read_text("utf-8")
    file.write_text(text.replace("80%", "90%", 1), "utf-8")
    assert main(["verify", str(file), "--lang", "en"]) == 1
    out = capfd.readouterr().out
    assert "NOT the receipt: the receipt was changed" in out and "NOT 1. [1]" in out and "ok 2. [2]" in out


def test_json_tells_all_files_and_an_unreadable_one_ends_with_two(file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("nonsense", "utf-8")
    assert main(["verify", str(file), str(bad), "--json"]) == 2
    said = capfd.readouterr()
    rows = {Path(row["file"]).name: row for row in json.loads(said.out)}
    assert rows["r.json"]["verified"] is True and len(rows["r.json"]["sentences"]) == 3
    assert rows["bad.json"]["verified"] is False and "bad.json is not JSON" in rows["bad.json"]["error"]
    assert said.err.count("\n") == 1 and "bad.json" in said.err


def test_a_batch_saves_a_receipt_a_question_under_safe_names(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "batch.jsonl"
    rows = [{"id": "../../x", "question": QUESTION}, {"question": "Xin chào"}, {"id": 7, "question": "Nó nêu gì?", "history": [QUESTION]}]
    batch.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    folder = tmp_path / "a" / "receipts"
    assert main(["ask", "--batch", str(batch), "--json", "--receipt", str(folder)]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["0001-x.json", "0002.json", "0003-7.json"]
    assert json.loads((folder / "0003-7.json").read_text("utf-8"))["history"][0]["question"] == QUESTION
    assert main(["verify", *(str(folder / name) for name in names)]) == 0
    capfd.readouterr()


@pytest.mark.parametrize("place", ["", ".", "none/r.json"])
def test_where_no_receipt_can_be_written_nothing_is_asked(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["ask", QUESTION, "--receipt", place]) == 1
    said = capfd.readouterr()
    assert said.out == "" and said.err.startswith("attache: ") and "Traceback" not in said.err


def test_verify_without_a_file_is_bad_usage() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["verify"])
    assert stopped.value.code == 2
