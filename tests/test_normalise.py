"""Text made regular."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.normalise import clean, fold, has_diacritics, nfc, tokens, tone_style
from tests.strategies import policy_texts, texts

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@given(texts | policy_texts)
@example("e\u200b\u0301")
@example("a\u2028b\u1680\u1680c\x85d")
def test_clean_leaves_nothing_unseen_and_only_plain_space(text: str) -> None:
    cleaned = clean(text)
    assert not [c for c in cleaned if unicodedata.category(c) in INVISIBLE and c != "\n"]
    assert not [c for c in cleaned if c.isspace() and c not in " \n"]
    assert "  " not in cleaned and "\n\n" not in cleaned and cleaned == cleaned.strip()
    assert cleaned == nfc(cleaned) == clean(cleaned)


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"])))
def test_clean_keeps_every_visible_character(text: str) -> None:
    assert clean(text) == nfc(text)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("  Nghị quyết\u00a052 \r\n\r\n là\tgì? ", "Nghị quyết 52\nlà gì?"),
        (unicodedata.normalize("NFD", "Nghị quyết"), "Nghị quyết"),
        ("kinh\u200b tế\u202e số\ufeff", "kinh tế số"),
        ("an toàn\U000e0049\U000e0067\U000e006e", "an toàn"),
        ("chuye\u200d\u0302\u0309n", "chuyển"),
        ("\ud800số\x00", "số"),
        ("một\u2028hai", "một\nhai"),
        (" \t\u200b ", ""),
    ],
)
def test_clean(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


@given(texts | policy_texts)
def test_fold_is_idempotent_and_blind_to_the_normal_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))
    assert has_diacritics(text) == (fold(text) != nfc(text).lower())


def test_fold_takes_every_vietnamese_letter_to_ascii() -> None:
    vowels = [nfc(v + t) for v in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for t in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")]
    assert set(fold("".join(vowels))) == set("aeiouy")
    assert fold("ĐIỀU LỆ đặc điểm") == "dieu le dac diem"


def test_has_diacritics() -> None:
    assert has_diacritics("Điều") and has_diacritics("đ") and has_diacritics(unicodedata.normalize("NFD", "số"))
    assert not has_diacritics("Nghi quyet 52-NQ/TW")


@given(texts | policy_texts | st.text(alphabet="qhlotuyaàáảãạeèéẻẽẹỳýỷỹỵHOUYÀÝ", max_size=8))
def test_tone_style_keeps_length_letters_and_itself(text: str) -> None:
    styled = tone_style(text)
    assert len(styled) == len(text)
    assert fold(styled) == fold(text)
    assert tone_style(styled) == styled


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà bình", "hòa bình"),
        ("thuý, khoẻ; loè", "thúy, khỏe; lòe"),
        ("huỷ bỏ", "hủy bỏ"),
        ("HOÀ BÌNH, Hoà", "HÒA BÌNH, Hòa"),
        ("quý, quỹ, QUỸ", "quý, quỹ, QUỸ"),
        ("toán, hoàn, thuở, khuỷu", "toán, hoàn, thuở, khuỷu"),
    ],
)
def test_tone_style(old: str, new: str) -> None:
    assert tone_style(old) == new


def test_tokens_keep_numbers_whole_and_part_document_numbers() -> None:
    assert tokens("Kinh tế số: 7,5% và 1.000.000 đồng") == ["kinh", "tế", "số", "7,5", "và", "1.000.000", "đồng"]
    assert tokens("52-NQ/TW, NQ52") == ["52", "nq", "tw", "nq", "52"]
    assert tokens(" …?! ") == []


@given(texts | policy_texts)
def test_tokens_do_not_depend_on_the_normal_form(text: str) -> None:
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(nfc(text))
