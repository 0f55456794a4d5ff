"""The extractive composer: it chooses and arranges, and every word that it shows stands in its provision."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant, Looked

QUESTIONS = [
    "Nghị quyết 52-NQ/TW do ai ký?",
    "Nghị quyết 52-NQ/TW đặt những mục tiêu gì đến năm 2025?",
    "So sánh mục tiêu 2025 và 2030 của Nghị quyết 52-NQ/TW.",
    "So sánh Nghị quyết 52-NQ/TW và Quyết định 749/QĐ-TTg.",
    "Có đúng là kinh tế số chiếm 20% GDP năm 2025 theo Nghị quyết 52-NQ/TW không?",
    "What are the targets of Resolution 52-NQ/TW for 2025?",
    "Luật Giao dịch điện tử thay luật nào?",
]


def look(assistant: Assistant, question: str) -> Looked:
    (only,) = assistant.look(question)
    return only


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_word_shown_stands_in_its_provision(tiny_assistant: Assistant, question: str) -> None:
    quotes = [quote for line in look(tiny_assistant, question).lines for quote in line.quotes]
    assert quotes
    for quote in quotes:
        words = quote.candidate.provision.text.only(quote.candidate.language)
        assert quote.shown in words[quote.span[0] : quote.span[1]]


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_said_twice(tiny_assistant: Assistant, question: str) -> None:
    shown = [(quote.candidate.key, quote.span, quote.shown) for line in look(tiny_assistant, question).lines for quote in line.quotes]
    assert len(shown) == len(set(shown)) or look(tiny_assistant, question).table


def test_a_fact_takes_a_few_sentences_that_fit(tiny_assistant: Assistant) -> None:
    lines = look(tiny_assistant, QUESTIONS[0]).lines
    assert 1 <= len(lines) <= 4
    assert "Tổng Bí thư Nguyễn Phú Trọng ký" in lines[0].quotes[0].shown
    assert sum(len(line.quotes[0].shown) for line in lines) <= 560 + 260


@pytest.mark.parametrize(
    ("question", "items"),
    [
        (
            QUESTIONS[1],
            ["kinh tế số chiếm khoảng 20% GDP", "năng suất lao động tăng bình quân trên 7% một năm",
             "Internet băng thông rộng phủ 100% các xã"],
        ),
        (
            QUESTIONS[5],
            ["the digital economy makes up about 20% of GDP", "labour productivity grows by more than 7% a year on average",
             "broadband Internet reaches 100% of communes"],
        ),
    ],
)  # fmt: skip
def test_a_list_has_every_item_of_the_enumeration_and_none_from_elsewhere(tiny_assistant: Assistant, question: str, items: list[str]) -> None:
    lines = look(tiny_assistant, question).lines
    assert [line.quotes[0].shown for line in lines if line.bullet] == items
    assert {line.quotes[0].candidate.key for line in lines} == {("52-NQ/TW", "III (mục tiêu 2025)")}
    assert lines[0].quotes[0].shown.endswith(":")


def test_a_comparison_of_years_has_a_row_for_each(tiny_assistant: Assistant) -> None:
    found = look(tiny_assistant, QUESTIONS[2])
    assert found.table
    rows = {line.label: {quote.candidate.key[1] for quote in line.quotes} for line in found.lines if line.label}
    assert rows == {"2025": {"III (mục tiêu 2025)"}, "2030": {"III (mục tiêu 2030)"}}


def test_a_comparison_of_documents_has_a_row_for_each(tiny_assistant: Assistant) -> None:
    found = look(tiny_assistant, QUESTIONS[3])
    assert found.table
    rows = {line.label: {quote.candidate.key[0] for quote in line.quotes} for line in found.lines if line.label}
    assert rows == {"52-NQ/TW": {"52-NQ/TW"}, "749/QĐ-TTg": {"749/QĐ-TTg"}}


def test_a_claim_is_set_against_the_sentence_with_its_figure(tiny_assistant: Assistant) -> None:
    shown = " ".join(quote.shown for line in look(tiny_assistant, QUESTIONS[4]).lines for quote in line.quotes)
    assert "20% GDP" in shown


def test_parts_share_the_room(tiny_assistant: Assistant) -> None:
    looks = tiny_assistant.look("Nghị quyết 52-NQ/TW do ai ký ban hành, và Luật Giao dịch điện tử 2023 có hiệu lực từ ngày nào?")
    assert len(looks) == 2
    assert [one.lines[0].quotes[0].candidate.key[0] for one in looks] == ["52-NQ/TW", "20/2023/QH15"]
    assert all(sum(len(line.quotes[0].shown) for line in one.lines) <= 448 + 260 for one in looks)
