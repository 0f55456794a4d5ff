"""When to ask again: FSRS by the `fsrs` package, replayed over the log of reviews. The only module that knows the package.

The state of every card follows from the log alone, so that two devices that know the same reviews agree. Intervals are not made
fuzzy for the same reason. A card whose last review lies in the future was answered under a wrong clock: it is due at once, for it
is better asked again than never.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.study.review import Review, in_order

if TYPE_CHECKING:
    import fsrs

__all__ = ["Card", "Schedule", "rating_of"]

_SKEW = timedelta(days=1)
_QUICK, _SLOW = 6_000, 30_000


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one item's learning: when it is due, how stable and difficult it is, how often it was asked and forgotten."""

    item: str
    due: datetime
    last: datetime
    stability: float
    difficulty: float
    asked: int
    forgotten: int
    right_last: bool

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is to be asked now."""
        return self.due <= now or self.last > now + _SKEW


def rating_of(right: bool, took: int) -> int:
    """Return the rating of an answer chosen among options: again when wrong, else by the milliseconds it took (0: not measured)."""
    if not right:
        return 1
    return 3 if not took else 4 if took < _QUICK else 2 if took > _SLOW else 3


class Schedule:
    """FSRS with its published parameters, for a share of `retention` to be remembered when a card comes due."""

    def __init__(self, retention: float = 0.9) -> None:
        import fsrs

        self._fsrs = fsrs
        self._scheduler = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)

    def cards(self, reviews: Iterable[Review]) -> dict[str, Card]:
        """Return the cards of the items reviewed, by item."""
        states: dict[str, fsrs.Card] = {}
        found: dict[str, Card] = {}
        for review in in_order(reviews):
            state = states.get(review.item) or self._fsrs.Card(card_id=len(states) + 1, due=review.at)
            state, _ = self._scheduler.review_card(state, self._fsrs.Rating(review.rating), review.at)
            states[review.item] = state
            old = found.get(review.item)
            found[review.item] = Card(
                review.item, state.due, review.at, state.stability or 0.0, state.difficulty or 0.0, (old.asked if old else 0) + 1,
                (old.forgotten if old else 0) + (not review.right), review.right,
            )  # fmt: skip
        return found

    def recall(self, card: Card, now: datetime) -> float:
        """Return the chance that a card is remembered now, between nought and one."""
        state = self._fsrs.Card(card_id=1, stability=card.stability, difficulty=card.difficulty, due=card.due, last_review=card.last)
        return float(self._scheduler.get_card_retrievability(state, now.astimezone(UTC)))

    def forecast(self, cards: Mapping[str, Card], now: datetime, days: int = 14) -> tuple[int, ...]:
        """Return how many cards come due today (with all that are due already) and on each of the following days."""
        counts = [0] * days
        for card in cards.values():
            ahead = 0 if card.is_due(now) else (card.due.astimezone(now.tzinfo).date() - now.date()).days
            if ahead < days:
                counts[max(0, ahead)] += 1
        return tuple(counts)
