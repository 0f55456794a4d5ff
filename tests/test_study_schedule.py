"""The schedule is the package's own, and follows from the log alone: whatever the devices, the restarts and the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.study.errors import BadLog
from assistant.study.item import Cited, Item, Kind
from assistant.study.plot import mastery_svg
from assistant.study.progress import done_on, mastery, streak
from assistant.study.review import Review, in_order, new_review, read_log, written
from assistant.study.schedule import Schedule, rating_of

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))
_ANSWERS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 60 * 24 * 90)), min_size=1, max_size=12)


def log(answers: list[tuple[int, int]], item: str = "a", device: str = "d") -> list[Review]:
    """A log of ratings, each so many minutes after the one before."""
    now, found = START, list[Review]()
    for rating, minutes in answers:
        now += timedelta(minutes=minutes)
        latest = found[-1].stamp if found else 0
        found.append(new_review("u", device, item, rating, rating > 1, now, latest))
    return found


def item(name: str, document: str = "1/2026/NĐ-CP", locator: str = "Điều 1") -> Item:
    return Item(Kind.FIGURE, "vi", name, ("1", "2"), 0, (Cited(document, "t", locator, "q", (0, 1), "vi"),))


@given(_ANSWERS)
def test_the_cards_are_those_of_the_reference(answers: list[tuple[int, int]]) -> None:
    reviews = log(answers)
    scheduler, card = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1, due=START)
    for review in reviews:
        card, _ = scheduler.review_card(card, fsrs.Rating(review.rating), review.at)
    mine = Schedule().cards(reviews)["a"]
    assert (mine.due, mine.last, mine.stability, mine.difficulty) == (card.due, card.last_review, card.stability, card.difficulty)
    later = reviews[-1].at + timedelta(days=9)
    assert Schedule().recall(mine, later) == scheduler.get_card_retrievability(card, later)
    assert (mine.asked, mine.forgotten) == (len(answers), sum(rating == 1 for rating, _ in answers))


@given(_ANSWERS, _ANSWERS, st.randoms(use_true_random=False))
def test_two_devices_agree_whatever_the_order_they_merge_in(one: list[tuple[int, int]], two: list[tuple[int, int]], chance: object) -> None:
    both = [*log(one, device="here"), *log(two, device="there")]
    mixed = [*both, *both[:3]]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert in_order(mixed) == in_order(both) and Schedule().cards(mixed) == Schedule().cards(both)


def test_a_clock_set_back_changes_no_order_and_loses_nothing() -> None:
    first = new_review("u", "d", "a", 3, True, START, 0)
    second = new_review("u", "d", "a", 3, True, START - timedelta(days=400), first.stamp)
    third = new_review("u", "d", "a", 1, False, START + timedelta(days=1), second.stamp)
    assert [r.id for r in in_order([third, second, first])] == [first.id, second.id, third.id]
    card = Schedule().cards([third, first, second])["a"]
    assert card.asked == 3 and card.stability > 0 and not card.right_last and card.last == third.at


def test_a_card_answered_under_a_clock_set_far_ahead_is_due_when_the_clock_is_right_again() -> None:
    ahead = new_review("u", "d", "a", 4, True, START + timedelta(days=3000), 0)
    card = Schedule().cards([ahead])["a"]
    assert card.due > START + timedelta(days=3000) and card.is_due(START)
    again = new_review("u", "d", "a", 3, True, START, ahead.stamp)
    assert again.stamp > ahead.stamp and Schedule().cards([ahead, again])["a"].last == START


def test_what_comes_is_counted_by_day() -> None:
    reviews = [*log([(1, 0)], "a"), *log([(4, 0)], "b")]
    cards = Schedule().cards(reviews)
    days = (cards["b"].due.date() - START.date()).days
    forecast = Schedule().forecast(cards, START, 30)
    assert forecast[0] == 1 and forecast[days] == 1 and sum(forecast) == 2
    assert Schedule().forecast(cards, START + timedelta(days=100), 30)[0] == 2


def test_an_answer_is_rated_by_its_time() -> None:
    assert [rating_of(right, took) for right, took in ((False, 100), (True, 100), (True, 9000), (True, 90_000), (True, 0))] == [1, 4, 3, 2, 3]


def test_a_day_is_the_trainee_s_and_a_streak_has_no_gap() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=HANOI)
    reviews = [new_review("u", "d", "a", 3, True, late + timedelta(days=n), 0) for n in (-3, -1, 0)]
    assert [r.day for r in reviews] == ["2026-02-26", "2026-02-28", "2026-03-01"] and reviews[-1].at.tzinfo is UTC
    assert [streak(reviews, date(2026, 3, n)) for n in (1, 2, 3)] == [2, 2, 0]
    assert done_on(reviews, date(2026, 3, 1)) == 1


def test_mastery_counts_what_was_never_asked_and_what_was_answered_wrongly_as_nought() -> None:
    known, wrong, never = item("a"), item("b"), item("c", locator="Điều 2")
    reviews = [*log([(3, 0)], known.id), *log([(1, 0)], wrong.id)]
    (whole,) = mastery([known, wrong, never], reviews, Schedule(), START)
    assert (whole.items, whole.asked, whole.right, whole.mastery) == (3, 2, 1, round(1 / 3, 4))
    by = {m.locator: m for m in mastery([known, wrong, never], reviews, Schedule(), START, provisions=True)}
    assert by["Điều 1"].mastery == 0.5 and by["Điều 2"].asked == 0
    plot = mastery_svg(list(by.values()), "<Luật>")
    assert plot.count("<rect") == 4 and "&lt;Luật&gt;" in plot and "50 %" in plot and "<script" not in plot


@given(_ANSWERS)
def test_a_log_is_the_same_after_it_was_written(answers: list[tuple[int, int]]) -> None:
    made = log(answers)
    assert read_log(written(made)) == made


@pytest.mark.parametrize("line", ["nonsense", "{}", "[]", '{"id": "x"}'])
def test_a_line_that_is_no_review_is_named(line: str) -> None:
    good = written(log([(3, 0)]))
    with pytest.raises(BadLog, match="Line 2"):
        read_log(good + line)


def test_a_rating_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadLog):
        read_log(written(log([(3, 0)])).replace('"rating": 3', '"rating": 9'))
