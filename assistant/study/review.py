"""Reviews: one answer to one item each, kept for ever in a log that is only added to.

A review has a uuid, so that logs of two devices are merged by union, in any order and as often as one likes. Its `stamp` orders
it: the time of the clock, but always after every review that the device knew when it was made (a hybrid logical clock, Kulkarni
et al. 2014), so that a clock set back changes no order. `at` is what the clock showed and `day` the day that it was for the
trainee.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from assistant.study.errors import BadLog

__all__ = ["Review", "in_order", "new_review", "read_log", "written"]


@dataclass(frozen=True, slots=True)
class Review:
    """An answer to an item: by whom, on which device, how well (1 again, 2 hard, 3 good, 4 easy), and when.

    `stamp` counts milliseconds, `took` milliseconds that the answer needed (nought: not measured), `at` is in UTC.
    """

    id: str
    user: str
    device: str
    item: str
    rating: int
    right: bool
    at: datetime
    day: str
    stamp: int
    took: int = 0


def new_review(user: str, device: str, item: str, rating: int, right: bool, now: datetime, latest: int, took: int = 0) -> Review:
    """Return a review made `now` (aware of its zone, whose day it is), after all that `latest` stamps."""
    moment = now.astimezone(UTC)
    stamp = max(int(moment.timestamp() * 1000), latest + 1)
    return Review(str(uuid.uuid4()), user, device, item, rating, right, moment, now.date().isoformat(), stamp, took)


def in_order(reviews: Iterable[Review]) -> list[Review]:
    """Return reviews in the order in which they were made, each once: the same on every device that knows the same ones."""
    return sorted({review.id: review for review in reviews}.values(), key=lambda r: (r.stamp, r.id))


def written(reviews: Sequence[Review]) -> str:
    """Return a log as text, one JSON object a line."""
    return "".join(json.dumps(asdict(review) | {"at": review.at.isoformat()}) + "\n" for review in reviews)


def read_log(text: str) -> list[Review]:
    """Read what `written` returned; raises BadLog with the line."""
    found = []
    for at, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            moment = datetime.fromisoformat(row["at"]).astimezone(UTC)
            review = Review(
                str(uuid.UUID(row["id"])), str(row["user"]), str(row["device"]), str(row["item"]), int(row["rating"]), bool(row["right"]), moment,
                date.fromisoformat(row["day"]).isoformat(), int(row["stamp"]), int(row["took"]),
            )  # fmt: skip
            if review.rating not in (1, 2, 3, 4):
                raise ValueError(review.rating)
        except (ValueError, KeyError, TypeError) as error:
            raise BadLog(f"Line {at} is no review.") from error
        found.append(review)
    return found
