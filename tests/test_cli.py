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


def test_documents_tell_their_chain_and_a_text_is_shown(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["documents", "--as-of", "2024-06-30", "--json"]) == 0
    rows = {row["number"]: row for row in json.loads(capfdbinary.readouterr().out)}
    step = {"type": "replaces", "document": "20/2023/QH15", "target": "51/2005/QH11", "since": "2024-07-01"}
    assert step in rows["20/2023/QH15"]["chain"] and step in rows["51/2005/QH11"]["chain"]
    assert (rows["51/2005/QH11"]["status_on"], rows["20/2023/QH15"]["status_on"]) == ("in_force", "not_yet_in_force")
    assert main(["show", "Luật Giao dịch điện tử 2023", "Thuộc tính"]) == 0
    assert "20/2023/QH15" in capfdbinary.readouterr().out.decode()
    assert main(["documents"]) == 0
    assert "2024-07-01" in capfdbinary.readouterr().out.decode()


def _rows(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_files_are_ingested_and_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ATTACHE_LIBRARY", str(Path(__file__).parent / "data" / "library"))
    file = _rows(tmp_path / "x.jsonl", {"id": "r-1", "text": "Giấy thông hành cấp cho công dân."}, {"text": "no id"})
    assert main(["ingest", str(file), str(tmp_path / "gone"), "--json"]) == 1
    report = json.loads(capfd.readouterr().out)
    assert {name: report[name] for name in ("added", "unchanged", "replaced", "removed", "passages_encoded", "passages_deleted")} == {
        "added": 1, "unchanged": 0, "replaced": 0, "removed": 0, "passages_encoded": 1, "passages_deleted": 0,
    }  # fmt: skip
    assert [(Path(row["name"]).name, row["reason"]) for row in report["failed"]] == [
        ("gone", "no such file or directory"), ("x.jsonl:2", "the line lacks id"),
    ]  # fmt: skip
    assert main(["ingest", str(file)]) == 1
    out, err = capfd.readouterr()
    assert "0 added, 1 unchanged, 0 replaced, 0 removed, 1 failed." in out and "not read x.jsonl:2: the line lacks id" in err
    assert main(["search", "giấy thông hành", "-k", "1", "--kind", "record", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)[0]["document"] == "r-1"


def test_nothing_read_is_one_line_and_a_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(tmp_path / "gone.jsonl"), "--json"]) == 1
    out, err = capfd.readouterr()
    assert json.loads(out)["failed"][0]["reason"] == "no such file or directory"
    assert err.count("\n") == 1 and "Nothing could be read" in err and "gone.jsonl" in err


def test_a_search_is_limited(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    limits = ["--kind", "law", "--issuer", "Quốc hội", "--year", "2023", "--valid-on", "2026-01-01", "-k", "50"]
    assert main(["search", "dữ liệu", *limits, "--json"]) == 0
    rows = json.loads(capfdbinary.readouterr().out)
    assert {row["document"] for row in rows} == {"20/2023/QH15"}
    assert main(["search", "dữ liệu", "--document", "Nghị quyết 52", "--json"]) == 0
    assert {row["document"] for row in json.loads(capfdbinary.readouterr().out)} == {"52-NQ/TW"}
    assert main(["search", "dữ liệu", "--issuer", "nobody at all"]) == 1
    assert b"nobody at all" in capfdbinary.readouterr().err


def test_eval_is_handed_to_the_benchmarks_with_all_that_follows(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["eval", "--help"])
    assert stopped.value.code == 0 and "usage: attache eval" in capfd.readouterr().out
