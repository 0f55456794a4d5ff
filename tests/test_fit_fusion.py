"""The share of the words is fitted by the product's own search and written beside the other weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.assistant import Tuning
from assistant.compose import WEIGHTS
from evals.fit_fusion import SHARES, best_share, main
from index.retrieve import Weights


def test_the_best_mean_wins_and_a_tie_goes_to_even_shares() -> None:
    assert best_share([{1.0: 0.5, 0.7: 0.9, 0.0: 0.2}, {1.0: 0.8, 0.7: 0.6, 0.0: 0.1}]) == 0.7
    assert best_share([{1.0: 0.5, 0.6: 0.5, 0.0: 0.5}]) == 0.6


def test_fitting_keeps_the_other_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "set"
    folder.mkdir()
    texts = {"a": "Hộ chiếu ngoại giao cấp cho thành viên chính phủ.", "b": "Chữ ký số có giá trị pháp lý.", "c": "Thuế thu nhập doanh nghiệp."}
    (folder / "corpus.jsonl").write_text("".join(json.dumps({"id": i, "title": "", "text": t}) + "\n" for i, t in texts.items()), "utf-8")
    (folder / "queries.jsonl").write_text(json.dumps({"id": "q", "text": "Ai được cấp hộ chiếu ngoại giao?"}) + "\n", "utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n", "utf-8")
    out = tmp_path / "weights.json"
    out.write_text(WEIGHTS.read_text("utf-8"), "utf-8")
    assert main([str(folder), "--out", str(out)]) == 0
    written = json.loads(out.read_text("utf-8"))
    assert written["fusion"]["lexical"] in SHARES and written["fusion"]["fitted_on"] == ["set"]
    assert written["sentence"] == json.loads(WEIGHTS.read_text("utf-8"))["sentence"]
    fusion = Tuning.read(out).fusion
    assert fusion == Weights(lexical=written["fusion"]["lexical"], dense=written["fusion"]["dense"])
