"""Citation recall and precision by ALCE's definitions, over a judge whose mind is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.citing import Statement, judge_statements, recall_and_precision, statements

HOLDS = {1: "alpha beta", 2: "gamma", 3: "alpha"}


def supports(sentence: str, marks: frozenset[int]) -> tuple[bool, tuple[str, ...]]:
    """Every word of the sentence must stand in one of the sources."""
    have = {word for mark in marks for word in HOLDS.get(mark, "").split()}
    strange = [word for word in sentence.lower().strip(".").split() if word not in have]
    return not strange, tuple(strange)


def test_a_statement_stands_on_its_citations_together() -> None:
    (one,) = judge_statements("Alpha gamma [1][2].", supports)
    assert one.supported and one.irrelevant == () and one.marks == (1, 2)
    assert recall_and_precision([one]) == {"citation_recall": 1.0, "citation_precision": 1.0}


def test_a_citation_that_adds_nothing_is_irrelevant_and_one_that_suffices_alone_is_not() -> None:
    (idle,) = judge_statements("Alpha [1][2].", supports)
    assert idle.irrelevant == (2,)
    (both,) = judge_statements("Alpha [1][3].", supports)
    assert both.irrelevant == ()
    assert recall_and_precision([idle, both]) == {"citation_recall": 1.0, "citation_precision": 0.75}


def test_what_is_not_supported_or_not_cited_has_neither() -> None:
    found = judge_statements("Delta [1]. Alpha.", supports)
    assert [s.supported for s in found] == [False, False] and found[0].reasons == ("delta",) and found[1].reasons == ("no mark",)
    assert recall_and_precision(found) == {"citation_recall": 0.0, "citation_precision": 0.0}
    assert recall_and_precision(found[1:]) == {"citation_recall": 0.0} and recall_and_precision([]) == {}


def test_leads_heads_and_rules_of_tables_are_no_statements() -> None:
    text = "Đối chiếu với nguồn:\nMột [1].\n- Hai [2]\n| Văn bản | Nội dung |\n| --- | --- |\n| 52-NQ/TW | Ba [1]. Bốn [2]. |\nGồm [1]:"
    assert list(statements(text)) == ["Một [1].", "Hai [2]", "Ba [1].", "Bốn [2].", "Gồm [1]:"]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=1, max_size=8))
def test_both_lie_between_nought_and_one_and_precision_never_beats_a_run_without_idle_ones(rows: list[tuple[bool, int]]) -> None:
    judged = [Statement("x", tuple(range(n)), good and n > 0, tuple(range(n))[1:] if good else ()) for good, n in rows]
    found = recall_and_precision(judged)
    bare = recall_and_precision([Statement("x", s.marks, s.supported) for s in judged])
    assert all(0.0 <= value <= 1.0 for value in found.values()) and found.get("citation_precision", 0) <= bare.get("citation_precision", 0)


def test_a_statement_goes_to_json_and_back() -> None:
    one = Statement("x [1].", (1,), False, (), ("why",))
    assert Statement.from_json(one.to_json()) == one


@pytest.mark.parametrize("mark", [9, 10])
def test_a_mark_that_names_nothing_supports_nothing(mark: int) -> None:
    (one,) = judge_statements(f"Alpha [{mark}].", supports)
    assert not one.supported and one.marks == (mark,)
