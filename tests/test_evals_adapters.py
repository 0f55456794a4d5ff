"""Other people's sets: BEIR, SQuAD and CSV as case files that our own reader takes, and asked over their own texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.adapters import read_beir, read_csv, read_squad, write_adapted
from evals.case import read_cases
from evals.command import run
from evals.errors import BadSet
from evals.evaluate import start_run

SQUAD = {"data": [{"title": "Hộ_chiếu", "paragraphs": [
    {"context": "Hộ chiếu phổ thông có thời hạn mười năm và không được gia hạn.", "qas": [
        {"id": "a", "question": "Hộ chiếu phổ thông có thời hạn bao lâu?", "answers": [{"text": "mười năm", "answer_start": 30}]},
        {"id": "b", "question": "Ai phát minh ra hộ chiếu?", "answers": [], "is_impossible": True}]},
    {"context": "Thị thực điện tử có giá trị một lần hoặc nhiều lần.", "qas": [
        {"id": "c", "question": "Thị thực điện tử có giá trị mấy lần?", "answers": [{"text": "một lần hoặc nhiều lần", "answer_start": 24}]}]},
]}]}  # fmt: skip


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    path = tmp_path / "viquad.json"
    path.write_text(json.dumps(SQUAD, ensure_ascii=False), "utf-8")
    return path


def test_squad_becomes_cases_over_its_own_paragraphs(squad: Path, tmp_path: Path) -> None:
    adapted = read_squad(squad)
    cases, corpus = write_adapted(adapted, tmp_path / "out")
    found = {case.id: case for case in read_cases([cases])}
    texts = {row["id"]: row for row in map(json.loads, corpus.read_text("utf-8").splitlines())} if corpus else {}
    assert found["a"].expected in texts[found["a"].gold[0].document]["text"] and texts[found["a"].gold[0].document]["title"] == "Hộ chiếu"
    assert not found["b"].answerable and found["c"].gold != found["a"].gold and len(texts) == 2


def test_a_set_is_asked_over_its_own_texts_from_the_command_to_the_report(squad: Path, tmp_path: Path) -> None:
    assert run(["convert", "squad", str(squad), "--out", str(tmp_path / "set")]) == 0
    cases, corpus = tmp_path / "set" / "cases.jsonl", tmp_path / "set" / "corpus.jsonl"
    folder, report = start_run(Settings(home=tmp_path / "home"), [cases], corpus=corpus)
    rows = {row.case.id: row for row in report.rows}
    assert report.failed == 0 and rows["a"].measures["recall@1"] == 1.0 and rows["a"].measures["cited"] == 1.0
    assert report.curve is not None and report.source.settings == {"corpus": "corpus.jsonl"} and (folder / "report.html").exists()


def test_a_beir_folder_becomes_cases_with_documents_as_gold(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"id": "d1", "title": "t", "text": "x"}\n{"id": 2, "title": "", "text": "y"}\n', "utf-8")
    (tmp_path / "queries.jsonl").write_text('{"id": "q", "text": "Gì?"}\n{"id": "unjudged", "text": "?"}\n', "utf-8")
    (tmp_path / "qrels.tsv").write_text("query\tdoc\trel\nq\td1\t1\nq\t2\t1\n", "utf-8")
    adapted = read_beir(tmp_path)
    (case,) = read_cases([write_adapted(adapted, tmp_path / "out")[0]])
    assert case.type == "retrieval" and [gold.document for gold in case.gold] == ["2", "d1"] and len(adapted.corpus) == 2


def test_a_csv_is_read_by_the_columns_named(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    path.write_text("Câu hỏi,Đáp án,VB,Điều,Trước\nBao nhiêu?,30%,52-NQ/TW|57-NQ/TW,II.1,Câu một|Câu hai\nAi?,,,,\n", "utf-8-sig")
    columns = {"question": "Câu hỏi", "expected": "Đáp án", "document": "VB", "locator": "Điều", "history": "Trước"}
    first, second = read_cases([write_adapted(read_csv(path, columns), tmp_path / "out")[0]])
    assert [(g.document, g.locator) for g in first.gold] == [("52-NQ/TW", "II.1"), ("57-NQ/TW", "")]
    assert first.history == ("Câu một", "Câu hai") and first.id == "1" and second.type == "unanswerable"


@pytest.mark.parametrize("columns", [{}, {"question": "Không có"}, {"question": "Q", "moon": "Q"}])
def test_columns_that_are_not_there_are_told(tmp_path: Path, columns: dict[str, str]) -> None:
    (tmp_path / "x.csv").write_text("Q\nAi?\n", "utf-8")
    with pytest.raises(BadSet):
        read_csv(tmp_path / "x.csv", columns)


@pytest.mark.parametrize("text", ["", "[]", '{"data": []}', '{"data": [{"paragraphs": [{"qas": []}]}]}', '{"data": 3}', '{"data": ["x"]}'])
def test_what_is_not_in_the_form_of_squad_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    with pytest.raises(BadSet, match=r"x\.json"):
        read_squad(tmp_path / "x.json")
