"""A class: a fixed deck asked as an exam, its results, and which provisions are missed. Values and pure functions.

A lecturer sees numbers only, and only of trainees who consent; a provision that fewer than three of them answered tells of no
one's class and is left out. The results of an exam are told by the name that a trainee took it under, to those who consent.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from assistant.study.item import Item

__all__ = ["Exam", "Given", "Missed", "missed", "paper", "results_csv"]

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam as it was fixed: its items in order, the seed by which they are shuffled for each trainee, and the time for it."""

    name: str
    group: str
    items: tuple[str, ...]
    seed: int
    minutes: int

    def closes(self, started: datetime) -> datetime:
        """Return when a sitting that began then ends."""
        return started + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in an exam: who gave it, to which item, which words were chosen, whether they are right, and when."""

    user: str
    item: str
    chosen: str
    right: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """How often the items of a provision were answered, and how often wrongly, by how many trainees."""

    document: str
    locator: str
    trainees: int
    answers: int
    wrong: int

    @property
    def share(self) -> float:
        """The share of wrong answers."""
        return self.wrong / self.answers if self.answers else 0.0


def paper(exam: Exam, items: Mapping[str, Item], user: str) -> tuple[Item, ...]:
    """Return the items of an exam as one trainee is asked them: order and options by the seed and the name, the same every time."""
    chance = Random(f"{exam.seed} {user}")
    chosen = [items[name] for name in exam.items]
    chance.shuffle(chosen)
    return tuple(_shuffled(item, chance) for item in chosen)


def _shuffled(item: Item, chance: Random) -> Item:
    """Return an item with its options in another order; its claims go with them."""
    places = list(range(len(item.options)))
    if len(item.claims) not in (0, len(places)):
        return item  # true or false: one statement, two answers
    chance.shuffle(places)
    claims = tuple(item.claims[i] for i in places) if item.claims else ()
    return replace(item, options=tuple(item.options[i] for i in places), answer=places.index(item.answer), claims=claims)


def missed(answers: Sequence[Given], items: Mapping[str, Item], consenting: Collection[str]) -> tuple[Missed, ...]:
    """Return the provisions that trainees who consent answered, the most missed first."""
    groups: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for given in answers:
        if given.user in consenting and given.item in items:
            cited = items[given.item].citations[0]
            groups[cited.text_name, cited.locator].append(given)
    rows = [Missed(*key, len({g.user for g in group}), len(group), sum(not g.right for g in group)) for key, group in groups.items()]
    return tuple(sorted((row for row in rows if row.trainees >= _FEWEST), key=lambda r: (-r.share, r.document, r.locator)))


def results_csv(exam: Exam, answers: Sequence[Given], sat: Mapping[str, datetime], consenting: Collection[str]) -> str:
    """Return one line a trainee who consents: points, items, share, when begun and ended; cells that a sheet would reckon are quoted."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["exam", "class", "trainee", "right", "items", "percent", "started", "ended"])
    for user in sorted(set(sat) & set(consenting)):
        mine = {given.item: given for given in answers if given.user == user and given.item in exam.items}
        right = sum(given.right for given in mine.values())
        ended = max((given.at for given in mine.values()), default=sat[user])
        share = f"{100 * right / len(exam.items):.1f}" if exam.items else "0.0"
        row = [
            exam.name,
            exam.group,
            user,
            right,
            len(exam.items),
            share,
            sat[user].isoformat(timespec="seconds"),
            ended.isoformat(timespec="seconds"),
        ]
        table.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell
