"""How far a trainee has come: goal, streak, and mastery per document and provision. Pure functions of the log."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.study.item import Item
from assistant.study.review import Review
from assistant.study.schedule import Card, Schedule

__all__ = ["Mastery", "done_on", "mastery", "streak"]


@dataclass(frozen=True, slots=True)
class Mastery:
    """How well a document or a provision is known.

    `mastery` is the mean chance that its items are remembered now; those never asked, or answered wrongly the last time, count nought.
    """

    document: str
    locator: str
    items: int
    asked: int
    right: int
    mastery: float


def done_on(reviews: Iterable[Review], day: date) -> int:
    """Return how many answers were given on a day."""
    return sum(review.day == day.isoformat() for review in reviews)


def streak(reviews: Iterable[Review], today: date) -> int:
    """Return the number of days without a gap up to today, or up to yesterday where today has no answer yet."""
    days = {review.day for review in reviews}
    at = today if today.isoformat() in days else today - timedelta(1)
    count = 0
    while at.isoformat() in days:
        count, at = count + 1, at - timedelta(1)
    return count


def mastery(items: Sequence[Item], reviews: Sequence[Review], schedule: Schedule, now: datetime, *, provisions: bool = False) -> tuple[Mastery, ...]:
    """Return the mastery of every document of the items, or of every provision, in the order of the items."""
    cards = schedule.cards(reviews)
    answers: dict[str, Counter[bool]] = defaultdict(Counter)
    for review in reviews:
        answers[review.item][review.right] += 1
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        cited = item.citations[0]
        groups[cited.text_name, cited.locator if provisions else ""].append(item)
    return tuple(_of(key, group, answers, cards, schedule, now) for key, group in groups.items())


def _of(
    key: tuple[str, str], group: Sequence[Item], answers: Mapping[str, Counter[bool]], cards: Mapping[str, Card], schedule: Schedule, now: datetime
) -> Mastery:
    """Return the mastery of one group of items."""
    recalled = sum(schedule.recall(cards[item.id], now) for item in group if item.id in cards and cards[item.id].right_last)
    counts = [answers[item.id] for item in group if item.id in answers]
    asked = sum(c[True] + c[False] for c in counts)
    return Mastery(*key, len(group), asked, sum(c[True] for c in counts), round(recalled / len(group), 4))
