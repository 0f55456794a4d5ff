"""Intervals and comparisons: laws of the bootstrap, and rankings against ir-measures."""

from __future__ import annotations

import ir_measures
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.bootstrap import difference, score
from evals.metrics import judge

VALUES = st.lists(st.sampled_from([0.0, 0.25, 1.0]), min_size=1, max_size=40)
IDS = st.sampled_from([f"d{n}" for n in range(25)])


@given(VALUES)
@settings(max_examples=40)
def test_an_interval_holds_the_mean_and_is_the_same_every_time(values: list[float]) -> None:
    found = score(values)
    assert found == score(values) and found.n == len(values)
    assert min(values) <= found.low <= found.mean + 1e-12 and found.mean - 1e-12 <= found.high <= max(values)


def test_more_cases_make_the_interval_narrow() -> None:
    few, many = score([0.0, 1.0] * 10), score([0.0, 1.0] * 1000)
    assert many.high - many.low < (few.high - few.low) / 5
    assert many.high - many.low == pytest.approx(2 * 1.96 * np.sqrt(0.25 / 2000), rel=0.1)  # as the normal law has it


def test_a_run_is_the_same_as_itself_and_better_than_a_worse_one() -> None:
    values = [0.0, 1.0, 1.0, 0.0] * 25
    assert difference(values, values).verdict == "same" and difference(values, values).mean == 0.0
    assert difference([1.0] * 100, values).verdict == "better" and difference(values, [1.0] * 100).verdict == "worse"


def test_one_question_of_many_is_no_difference() -> None:
    before = [1.0] * 99 + [0.0]
    assert difference([1.0] * 100, before).verdict == "same"


def test_pairing_finds_what_two_intervals_would_not() -> None:
    before = [0.0, 1.0] * 100
    after = [value if place % 20 else 1.0 for place, value in enumerate(before)]
    assert score(after).low < score(before).high and difference(after, before).verdict == "better"


@given(st.lists(IDS, unique=True, min_size=1, max_size=25), st.frozensets(IDS, min_size=1, max_size=15))
@settings(max_examples=60)
def test_rankings_are_judged_as_ir_measures_judges_them(ranked: list[str], relevant: frozenset[str]) -> None:
    names = {"ndcg@10": ir_measures.nDCG @ 10, "mrr@10": ir_measures.RR @ 10, **{f"recall@{k}": ir_measures.R @ k for k in (1, 5, 10)}}
    run = [ir_measures.ScoredDoc("q", name, float(len(ranked) - place)) for place, name in enumerate(ranked)]
    theirs = ir_measures.calc_aggregate(names.values(), [ir_measures.Qrel("q", name, 1) for name in relevant], run)
    ours = judge(ranked, relevant)
    assert {name: ours[name] for name in names} == pytest.approx({name: theirs[measure] for name, measure in names.items()}, abs=1e-4)
