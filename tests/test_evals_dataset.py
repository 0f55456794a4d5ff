"""Retrieval sets: what is read, what is refused and in which words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.dataset import read_records, read_set
from evals.errors import BadSet

CORPUS = [{"id": "a", "title": "Một", "text": "chữ"}, {"id": 2, "text": "hai"}]
QUERIES = [{"id": "q1", "text": "một?"}, {"id": "q2", "text": "hai?"}, {"id": "q3", "text": "ba?"}]
QRELS = "query\tdoc\trel\nq2\t2\t1\nq1\ta\t1\nq1\tgone\t2\nq1\t2\t0\n"


def _lines(*rows: object) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)}\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "mine"
    place.mkdir()
    (place / "corpus.jsonl").write_text(_lines(*CORPUS), "utf-8")
    (place / "queries.jsonl").write_text(_lines(*QUERIES), "utf-8")
    (place / "qrels.tsv").write_text(QRELS, "utf-8")
    return place


def test_a_set_is_read(folder: Path) -> None:
    data = read_set(folder)
    assert (data.name, data.documents, data.unreachable) == ("mine", 2, 1)
    assert data.queries == {"q1": "một?", "q2": "hai?"}
    assert data.relevant == {"q2": {"2"}, "q1": {"a", "gone"}} and list(data.relevant) == ["q2", "q1"]


def test_windows_line_ends_a_mark_at_the_start_and_blank_lines_are_borne(folder: Path) -> None:
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (text + "\n \n").replace("\n", "\r\n").encode())
    assert read_set(folder).relevant == {"q2": {"2"}, "q1": {"a", "gone"}}


def test_a_line_separator_inside_a_text_ends_no_line(folder: Path) -> None:
    (folder / "corpus.jsonl").write_text('{"id": "a", "text": "x\u2028y\x85z"}\n', "utf-8")
    assert [record.text for record in read_records(folder / "corpus.jsonl")] == ["x\u2028y\x85z"]


def test_a_sample_is_always_the_same_and_whole_in_itself(folder: Path) -> None:
    data = read_set(folder)
    one = data.sample(1)
    assert one == data.sample(1) and len(one.queries) == 1 and one.queries.keys() == one.relevant.keys()
    assert dict(data.sample(9).relevant) == dict(data.relevant)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus.jsonl", _lines(CORPUS[0], "nonsense"), r"corpus\.jsonl:2: the line is not JSON"),
        ("corpus.jsonl", _lines("[" * 100_000), r"corpus\.jsonl:1: the line is not JSON"),
        ("corpus.jsonl", _lines([1]), r"corpus\.jsonl:1: the line is no JSON object"),
        ("corpus.jsonl", _lines({"text": "x"}), "lacks an id"),
        ("corpus.jsonl", _lines({"id": True, "text": "x"}), "lacks an id"),
        ("corpus.jsonl", _lines({"id": "", "text": "x"}), "lacks an id"),
        ("corpus.jsonl", _lines({"id": "a"}), "lacks its text"),
        ("corpus.jsonl", _lines({"id": "a", "text": 7}), "lacks its text"),
        ("corpus.jsonl", _lines({"id": "2", "text": "x"}, {"id": 2, "text": "y"}), r":2: the id “2” stands twice"),
        ("corpus.jsonl", "\n\n", "is empty"),
        ("queries.jsonl", _lines(QUERIES[0]), "judges the question “q2”"),
        ("qrels.tsv", "q1\ta\t1\n", "no header"),
        ("qrels.tsv", "query\tdoc\trel\nq1 a 1\n", r"qrels\.tsv:2: the line is not question"),
        ("qrels.tsv", "query\tdoc\trel\nq1\ta\tmuch\n", r"qrels\.tsv:2: the line is not question"),
        ("qrels.tsv", "query\tdoc\trel\nq1\ta\t0\n", "no document relevant"),
        ("qrels.tsv", "", "no document relevant"),
    ],
)
def test_a_broken_set_is_refused_by_file_and_line(folder: Path, name: str, content: str, said: str) -> None:
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(BadSet, match=said) as caught:
        read_set(folder)
    assert caught.value.advice


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_what_is_missing_or_no_text_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(BadSet, match="cannot be read"):
        read_set(folder)
    (folder / name).unlink()
    with pytest.raises(BadSet, match=f"no {name}"):
        read_set(folder)
