"""The pictures of the pages and the times of the page: what the two commands leave and print."""

from __future__ import annotations

import re
from pathlib import Path

from evals.bench_page import BOUNDS, summed_up
from evals.screenshots import FORMS


def test_every_picture_is_linked_small_and_of_a_form_that_is_taken(root: Path) -> None:
    pictures = sorted((root / "docs" / "screenshots").glob("*.png"))
    linked = re.findall(r"\(screenshots/([\w.-]+\.png)\)", (root / "docs" / "README.md").read_text("utf-8"))
    assert pictures and sorted(linked) == [picture.name for picture in pictures]
    for picture in pictures:
        assert picture.stat().st_size < 150_000 and picture.read_bytes().startswith(b"\x89PNG"), picture.name
        assert any(picture.stem.endswith(form.name) for form in FORMS), picture.name


def test_times_are_summed_up_with_their_bound() -> None:
    told = summed_up([float(n) for n in range(100, 0, -1)], BOUNDS["first_words"])
    assert told == {"runs": 100, "p50": 51.0, "p95": 96.0, "longest": 100.0, "bound": 300.0}
    assert summed_up([5.0], 1.0)["p95"] == 5.0
