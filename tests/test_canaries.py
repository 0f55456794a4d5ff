"""How many passages must be found by their own words."""

from __future__ import annotations

from contextlib import closing

import pytest

from corpus.bundle import Library
from corpus.document import Bilingual, Document, Provision
from corpus.locator import Locator
from index.build import build
from index.caches import Caches
from index.canaries import Canaries, canaries_found
from index.catalogue import Catalogue
from index.embedding import HashingEncoder
from index.home import Home


@pytest.mark.parametrize(("found", "of", "enough"), [(20, 20, True), (18, 20, True), (17, 20, False), (11, 12, True), (2, 3, False), (0, 0, True)])
def test_one_in_ten_may_be_lost_among_others_nearly_the_same(found: int, of: int, enough: bool) -> None:
    assert Canaries(found, of).enough is enough


def test_acts_of_one_pattern_lose_no_canary(home: Home, catalogue: Catalogue, encoder: HashingEncoder, library: Library) -> None:
    acts = [_of_one_pattern(number) for number in range(1, 31)]
    build(home, catalogue, [*library.documents, *acts], encoder, "one")
    with closing(Caches(home.current())) as caches:
        looked = canaries_found(catalogue, caches, encoder, size=40)
    assert looked.enough and looked.of == 40


def test_the_passages_that_are_not_found_are_named() -> None:
    assert str(Canaries(20, 20)) == "20 of 20"
    assert str(Canaries(18, 20, ("1/2024/QH15, Điều 2", "2/2024/QH15, Điều 7"))) == "18 of 20 (not 1/2024/QH15, Điều 2; 2/2024/QH15, Điều 7)"


def _of_one_pattern(number: int) -> Document:
    clauses = tuple(
        Provision(Locator.parse(f"Điều {at}"), Bilingual(), Bilingual(f"Cơ quan thứ {at} nộp báo cáo số {number} trong {at} ngày làm việc."))
        for at in range(1, 21)
    )
    return Document(f"{number}/2024/QH15", Bilingual("Luật Báo cáo"), Bilingual(), "law", None, "in_force", provisions=clauses)
