"""What the teacher is asked, and in which order."""

from __future__ import annotations

from index.encoder_data import Article
from index.train_teacher import units

TEXT = "Hộ chiếu ngoại giao được cấp cho cán bộ. " * 40


def test_units_come_once_and_what_is_wanted_first_comes_first() -> None:
    found = units([Article(title="Hộ chiếu", text=TEXT)], ["embassy", "hộ"])
    assert found[:2] == ["embassy", "hộ"]
    assert len(found) == len(set(found))
    assert {"chiếu", "cán bộ", "the"} <= set(found)


def test_vietnamese_and_english_take_turns() -> None:
    found = units([Article(title="Hộ chiếu", text=TEXT)], [])
    assert any(not unit.isascii() for unit in found[:6]) and any(unit.isascii() for unit in found[:6])
