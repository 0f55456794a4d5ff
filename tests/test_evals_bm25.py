"""The floor: BM25 against a case reckoned by hand, its terms, and its benchmark."""

from __future__ import annotations

import json
import math
import unicodedata
from pathlib import Path

import pytest

from evals.bench_bm25 import main
from evals.bm25 import Bm25, folded_terms, terms


def test_terms_are_syllables_and_pairs() -> None:
    assert terms("Hộ chiếu, HỘ") == ["hộ", "chiếu", "hộ", "hộ chiếu", "chiếu hộ"]
    assert terms(unicodedata.normalize("NFD", "Hộ")) == ["hộ"] and terms(" … ") == []
    assert folded_terms("Đường Đi") == ["duong", "di", "duong di"]


def test_scores_by_hand() -> None:
    # one letter, one term; lengths 3, 2 and 1, mean 2
    index = Bm25(["x", "y", "z"], ["a a b", "a c", "c"], str.split, k1=1.2, b=0.75)
    rare_a = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    x = rare_a * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))
    y = rare_a * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 2))
    assert index.scores("a") == pytest.approx({0: x, 1: y})
    assert index.scores("a a") == pytest.approx({0: 2 * x, 1: 2 * y})
    rare_b = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert index.scores("b") == pytest.approx({0: rare_b * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2))})
    assert index.search("a", 10) == ["x", "y"] and index.search("a", 1) == ["x"] and index.search("q", 10) == []


def test_of_equals_the_earlier_one_comes_first() -> None:
    assert Bm25(["z", "a"], ["word", "word"], k1=0.9, b=0.4).search("word", 2) == ["z", "a"]


def test_without_texts_nothing_is_found() -> None:
    assert Bm25([], [], k1=0.9, b=0.4).search("word", 2) == []


def test_the_benchmark_prints_every_setting_and_marks_the_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": "a", "title": "Hộ chiếu", "text": "mười năm"}, {"id": "b", "title": "", "text": "thị thực điện tử"}]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (tmp_path / "queries.jsonl").write_text(json.dumps({"id": 1, "text": "thị thực"}) + "\n", "utf-8")
    (tmp_path / "qrels.tsv").write_text("query\tdoc\trel\n1\tb\t1\n", "utf-8")
    out = tmp_path / "figures.json"
    assert main([str(tmp_path), "--transform", "none", "nodiac_lower", "--json", str(out)]) == 0
    found = json.loads(out.read_text("utf-8"))
    assert len(found) == 8 and {row["ndcg@10"] for row in found if row["transform"] == "none"} == {1.0}
    assert {row["ndcg@10"] for row in found if (row["transform"], row["analysis"]) == ("nodiac_lower", "accented")} == {0.0}
    assert "folded, k1 1.2, b 0.75" in capsys.readouterr().out
    assert main([str(tmp_path / "none")]) == 1 and "no corpus.jsonl" in capsys.readouterr().err
