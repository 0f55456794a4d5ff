"""Lists of scored ids become one list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import Scored, fuse, normalise

scores = st.integers(0, 1000).map(lambda n: n / 8)
scored_lists = st.dictionaries(st.sampled_from("abcdefgh"), scores, max_size=6).map(lambda d: sorted(d.items(), key=lambda p: -p[1]))
weights = st.sampled_from([0.25, 0.5, 1.0, 2.0])
floors = st.sampled_from([None, 0.0])
many = st.dictionaries(st.sampled_from(["lexical", "dense", "address"]), st.tuples(scored_lists, weights, floors), max_size=3)


@given(scored_lists, floors)
def test_normalised_scores_lie_between_nought_and_one(scored: Scored, floor: float | None) -> None:
    result = normalise(scored, floor=floor)
    assert list(result) == [name for name, _ in scored]
    assert all(0 <= score <= 1 for score in result.values())
    assert not scored or result[scored[0][0]] == 1.0


@given(many)
def test_the_result_holds_everything_once_in_order_between_nought_and_one(lists: dict[str, tuple[Scored, float, float | None]]) -> None:
    fused = fuse(lists)
    assert {name for name, _ in fused} == {name for scored, _, _ in lists.values() for name, _ in scored}
    assert len({name for name, _ in fused}) == len(fused)
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
    assert all(0 <= score <= 1 + 1e-9 for _, score in fused)


@given(scored_lists, weights, floors)
def test_one_list_keeps_its_order(scored: Scored, weight: float, floor: float | None) -> None:
    assert [name for name, _ in fuse({"only": (scored, weight, floor)})] == [name for name, _ in scored]


@given(many, st.sampled_from([0.5, 4.0]), st.sampled_from([0.5, 8.0]))
def test_the_scale_of_scores_and_of_all_weights_does_not_matter(
    lists: dict[str, tuple[Scored, float, float | None]], scale: float, share: float
) -> None:
    scaled = {key: ([(n, s * scale) for n, s in scored], weight * share, floor) for key, (scored, weight, floor) in lists.items()}
    assert dict(fuse(scaled)) == pytest.approx(dict(fuse(lists)))


@given(many, st.sampled_from([-64.0, 16.0]))
def test_without_a_floor_a_shift_does_not_matter(lists: dict[str, tuple[Scored, float, float | None]], shift: float) -> None:
    bare: dict[str, tuple[Scored, float, float | None]] = {key: (scored, weight, None) for key, (scored, weight, _) in lists.items()}
    moved: dict[str, tuple[Scored, float, float | None]] = {k: ([(n, s + shift) for n, s in scored], w, None) for k, (scored, w, _) in bare.items()}
    assert dict(fuse(moved)) == pytest.approx(dict(fuse(bare)))


@given(many)
def test_an_empty_list_changes_nothing(lists: dict[str, tuple[Scored, float, float | None]]) -> None:
    assert fuse({**lists, "empty": ([], 5.0, None)}) == fuse(lists)


def test_by_how_much_the_first_one_wins_counts() -> None:
    lexical = [("a", 10.0), ("b", 9.0), ("c", 1.0)]
    dense = [("c", 0.9), ("b", 0.8), ("a", 0.0)]
    assert fuse({"lexical": (lexical, 0.5, 0.0), "dense": (dense, 0.5, 0.0)})[0][0] == "b"


def test_equal_scores_keep_the_order_of_first_appearance() -> None:
    assert [n for n, _ in fuse({"x": ([("b", 1.0), ("a", 1.0)], 1.0, None), "y": ([("c", 1.0)], 1.0, None)})] == ["b", "a", "c"]


def test_weights_and_floors_by_hand() -> None:
    fused = fuse({"lexical": ([("a", 4.0), ("b", 1.0)], 0.6, 0.0), "dense": ([("b", 0.9), ("c", 0.5)], 0.4, None)})
    assert dict(fused) == pytest.approx({"a": 0.6, "b": 0.55, "c": 0.0})
    assert fuse({}) == [] and normalise([]) == {}
