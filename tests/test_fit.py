"""Fitting recovers a preference that was planted in made-up rows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from evals.fit import fit_decision, fit_ranking, main, read_cases

PLANTED = np.array([2.0, 0.0, -1.5, 0.0])


def ranking_rows(seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(40):
        features = random.normal(size=(8, len(PLANTED)))
        target = np.zeros(8)
        target[np.argmax(features @ PLANTED)] = 1.0
        rows.append((features, target))
    return rows


def hits(rows: list[tuple[np.ndarray, np.ndarray]], weights: np.ndarray) -> float:
    return float(np.mean([np.argmax(features @ weights) == np.argmax(target) for features, target in rows]))


def test_ranking_recovers_a_planted_preference() -> None:
    weights = fit_ranking(ranking_rows(1), [0.0] * len(PLANTED))
    assert weights[0] > 0 > weights[2]
    assert abs(weights[1]) < 0.3 * weights[0] and abs(weights[3]) < 0.3 * weights[0]
    assert weights @ PLANTED / np.linalg.norm(weights) / np.linalg.norm(PLANTED) > 0.97
    assert hits(ranking_rows(2), weights) > 0.85 > 0.5 > hits(ranking_rows(2), -weights)


def test_ranking_without_rows_stays_where_it_started() -> None:
    assert fit_ranking([], [0.5, -0.25]) == pytest.approx([2.0, -1.0])


def decision_rows(seed: int, weight: float = 1.0) -> list[tuple[list[float], float, float]]:
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(400):
        signals = random.normal(size=3)
        label = float(1.5 * signals[0] - signals[1] + 0.3 * random.normal() > 0.4)
        rows.append((signals.tolist(), label, 1.0 if label else weight))
    return rows


def right(rows: list[tuple[list[float], float, float]], weights: np.ndarray, bias: float) -> float:
    return float(np.mean([(np.dot(signals, weights) + bias > 0) == bool(label) for signals, label, _ in rows]))


def test_decision_recovers_a_planted_rule() -> None:
    weights, bias = fit_decision(decision_rows(3), [0, 0, 0])
    assert weights[0] > 0 > weights[1]
    assert abs(weights[2]) < 0.2 * weights[0]
    assert weights[0] / -weights[1] == pytest.approx(1.5, rel=0.25)
    assert right(decision_rows(4), weights, bias) > 0.9


def test_a_signal_never_speaks_for_the_side_that_it_cannot() -> None:
    free, _ = fit_decision(decision_rows(3), [0, 0, 0])
    kept, _ = fit_decision(decision_rows(3), [1, -1, 0])
    assert kept == pytest.approx(free, rel=0.01)
    bound, _ = fit_decision(decision_rows(3), [-1, 1, 0])
    assert bound[:2] == pytest.approx([0.0, 0.0])


def test_decision_leans_to_the_share_that_is_answerable() -> None:
    eager, shy = (fit_decision(decision_rows(5), [0, 0, 0], answerable)[1] for answerable in (0.9, 0.1))
    assert eager > shy


def test_the_weight_of_an_example_moves_the_decision() -> None:
    rows = [([1.0], 1.0, 1.0), ([1.0], 0.0, 1.0), ([-1.0], 0.0, 1.0)]
    heavy = [([1.0], 1.0, 1.0), ([1.0], 0.0, 50.0), ([-1.0], 0.0, 1.0)]
    chance = [float(weights[0]) + bias for weights, bias in (fit_decision(rows, [0]), fit_decision(heavy, [0]))]
    assert chance[0] > chance[1]


def case(number: int, **change: object) -> str:
    row = {
        "id": f"T{number}", "question": "Nghị quyết 52-NQ/TW do ai ký?", "answer_short": "Nguyễn Phú Trọng", "type": "factoid",
        "gold": [{"doc_number": "52-NQ/TW", "locator": "Thuộc tính", "fact_ids": []}],
    }  # fmt: skip
    return json.dumps(row | change, ensure_ascii=False)


def test_cases_are_read(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join([case(1), case(2, history=["Trước đó?"], type="list", gold=[])]), "utf-8")
    first, second = read_cases([file])
    assert (first.id, first.gold, first.every, first.history) == ("T1", frozenset({("52-NQ/TW", "thuộc tính")}), False, ())
    assert (second.gold, second.every, second.history[0].question) == (frozenset(), True, "Trước đó?")


def test_weights_fitted_on_a_file_can_be_used(
    tmp_path: Path, library_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from assistant.assistant import Tuning

    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ATTACHE_LIBRARY", str(library_folder))
    questions = [
        case(1),
        case(2, question="Kinh tế số năm 2030 chiếm bao nhiêu phần trăm GDP?", answer_short="Trên 30%",
             gold=[{"doc_number": "52-NQ/TW", "locator": "III (mục tiêu 2030)"}]),
        case(3, question="Giá vé tàu Hà Nội – Vinh là bao nhiêu?", answer_short="", gold=[]),
    ]  # fmt: skip
    (tmp_path / "cases.jsonl").write_text("\n".join(questions), "utf-8")
    with caplog.at_level("INFO", "evals.fit"):
        assert main([str(tmp_path / "cases.jsonl"), "--out", str(tmp_path / "weights.json")]) == 0
    assert "3 cases; 2 of 2 answerable questions cite a gold provision" in caplog.text
    fitted = Tuning.read(tmp_path / "weights.json")
    assert fitted != Tuning()
    assert sum(map(abs, fitted.weighing.weights)) == pytest.approx(3.0, abs=0.01)
    assert json.loads((tmp_path / "weights.json").read_text("utf-8"))["fitted_on"] == ["cases.jsonl"]
