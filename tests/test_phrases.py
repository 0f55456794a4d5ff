"""The assistant's own sentences: both languages, the same gaps, no fact of a document."""

from __future__ import annotations

import re
import string

import pytest

from assistant.phrases import PHRASES, phrase


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_exists_in_both_languages_with_the_same_gaps_and_no_figure(name: str) -> None:
    vi, en = PHRASES[name]
    gaps = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in (vi, en)]
    assert vi.strip() and en.strip() and vi != en
    assert gaps[0] == gaps[1]
    assert not re.search(r"\d", vi + en)


def test_gaps_are_filled_as_they_are() -> None:
    assert phrase("missing", "en", words="{0} “x”") == "Nothing is said of: {0} “x”."
    assert phrase("missing", "vi", words="gạo") == "Không thấy nói đến: gạo."
