"""Torn syllables are whole again where that is sure, and nothing else is touched."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.regular.marks import mend_marks
from corpus.regular.syllables import is_syllable, share, syllables, words

SHARED = Path(__file__).parents[2] / "shared"


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("Đi ều 5. Ph ạm vi đi ều chỉnh", "Điều 5. Phạm vi điều chỉnh"),
        ("Chuy ển đ ổi số và ngh ị quy ết", "Chuyển đổi số và nghị quyết"),
        ("công ngh ệ th ông tin", "công nghệ thông tin"),
        ("khoa h ọc, k ỹ thu ật", "khoa học, kỹ thuật"),
        ("CHUY ỂN Đ ỔI S Ố", "CHUYỂN ĐỔI SỐ"),
        ("tr ườ ng h ợ p", "trường hợp"),
        ("Vi ê\u0323t Nam", "Việt Nam"),
        ("đie \u0302\u0300u", "điều"),
        ("tô´ng số´ ca´c", "tống số´ các"),
        ("hành vi c ố ý", "hành vi cố ý"),
    ],
)
def test_mended(torn: str, whole: str) -> None:
    assert mend_marks(torn) == whole


@pytest.mark.parametrize(
    "text", ["điểm c ông bố", "Ông B ấy", "a ấy", "A ở Hà Nội", "năm N, CÓ", "5 ´ 6", "l'´eté", "x ^ y ~ z", "Section c ng", "d) ở"]
)
def test_what_may_be_two_words_stays_two(text: str) -> None:
    assert mend_marks(text) == text


@given(st.lists(st.sampled_from(sorted(w for w in syllables() if len(w) > 1)), max_size=20))
def test_whole_syllables_stay_as_they_are(chosen: list[str]) -> None:
    text = " ".join(chosen)
    assert mend_marks(unicodedata.normalize("NFD", text)) == text


@given(st.text())
def test_the_result_of_anything_is_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", mend_marks(text))


def test_the_library_is_written_in_known_syllables_and_left_alone() -> None:
    marked: list[str] = []
    for path in (Path(__file__).parents[1] / "corpus" / "library").glob("*.md"):
        text = path.read_text("utf-8")
        assert mend_marks(text) == text, path.name
        marked += [word for word in words(text) if not word.isascii()]
    assert share(marked) > 0.985, {word for word in marked if not is_syllable(word)}


def test_official_texts_are_changed_only_where_they_are_torn() -> None:
    folder = SHARED / "official"
    if not folder.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{folder} is not there")
    changed = []
    for path in [*folder.glob("*.txt"), *folder.glob("*.md"), *folder.glob("laws/*")]:
        for line in unicodedata.normalize("NFC", path.read_text("utf-8")).split("\n"):
            if (mended := mend_marks(line)) != line:
                assert share(words(mended)) > share(words(line))
                changed.append(line)
    assert len(changed) <= 6
