"""Which texts are the same, and which nearly are."""

from __future__ import annotations

import random

import pytest

from corpus.document import RECORD, Bilingual, Document, Provision
from corpus.locator import Locator
from index.sketch import NEAR, NOTHING, sketch_of

WORDS = [f"từ{n}" for n in range(3000)]


def document(words: list[str], kind: str = "law") -> Document:
    text = Provision(Locator.parse("Điều 1"), Bilingual(), Bilingual(" ".join(words)))
    return Document("1", Bilingual(), Bilingual(), kind, None, "in_force", provisions=(text,))


@pytest.mark.parametrize(("changed", "near"), [(0, True), (8, True), (200, False), (2000, False)])
def test_likeness_follows_the_share_of_changed_words(changed: int, near: bool) -> None:
    drawn = random.Random(7)
    words = [drawn.choice(WORDS) for _ in range(2000)]
    other = list(words)
    for at in drawn.sample(range(2000), changed):
        other[at] = "khác"
    one, two = sketch_of(document(words)), sketch_of(document(other))
    assert (one.likeness(two) >= NEAR) is near and (one.said == two.said) is (changed == 0)
    assert set(one.bands()).isdisjoint(two.bands()) is (changed == 2000) or changed == 200


def test_short_texts_and_records_say_nothing() -> None:
    assert sketch_of(document(WORDS[:10])) == NOTHING == sketch_of(document(WORDS, RECORD)) and sketch_of(document([])) == NOTHING
    assert NOTHING.likeness(NOTHING) == 0.0 and [*NOTHING.bands()] == []
    assert sketch_of(document(WORDS[:40])).likeness(sketch_of(document(WORDS[:40]))) == 1.0


def test_layout_does_not_matter() -> None:
    text = " ".join(WORDS[:100])
    broken = Provision(Locator.parse("Điều 1"), Bilingual("Tên"), Bilingual(text.replace(" ", "\n", 30).upper()))
    assert sketch_of(Document("2", Bilingual(), Bilingual(), "law", None, "x", provisions=(broken,))).said == sketch_of(document(WORDS[:100])).said
