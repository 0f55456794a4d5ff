"""The language of a question."""

from __future__ import annotations

import pytest
from hypothesis import given

from assistant.language import detect
from corpus.normalise import fold
from tests.strategies import policy_texts, texts

VIETNAMESE = [
    "Bộ Ngoại giao được giao nhiệm vụ gì?",
    "Xin chào",
    "Thỏa thuận Digital Economy Framework Agreement gồm những chương nào?",
    "Ai ký?",
]


@pytest.mark.parametrize("question", VIETNAMESE)
def test_vietnamese(question: str) -> None:
    assert detect(question) == "vi"


@pytest.mark.parametrize("question", [VIETNAMESE[0], "Chương trình này có hiệu lực khi nào?", "Nghị quyết nào nói về kinh tế số?"])
def test_vietnamese_without_diacritics(question: str) -> None:
    assert detect(fold(question)) == "vi"


@pytest.mark.parametrize(
    "question",
    ["Who signed the decision?", "What does Nghị quyết say about the digital economy?", "Is it true that the law was passed?", "Hello there"],
)
def test_english(question: str) -> None:
    assert detect(question) == "en"


@pytest.mark.parametrize(
    "question",
    ["Quand la loi entre-t-elle en vigueur ?", "Qui a signé la résolution sur le numérique ?", "Combien de chapitres compte le décret ?"],
)
def test_french(question: str) -> None:
    assert detect(question) == "fr"


@pytest.mark.parametrize("text", ["", "   ", "?!", "42"])
def test_vietnamese_when_nothing_decides(text: str) -> None:
    assert detect(text) == "vi"


@given(texts | policy_texts)
def test_any_text_has_a_language_of_the_three(text: str) -> None:
    assert detect(text) in ("vi", "en", "fr")


def test_composition_does_not_matter() -> None:
    import unicodedata

    for question in VIETNAMESE:
        assert detect(unicodedata.normalize("NFD", question)) == "vi"
