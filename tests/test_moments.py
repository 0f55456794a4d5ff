"""Years that count from the day of a question."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.moments import with_years


@pytest.mark.parametrize(
    ("text", "year", "said"),
    [
        ("Tới cuối thập niên này, mấy người có chữ ký số?", 2026, "năm 2030, mấy người có chữ ký số?"),
        ("toi cuoi thap ky nay dat bao nhieu", 2030, "năm 2030 dat bao nhieu"),
        ("What is the target by the end of the decade?", 2031, "What is the target by 2040?"),
        ("Năm nay có gì mới?", 2026, "năm 2026 có gì mới?"),
        ("Hội nghị năm ngoái bàn gì?", 2026, "Hội nghị năm 2025 bàn gì?"),
        ("What changes next year?", 2026, "What changes in 2027?"),
    ],
)
def test_the_year_is_said_in_figures(text: str, year: int, said: str) -> None:
    assert with_years(text, date(year, 11, 26)) == said


@pytest.mark.parametrize("text", ["Việt Nam nay đã có luật nào?", "Viet Nam nay da co luat nao", "trong 5 năm tới", "5 năm trước", ""])
def test_other_words_stay(text: str) -> None:
    assert with_years(text, date(2026, 1, 1)) == text
