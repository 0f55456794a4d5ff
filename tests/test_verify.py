"""Verification: a sentence that says another thing than its source is caught, whoever wrote it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Citation
from assistant.verification.judge import Verifier
from assistant.verify import marks, quote_stands, verify_sentence
from corpus.document import Bilingual, Document, Provision
from corpus.locator import Locator

QUOTE = (
    "Theo Nghị định 224/2026/NĐ-CP ngày 24/6/2026, cơ quan không được thu phí quá 2,5% và phải trả lời trong ít nhất 10 ngày, "
    "hạn cuối là 01/7/2027."
)
ENGLISH = "Under Decree 224/2026/ND-CP of 24 June 2026, agencies do not collect data twice and must answer within 10 days, by 1 July 2027."
DOCUMENT = Document(
    "148/2025/QH15", Bilingual("Luật Chuyển đổi số", "Law on Digital Transformation"), Bilingual("Quốc hội", "National Assembly"), "law",
    "2025-12-11", "in_force",
    provisions=(Provision(Locator.parse("Điều 9, khoản 4"), Bilingual("Phí", "Fees"), Bilingual(f"Mở đầu. {QUOTE}", ENGLISH)),),
)  # fmt: skip
DOCUMENTS = {DOCUMENT.number: DOCUMENT}


def cite(mark: int, language: str) -> Citation:
    words = DOCUMENT.provisions[0].text.only(language)
    quote = QUOTE if language == "vi" else ENGLISH
    start = words.index(quote)
    return Citation(
        mark, DOCUMENT.number, DOCUMENT.title.get(language), "Điều 9, khoản 4", quote, "digest", DOCUMENT.status_on(date(2026, 9, 1)), "",
        "148#9.4/1", True, (start, start + len(quote)), language, "provision",
    )  # fmt: skip


JUDGE = Verifier()
CITATIONS = {1: cite(1, "vi"), 2: cite(2, "en")}

SUPPORTED = [
    f"{QUOTE[:-1]} [1].",
    f"{ENGLISH[:-1]} [2].",
    "Cơ quan không được thu phí quá 2,5% [1].",
    "Cơ quan phải trả lời trong ít nhất 10 ngày [1].",
    "Luật 148/2025/QH15, khoản 4 Điều 9, dẫn Nghị định 224/2026/NĐ-CP [1].",
    "Nghị định ra tháng 6/2026 [1].",
    "The decree of June 2026 is 224/2026/NĐ-CP [2].",
    "Hạn cuối là 1/7/2027 [1][2].",
]
FAULTS = [
    ("Cơ quan không được thu phí quá 2,5%.", "no mark"),
    ("Cơ quan không được thu phí quá 2,5% [3].", "[3] names no citation"),
    ("Cơ quan không được thu phí quá 2,5% [1][9].", "[9] names no citation"),
    ("Cơ quan không được thu phí quá 25% [1].", "figure 25"),
    ("Cơ quan không được thu phí quá 2,6% [1].", "figure 2,6"),
    ("Agencies must answer within 12 days [2].", "figure 12"),
    ("Hạn cuối là 02/7/2027 [1].", "02/7/2027"),
    ("Hạn cuối là 24/7/2027 [1].", "24/7/2027"),
    ("The decree is of 1 June 2026 [2].", "1 June 2026"),
    ("Hạn cuối là tháng 6/2027 [1].", "6/2027"),
    ("Việc này theo Nghị định 225/2026/NĐ-CP [1].", "225/2026/NĐ-CP"),
    ("Việc này theo Nghị quyết 224/2026/NQ-CP [1].", "number 224/2026/NQ-CP"),
    ("Việc này theo Nghị định 24/2026/NĐ-CP [1].", "number 24/2026/NĐ-CP"),
    ("Cơ quan được thu phí quá 2,5% [1].", "không được thu"),
    ("Agencies collect data twice [2].", "not collect data"),
    ("Cơ quan chưa phải trả lời [1].", "chưa"),
    ("Agencies must never answer [2].", "something else"),
    ("Cơ quan phải trả lời trong tối đa 10 ngày [1].", "tối đa"),
]


@pytest.mark.parametrize("sentence", SUPPORTED)
def test_what_the_source_says_is_supported(sentence: str) -> None:
    verdict = verify_sentence(sentence, CITATIONS, DOCUMENTS, JUDGE)
    assert (verdict.supported, verdict.reasons) == (True, ())


@pytest.mark.parametrize(("sentence", "reason"), FAULTS)
def test_what_the_source_does_not_say_is_caught(sentence: str, reason: str) -> None:
    verdict = verify_sentence(sentence, CITATIONS, DOCUMENTS, JUDGE)
    assert not verdict.supported
    assert any(reason in given for given in verdict.reasons), verdict.reasons


def test_the_figure_of_another_citation_does_not_count() -> None:
    other = replace(cite(1, "vi"), quote="Mở đầu.", span=(0, 7))
    assert not verify_sentence("Phí là 2,5% [1].", {1: other}, DOCUMENTS, JUDGE).supported


@pytest.mark.parametrize(
    "change",
    [
        {"quote": QUOTE.replace("2,5%", "3,5%")},
        {"span": (0, 10)},
        {"document": "999/QH99"},
        {"locator": "Điều 10"},
        {"language": "en"},
        {"quote": "", "span": (0, 0)},
    ],
)
def test_a_quote_that_does_not_stand_is_caught(change: dict[str, object]) -> None:
    citation = replace(cite(1, "vi"), **change)
    assert quote_stands(cite(1, "vi"), DOCUMENTS)
    assert not quote_stands(citation, DOCUMENTS)
    assert not verify_sentence("Cơ quan trả lời [1].", {1: citation}, DOCUMENTS, JUDGE).supported


def test_an_affirmation_elsewhere_in_the_source_allows_the_words() -> None:
    text = "Điều này không áp dụng cho hộ kinh doanh. Điều này áp dụng cho doanh nghiệp."
    document = replace(DOCUMENT, provisions=(Provision(Locator.parse("Điều 1"), Bilingual(), Bilingual(text)),))
    citation = replace(cite(1, "vi"), locator="Điều 1", quote=text, span=(0, len(text)))
    verdict = verify_sentence("Điều này áp dụng cho doanh nghiệp [1].", {1: citation}, {document.number: document}, JUDGE)
    assert verdict.supported, verdict.reasons


def test_marks() -> None:
    assert marks("Một [1], hai [12] và [1]; [x] [] không.") == (1, 12, 1)
    assert marks("Không có gì.") == ()
