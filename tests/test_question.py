"""The form of a question: its shape, what it wants, and its content words."""

from __future__ import annotations

import pytest
from hypothesis import given

from assistant.question import Shape, Want, asks, content_words, focus_words, read_form
from corpus.normalise import fold, tokens
from tests.strategies import policy_texts, texts

SHAPES = [
    ("So sánh Quyết định này với Nghị quyết kia về hạ tầng.", Shape.COMPARISON),
    ("How do the two laws differ?", Shape.COMPARISON),
    ("Hai chiến lược khác nhau ở điểm nào?", Shape.COMPARISON),
    ("Liệt kê các nền tảng số của Bộ Ngoại giao.", Shape.LIST),
    ("What are the pillars of the strategy?", Shape.LIST),
    ("Chương trình gồm những trụ cột nào?", Shape.LIST),
    ("Có phải Quốc hội ban hành nghị quyết này?", Shape.CLAIM),
    ("Is it true that the convention has been signed?", Shape.CLAIM),
    ("Luật này đã thay thế luật cũ chưa?", Shape.CLAIM),
    ("Chiến lược do cơ quan nào chủ trì?", Shape.FACT),
    ("When was the seminar held?", Shape.FACT),
    ("", Shape.FACT),
]
WANTS = [
    ("Hội thảo tổ chức khi nào?", Want.WHEN),
    ("In which year was the convention opened for signature?", Want.WHEN),
    ("Ai là người ký?", Want.WHO),
    ("By whom was it issued?", Want.WHO),
    ("Lễ ký diễn ra ở đâu?", Want.WHERE),
    ("Where did the ceremony take place?", Want.WHERE),
    ("Có bao nhiêu đại sứ quán?", Want.COUNT),
    ("How many countries took part?", Want.COUNT),
    ("Kinh tế số chiếm bao nhiêu phần trăm GDP?", Want.PERCENT),
    ("What percentage of services is online?", Want.PERCENT),
    ("Vé vào cửa bao nhiêu tiền?", Want.MONEY),
    ("How much does the visa cost?", Want.MONEY),
    ("Kinh phí cho nghiên cứu là bao nhiêu?", Want.FUNDS),
    ("What is the annual budget of the fund?", Want.FUNDS),
    ("Văn bản nào quy định việc này?", Want.DOCUMENT),
    ("Which decree governs this?", Want.DOCUMENT),
    ("Việc này nằm ở điều nào?", Want.ARTICLE),
    ("Nghị định ấy còn hiệu lực không?", Want.VALIDITY),
    ("Is the decree still in force?", Want.VALIDITY),
]


@pytest.mark.parametrize(("question", "shape"), SHAPES)
def test_shape(question: str, shape: Shape) -> None:
    assert read_form(question).shape is shape


@pytest.mark.parametrize(("question", "want"), WANTS)
def test_what_is_wanted(question: str, want: Want) -> None:
    assert want in read_form(question).wants


@pytest.mark.parametrize(("question", "want"), [pair for pair in WANTS if not pair[0].isascii()])
def test_what_is_wanted_without_diacritics(question: str, want: Want) -> None:
    assert want in read_form(fold(question)).wants


def test_artificial_intelligence_is_nobody() -> None:
    assert Want.WHO not in read_form("Văn bản quy định gì về AI?").wants
    assert Want.WHO in read_form("Văn bản do ai soạn về AI?").wants


def test_words_that_only_look_like_question_words_ask_nothing() -> None:
    assert Want.COUNT not in read_form("Nêu vai trò của máy chủ trong đầu tư.").wants
    assert Want.WHERE not in read_form("Nêu vai trò của máy chủ trong đầu tư.").wants


def test_a_share_is_no_count_and_no_sum() -> None:
    assert read_form("Chi bao nhiêu phần trăm ngân sách?").wants == {Want.PERCENT}


def test_what_is_counted() -> None:
    assert read_form("Có bao nhiêu cơ quan đại diện?").units == ("quan", "dai")
    assert read_form("How many embassies are there?").units == ("embassies",)
    assert read_form("Thời hạn là bao nhiêu ngày?").units == ()
    assert read_form("Ai ký?").units == ()


def test_about_an_act_itself() -> None:
    assert read_form("Quyết định này ban hành về việc gì?").about
    assert not read_form("Kinh tế số chiếm bao nhiêu phần trăm?").about


def test_content_words_leave_out_words_of_form() -> None:
    assert content_words("Mục tiêu của chiến lược là gì?") == ["muc", "tieu", "chien", "luoc"]
    assert content_words("What is the goal of the strategy?") == ["goal", "strategy"]
    assert content_words("là gì và của nào") == []


def test_marks_tell_a_subject_from_a_word_of_form() -> None:
    assert "so" in content_words("kinh tế số")
    assert "so" not in content_words("kinh te so")


def test_content_words_come_once_and_in_order() -> None:
    assert content_words("biển đảo, đảo biển 2030 2030") == ["bien", "dao", "2030"]


def test_focus_words_stand_next_to_the_question_word() -> None:
    words = focus_words("Trong chiến lược dài hạn ấy, tỷ lệ phủ sóng băng rộng là bao nhiêu hộ gia đình?")
    assert "gia" in words
    assert "chien" not in words


def test_asks() -> None:
    assert asks("ai ký")
    assert asks("how many")
    assert not asks("Nghị quyết về kinh tế số")


@given(texts | policy_texts)
def test_any_text_can_be_read(text: str) -> None:
    form = read_form(text)
    assert form.shape in Shape
    assert not (Want.PERCENT in form.wants and Want.COUNT in form.wants)
    assert set(content_words(text)) <= {fold(token) for token in tokens(text)}
