"""What the page for learning needs from whoever holds the study room; `assistant.study.studio.Studio` satisfies it as it is.

The values are those of `assistant.study`. All errors are AttacheErrors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.study.classroom import Exam, Given, Missed
    from assistant.study.drill import Drilled
    from assistant.study.item import Item
    from assistant.study.making import Wishes
    from assistant.study.marking import Marked
    from assistant.study.reading import Section
    from assistant.study.review import Review
    from assistant.study.store import Deck
    from assistant.study.studio import Standing
    from ui.ports import DocumentView

__all__ = ["Documents", "ExamDesk", "Kept", "StudyRoom"]

Documents = Callable[[], "Sequence[DocumentView]"]
"""Gives the documents that may be studied."""


class Kept(Protocol):
    """What is kept of study, by user."""

    def decks(self) -> Mapping[str, int]:
        """Return the number of items of every deck by its name."""
        ...

    def deck(self, name: str) -> Deck:
        """Return a deck; raises an AttacheError when there is none."""
        ...

    def items(self, names: Sequence[str] | None = None) -> Mapping[str, Item]:
        """Return the items of these names, all for None."""
        ...

    def reviews(self, user: str) -> Sequence[Review]:
        """Return the log of one trainee."""
        ...

    def set_goal(self, user: str, per_day: int) -> None:
        """Set how many answers a trainee wants to give a day."""
        ...


class ExamDesk(Protocol):
    """Exams and classes."""

    def fix(self, name: str, group: str, deck: str, seed: int, minutes: int, count: int | None = None) -> Exam:
        """Fix an exam of so many items of a deck, or all of them."""
        ...

    def exam(self, name: str) -> Exam:
        """Return an exam."""
        ...

    def exams(self) -> Sequence[str]:
        """Return the names of all exams."""
        ...

    def begin(self, name: str, user: str, now: datetime) -> tuple[Sequence[Item], datetime]:
        """Begin or go on with a sitting; returns the items not answered yet and when the time is over."""
        ...

    def answer(self, name: str, user: str, item: Item, chosen: int, now: datetime) -> bool:
        """Take one answer, once and in time."""
        ...

    def given(self, name: str) -> Sequence[Given]:
        """Return all answers to an exam."""
        ...

    def consent(self, user: str, group: str, given: bool) -> None:
        """Keep whether a trainee lets a class's lecturer see the numbers."""
        ...

    def consenting(self, group: str) -> frozenset[str]:
        """Return the trainees of a class who consent."""
        ...

    def missed(self, group: str) -> Sequence[Missed]:
        """Return the provisions that a class missed, the most missed first."""
        ...

    def withheld(self, name: str) -> int:
        """Return how many sat an exam and do not consent."""
        ...

    def results(self, name: str) -> str:
        """Return the results of an exam as CSV."""
        ...


class StudyRoom(Protocol):
    """The study room."""

    @property
    def progress(self) -> Kept:
        """What is kept."""
        ...

    @property
    def exams(self) -> ExamDesk:
        """The exams."""
        ...

    @property
    def sends_to(self) -> str:
        """The host that a chat model sends items and sections to; empty where nothing leaves this machine."""
        ...

    @property
    def explains(self) -> bool:
        """Whether a chat model says sections in simple words."""
        ...

    def make(self, wishes: Wishes, documents: Sequence[str] = (), *, reworded: bool = True) -> Sequence[Item]:
        """Make items, of the named documents alone if any are named; `reworded` by a chat model where there is one."""
        ...

    def keep(self, name: str, items: Sequence[Item], about: str = "") -> Deck:
        """Keep items as a deck."""
        ...

    def next(self, user: str, deck: Sequence[Item], now: datetime, count: int, *, more: bool = False) -> Sequence[Item]:
        """Return what to ask now: what is due, then what is new, no more of it than a day takes unless `more` is wanted."""
        ...

    def answer(self, user: str, item: Item, chosen: int, now: datetime, took: int = 0) -> Review:
        """Take an answer, given in `took` milliseconds."""
        ...

    def grade(self, user: str, item: Item, rating: int, now: datetime, took: int = 0) -> Review:
        """Take the grade that a trainee gives to a card, from 1 (again) to 4 (easy)."""
        ...

    def ahead(self, user: str, item: Item, now: datetime) -> Sequence[datetime]:
        """Return when a card would come due after each of the four grades."""
        ...

    def due(self, user: str, item: Item) -> datetime | None:
        """Return when an item comes due, None for one that was never asked."""
        ...

    def standing(self, user: str, now: datetime, deck: Sequence[Item] | None = None) -> Standing:
        """Return where a trainee stands, in one deck or in all that was asked."""
        ...

    def mark(self, answer: str, language: str, document: str = "", locator: str = "") -> Marked:
        """Mark an answer in a trainee's own words."""
        ...

    def drill(self, draft: str) -> Drilled:
        """Check a talking point or press line."""
        ...

    def path(self, document: str, language: str) -> Sequence[Section]:
        """Return a document as a path of sections."""
        ...

    def explain(self, document: str, locator: str, language: str) -> str:
        """Return a section in simple words, empty where that cannot be done."""
        ...

    def question(self, document: str, locator: str, language: str, seed: int = 0) -> Item | None:
        """Return an item on one provision, None where none can be made."""
        ...
