"""How many passages must be found by their own words."""

from __future__ import annotations

import pytest

from index.canaries import Canaries


@pytest.mark.parametrize(("found", "of", "enough"), [(20, 20, True), (18, 20, True), (17, 20, False), (11, 12, True), (2, 3, False), (0, 0, True)])
def test_one_in_ten_may_be_lost_among_others_nearly_the_same(found: int, of: int, enough: bool) -> None:
    assert Canaries(found, of).enough is enough
