"""Lists of scored ids become one list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import Scored, Spread, by_meaning, by_words, fuse

shares = st.integers(0, 1000).map(lambda n: n / 1000)
scored_lists = st.dictionaries(st.sampled_from("abcdefgh"), shares, max_size=6).map(lambda d: sorted(d.items(), key=lambda p: -p[1]))
weights = st.sampled_from([0.25, 0.5, 1.0, 2.0])
many = st.dictionaries(st.sampled_from(["lexical", "dense", "address"]), st.tuples(scored_lists, weights), max_size=3)
spreads = st.builds(Spread, shares, st.sampled_from([0.0, 0.05, 0.5]))


@given(scored_lists, spreads)
def test_scores_on_their_scales_lie_between_nought_and_one_in_order(scored: Scored, spread: Spread) -> None:
    for scaled in (by_words(scored), by_meaning(scored, spread)):
        assert all(0 <= score <= 1 for _, score in scaled)
        assert [score for _, score in scaled] == sorted((score for _, score in scaled), reverse=True)
        assert [name for name, _ in scaled] == [name for name, _ in scored][: len(scaled)]


def test_words_that_cover_the_question_count_for_more() -> None:
    assert dict(by_words([("a", 0.81), ("b", 0.09)])) == pytest.approx({"a": 0.9, "b": 0.1})
    assert dict(by_words([("a", 0.04), ("b", 0.01)])) == pytest.approx({"a": 0.2, "b": 0.05})
    assert by_words([("a", 0.0)]) == [] == by_words([])


@given(scored_lists, st.sampled_from([0.125, 0.25]), st.sampled_from([0.5, 2.0]))
def test_an_encoder_whose_similarities_lie_higher_or_closer_counts_the_same(scored: Scored, shift: float, scale: float) -> None:
    moved = [(name, score * scale + shift) for name, score in scored]
    near = Spread(0.25, 0.125)
    assert dict(by_meaning(moved, Spread(near.mean * scale + shift, near.deviation * scale))) == pytest.approx(dict(by_meaning(scored, near)))


@given(many)
def test_the_result_holds_everything_once_in_order_between_nought_and_one(lists: dict[str, tuple[Scored, float]]) -> None:
    fused = fuse(lists)
    assert {name for name, _ in fused} == {name for scored, _ in lists.values() for name, _ in scored}
    assert len({name for name, _ in fused}) == len(fused)
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
    assert all(0 <= score <= 1 + 1e-9 for _, score in fused)


@given(scored_lists, weights)
def test_one_list_keeps_its_order(scored: Scored, weight: float) -> None:
    assert [name for name, _ in fuse({"only": (scored, weight)})] == [name for name, _ in scored]


@given(many, st.sampled_from([0.5, 8.0]))
def test_the_scale_of_all_weights_does_not_matter(lists: dict[str, tuple[Scored, float]], scale: float) -> None:
    assert dict(fuse({key: (scored, weight * scale) for key, (scored, weight) in lists.items()})) == pytest.approx(dict(fuse(lists)))


@given(many)
def test_an_empty_list_changes_nothing(lists: dict[str, tuple[Scored, float]]) -> None:
    assert fuse({**lists, "empty": ([], 5.0)}) == fuse(lists)


def test_by_how_much_the_first_one_wins_counts() -> None:
    lexical, dense = [("a", 0.9), ("b", 0.8)], [("b", 0.9), ("a", 0.2)]
    assert fuse({"lexical": (lexical, 0.5), "dense": (dense, 0.5)})[0][0] == "b"


def test_equal_scores_keep_the_order_of_first_appearance_and_values_are_weighted_means() -> None:
    assert [n for n, _ in fuse({"x": ([("b", 1.0), ("a", 1.0)], 1.0), "y": ([("c", 1.0)], 1.0)})] == ["b", "a", "c"]
    fused = fuse({"lexical": ([("a", 0.8), ("b", 0.2)], 0.6), "dense": ([("b", 0.9), ("c", 0.5)], 0.4)})
    assert dict(fused) == pytest.approx({"a": 0.48, "b": 0.48, "c": 0.2})
    assert fuse({}) == []
