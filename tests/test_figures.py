"""Numbers, percentages and dates of both languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures import canonical, dates, figures, number_set, percentages
from corpus.normalise import nfc
from tests.strategies import policy_texts, texts

printed = st.from_regex(r"[0-9]+([.,][0-9]+)*", fullmatch=True)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(printed)
def test_canonical_is_idempotent(number: str) -> None:
    assert canonical(canonical(number)) == canonical(number)


@given(st.integers(0, 10**12), st.sampled_from(["", "5", "25", "1234"]))
def test_both_languages_meet_in_one_number(whole: int, decimals: str) -> None:
    english = f"{whole:,}" + (f".{decimals}" if decimals else "")
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    expected = f"{whole}" + (f".{decimals}" if decimals else "")
    assert canonical(english) == canonical(vietnamese) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [("7,5", "7.5"), ("7.5", "7.5"), ("1.000", "1000"), ("1,000", "1000"), ("1.234.567,89", "1234567.89"), ("007", "7"), ("0", "0"), ("0,5", "0.5")],
)
def test_canonical(number: str, expected: str) -> None:
    assert canonical(number) == expected


@given(texts.map(nfc) | policy_texts.map(nfc))
def test_figures_stand_where_they_say_in_order(text: str) -> None:
    found = figures(text)
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert all(text[f.start].isdigit() and text[f.end - 1].isdigit() for f in found)
    assert number_set(text) >= {f.value for f in found}


def test_figures_know_the_percent_sign_of_both_languages() -> None:
    text = "Trên 30% GDP, 7,5 % một năm, 20 phần trăm; 5 percent, 8 per cent of 100 firms"
    assert [(f.value, f.percent) for f in figures(text)] == [
        ("30", True), ("7.5", True), ("20", True), ("5", True), ("8", True), ("100", False),
    ]  # fmt: skip
    assert percentages(text) == {"30", "7.5", "20", "5", "8"}


def test_chains_fall_into_their_parts() -> None:
    assert [f.value for f in figures("chỉ tiêu 11.2.06")] == ["11", "2", "6"]


def test_a_month_counts_as_its_number() -> None:
    assert number_set("ngày 27/9/2019") == number_set("27 September 2019") == number_set("27 Sept. 2019") == {"27", "9", "2019"}


@given(days)
def test_a_date_is_read_in_every_spelling(day: date) -> None:
    month = day.strftime("%B")
    for spelling in (
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02}-{day.month:02}-{day.year}.",
        f"{day.day}.{day.month}.{day.year}",
        day.isoformat(),
        f"{day.day} tháng {day.month} năm {day.year}",
        f"{day.day} thang {day.month} nam {day.year}",
        f"{day.day} {month} {day.year}",
        f"the {day.day}th of {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month[:3]}. {day.day} {day.year}",
    ):
        assert dates(spelling) == (day.isoformat(),), spelling


@given(days)
def test_a_month_of_a_year_is_read_in_every_spelling(day: date) -> None:
    expected = (f"{day.year:04}-{day.month:02}",)
    for spelling in (f"{day.month}/{day.year}", f"tháng {day.month}/{day.year}", f"thang {day.month} nam {day.year}", day.strftime("%B %Y")):
        assert dates(spelling) == expected, spelling


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9999))
def test_impossible_days_are_left_out(day: int, month: int, year: int) -> None:
    text = f"{day}/{month}/{year:04}"
    for found in dates(text):
        assert date.fromisoformat(found) == date(year, month, day)


def test_the_thirtieth_of_february_is_no_date() -> None:
    assert dates("30/02/2024 và 29/02/2024 và 29/2/2023") == ("2024-02-29",)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_spaced_dates_are_read_when_asked_for(day: date) -> None:
    text = f"{day.day} {day.month} {day.year}"
    assert dates(text) == ()
    assert dates(text, spaced=True) == (day.isoformat(),)


def test_numbers_that_are_no_dates() -> None:
    assert dates("52-NQ/TW, 20/2023/QH15, 50/NQ-CP (2020), 1/1/3000, giai đoạn 2021-2025") == ()


def test_one_place_of_the_text_gives_one_date() -> None:
    assert dates("27 tháng 9 năm 2019") == ("2019-09-27",)
    assert dates("27/9/2019, tháng 12/2021 và 27/9/2019") == ("2019-09-27", "2021-12")
