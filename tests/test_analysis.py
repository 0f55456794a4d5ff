"""Text to search terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.normalise import fold
from index.analysis import accented_terms, both_terms, plain_terms, stem, words
from tests.strategies import policy_texts, texts


@given(policy_texts | texts)
def test_plain_terms_are_the_accented_ones_without_diacritics(text: str) -> None:
    accented, plain = accented_terms(text), plain_terms(text)
    assert len(accented) == len(plain)
    assert [fold(term) for term in plain] == plain
    assert not [term for term in accented if not term or " " in term]  # Tantivy splits at spaces alone


@given(policy_texts | texts, st.booleans())
def test_both_at_once_are_each_alone(text: str, spaced: bool) -> None:
    assert both_terms(text, spaced_dates=spaced) == (accented_terms(text, spaced_dates=spaced), plain_terms(text, spaced_dates=spaced))


@given(policy_texts | texts)
def test_a_question_without_diacritics_has_the_plain_terms(text: str) -> None:
    assert [word for word in words(fold(text)) if not word[0].isdigit()] == [fold(w) for w in words(text) if not w[0].isdigit()]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("economies", "economy"), ("targets", "target"), ("implemented", "implement"), ("planning", "plan"), ("planned", "plan"),
        ("services", "servic"), ("service", "servic"), ("policies", "policy"), ("policy", "policy"), ("falling", "fall"),
        ("status", "status"), ("analysis", "analysis"), ("access", "access"), ("thing", "thing"), ("red", "red"),
        ("kinh", "kinh"), ("nghe", "nghe"), ("thuế", "thuế"), ("2019", "2019"), ("eu", "eu"),
    ],
)  # fmt: skip
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_no_vietnamese_syllable_is_stemmed() -> None:
    syllables = "anh ang anh inh ong ung uong nghieng chuyen quyet dinh nghi tien thue khoe nghe xoe ngoai giao tinh luong doanh nghiep".split()
    assert [stem(s) for s in syllables] == syllables


def test_numbers_of_both_languages_meet() -> None:
    assert words("7,5% và 1.000") == words("7.5% và 1,000") == ["7.5", "và", "1000"]


@pytest.mark.parametrize(("old", "new"), [("hoà bình", "hòa bình"), ("HOÀ BÌNH", "HÒA BÌNH"), ("Thuý Quý", "Thúy Quý")])
def test_both_tone_styles_meet_in_any_case(old: str, new: str) -> None:
    assert accented_terms(old) == accented_terms(new) == accented_terms(new.lower())


def test_terms_are_syllables_pairs_and_dates() -> None:
    assert accented_terms("Kinh tế số ngày 27/9/2019") == [
        "kinh", "tế", "số", "ngày", "27", "9", "2019", "kinh_tế", "tế_số", "số_ngày", "ngày_27", "27_9", "9_2019", "@2019-09-27",
    ]  # fmt: skip
    assert plain_terms("Điều lệ") == ["dieu", "le", "dieu_le"]
    assert accented_terms("…") == plain_terms("") == []


def test_a_date_is_one_term_in_every_spelling() -> None:
    for text in ("27 tháng 9 năm 2019", "27/9/2019", "September 27, 2019", "27 September 2019"):
        assert "@2019-09-27" in accented_terms(text) and "@2019-09-27" in plain_terms(text)
    assert "@2022-11-02" in plain_terms("2 11 2022", spaced_dates=True) and "@2022-11-02" not in plain_terms("2 11 2022")
