"""The chain of an act, both ways, over any number of acts, circles included."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Bilingual, Document, Relation
from index.chain import Step, chain_of

ONE = Document("1", Bilingual(), Bilingual(), "law", None, "in_force", relations=(Relation("replaced_by", "2", "2010-01-01"),))
TWO = replace(ONE, number="2", relations=(Relation("replaces", "1"), Relation("replaced_by", "3", "2020-01-01"), Relation("amended_by", "9")))
THREE = replace(ONE, number="3", relations=(Relation("replaces", "2", "2020-01-01"), Relation("repeals", "7"), Relation("based_on", "8")))
ALL = {d.number: d for d in (ONE, TWO, THREE)}
REPLACED = [Step("repeals", "3", "7", None), Step("replaces", "2", "1", "2010-01-01"), Step("replaces", "3", "2", "2020-01-01")]


def test_every_act_of_a_chain_tells_it_whole_and_what_changed_itself() -> None:
    assert chain_of(ONE, ALL) == chain_of(THREE, ALL) == tuple(REPLACED)
    assert chain_of(TWO, ALL) == (REPLACED[0], Step("amends", "9", "2", None), *REPLACED[1:])
    assert chain_of(replace(ONE, relations=()), ALL) == ()


def test_a_circle_ends() -> None:
    circle = {n: replace(ONE, number=n, relations=(Relation("replaces", m),)) for n, m in (("a", "b"), ("b", "c"), ("c", "a"))}
    assert len(chain_of(circle["a"], circle)) == 3
