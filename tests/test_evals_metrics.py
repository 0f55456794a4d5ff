"""Figures of merit: by hand, by law, and against the outside harness where it is beside the checkout."""

from __future__ import annotations

import importlib.util
import math
import os
import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics import MEASURES, Score, judge, summarise
from evals.transform import TRANSFORMS

IDS = st.sampled_from([f"d{n}" for n in range(25)])
RANKINGS = st.lists(IDS, max_size=25)
RELEVANT = st.frozensets(IDS, min_size=1, max_size=15)


@pytest.fixture(scope="module")
def harness(root: Path) -> ModuleType:
    path = root.parent / "shared" / "bench" / "ir_eval.py"
    if not path.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"the outside harness {path} is not there")
    spec = importlib.util.spec_from_file_location("ir_eval", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_figures_by_hand() -> None:
    found = judge(["x", "a", "y", "z", "b", "w", "c"], {"a", "b", "c", "never"})
    gained = 1 / math.log2(3) + 1 / math.log2(6) + 1 / math.log2(8)
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4) + 1 / math.log2(5)
    assert found == pytest.approx({
        "recall@1": 0.0, "hit@1": 0.0, "recall@5": 0.5, "hit@5": 1.0, "recall@10": 0.75, "hit@10": 1.0,
        "mrr@10": 0.5, "ndcg@10": gained / best, "f2@1": 0.0,
    })  # fmt: skip
    assert tuple(sorted(found)) == tuple(sorted(MEASURES))


def test_what_stands_twice_counts_once_and_at_its_first_place() -> None:
    assert judge(["x", "x", "x", "a"], {"a"})["mrr@10"] == 0.5
    assert judge(["a", "a"], {"a", "b"})["recall@5"] == 0.5


def test_beyond_the_tenth_place_nothing_counts() -> None:
    found = judge([f"x{n}" for n in range(10)] + ["a"], {"a"})
    assert set(found.values()) == {0.0}


def test_f2_is_that_of_answering_with_the_first_document() -> None:
    assert judge(["a", "b"], {"a"})["f2@1"] == 1.0
    assert judge(["a", "b"], {"a", "b"})["f2@1"] == pytest.approx(5 * 0.5 / (4 + 0.5))


@given(RANKINGS, RELEVANT)
def test_every_figure_lies_between_nought_and_one(ranked: list[str], relevant: frozenset[str]) -> None:
    assert all(0.0 <= value <= 1.0 + 1e-12 for value in judge(ranked, relevant).values())


@given(RELEVANT, RANKINGS)
def test_a_perfect_ranking_is_one(relevant: frozenset[str], others: list[str]) -> None:
    found = judge([*sorted(relevant), *others], relevant)
    assert found["ndcg@10"] == pytest.approx(1.0) and found["mrr@10"] == found["hit@1"] == 1.0


@given(RANKINGS, RELEVANT, st.integers(0, 24))
def test_a_relevant_document_that_moves_up_never_costs(ranked: list[str], relevant: frozenset[str], at: int) -> None:
    once = list(dict.fromkeys(ranked))
    if 0 < at < len(once) and once[at] in relevant:
        moved = [*once[: at - 1], once[at], once[at - 1], *once[at + 1 :]]
        before, after = judge(once, relevant), judge(moved, relevant)
        assert all(after[name] >= before[name] - 1e-12 for name in MEASURES)


def test_a_score_holds_its_mean_and_is_drawn_the_same_every_time() -> None:
    values = [0.0, 0.5, 1.0, 1.0]
    plain, drawn = Score.of(values), Score.of(values, random.Random(0))
    assert (plain.mean, plain.n, plain.low, plain.high) == (0.625, 4, 0.625, 0.625)
    assert drawn == Score.of(values, random.Random(0)) and drawn.low <= drawn.mean <= drawn.high
    assert Score.of([1.0, 1.0], random.Random(0)) == Score(1.0, 2, 1.0, 1.0)


def test_a_summary_has_every_measure() -> None:
    found = summarise([judge(["a"], {"a"}), judge(["b"], {"a"})])
    assert tuple(found) == MEASURES and all(score.mean == 0.5 and score.n == 2 for score in found.values())


@given(st.data())
def test_figures_and_intervals_are_those_of_the_harness(harness: ModuleType, data: st.DataObject) -> None:
    cases = data.draw(st.lists(st.tuples(RANKINGS, RELEVANT), min_size=1, max_size=4))
    gold = {str(n): dict.fromkeys(relevant, 1) for n, (_, relevant) in enumerate(cases)}
    theirs, each = harness.score({str(n): ranked for n, (ranked, _) in enumerate(cases)}, gold)
    ours = [judge(ranked, relevant) for ranked, relevant in cases]
    assert ours == [pytest.approx(each[str(n)]) for n in range(len(cases))]
    scores = summarise(ours)
    assert {name: scores[name].mean for name in MEASURES} == pytest.approx({name: theirs[name] for name in MEASURES})
    for name, ends in theirs["ci95"].items():
        assert (scores[name].low, scores[name].high) == pytest.approx(ends)


@given(st.text())
def test_transforms_are_those_of_the_harness(harness: ModuleType, text: str) -> None:
    assert set(TRANSFORMS) == set(harness.TRANSFORM)
    for name, change in TRANSFORMS.items():
        assert change(text) == harness.TRANSFORM[name](text)
