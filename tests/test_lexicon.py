"""Words that mean nearly the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import EncoderUnusable
from index.lexicon import Lexicon

TABLE = {
    "across": {
        "en": {"law": [["luật", 80], ["pháp luật", 40]], "sign": [["chữ ký", 60]]},
        "vi": {"chữ ký": [["signature", 80]], "ký": [["sign", 50]]},
    },
    "within": {"vi": {"gia hạn": [["kéo dài", 80]]}},
}


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    path = tmp_path / "lexicon.json"
    path.write_text(json.dumps(TABLE), "utf-8")
    return Lexicon.read(path)


def test_a_word_brings_its_translations_by_how_sure_they_are(lexicon: Lexicon) -> None:
    assert lexicon.near("Which LAWS apply?", "en") == {"luật": 0.5, "pháp luật": 0.25}
    assert lexicon.near("gia hạn thị thực", "vi") == {"kéo dài": 0.3}


def test_two_syllables_go_before_one(lexicon: Lexicon) -> None:
    assert lexicon.near("Chữ ký số", "vi") == {"signature": 0.5}
    assert lexicon.near("ký số", "vi") == {"sign": 0.312}


@pytest.mark.parametrize(("text", "language"), [("", "en"), ("luật", "fr"), ("law", "vi"), ("nothing known", "en")])
def test_nothing_is_near_to_what_is_not_known(lexicon: Lexicon, text: str, language: str) -> None:
    assert lexicon.near(text, language) == {} == Lexicon.empty().near(text, language)


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"across": {"en": {"a": 1}}, "within": {}}'])
def test_a_damaged_table_is_refused_with_advice(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "lexicon.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(EncoderUnusable) as refused:
        Lexicon.read(path)
    assert "lexicon.json" in str(refused.value) and refused.value.advice


def test_the_bundled_table_knows_plain_words() -> None:
    lexicon = Lexicon.read()
    assert "giáo dục" in lexicon.near("education", "en")
    assert {"kế hoạch", "quy hoạch"} & lexicon.near("the plans", "en").keys()
