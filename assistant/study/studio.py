"""The study room: everything that a page or a command needs, over one set of documents and one store of progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.generation import ChatModel
from assistant.study.checking import Checker
from assistant.study.drill import Drilled, drill
from assistant.study.errors import NothingToAsk
from assistant.study.exams import Exams
from assistant.study.ground import Ground
from assistant.study.item import Item
from assistant.study.making import Maker, Wishes
from assistant.study.marking import Marked, Marker, Place
from assistant.study.phrasing import explained, rephrased
from assistant.study.progress import Mastery, done_on, mastery, streak
from assistant.study.reading import Section, path
from assistant.study.review import Review, new_review
from assistant.study.schedule import Card, Schedule, rating_of
from assistant.study.store import Deck, Progress
from assistant.verification.judge import Verifier
from assistant.verification.values import Source
from corpus.document import Document
from corpus.errors import UnknownProvision
from corpus.glossary import Glossary

__all__ = ["Found", "Library", "Standing", "Studio"]

_NEW_A_DAY = 10
_PLACES = 6

Found = Callable[[str], Sequence[tuple[str, str]]]
"""Finds provisions for a sentence: the names of documents and their locators, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Library:
    """What is studied: the bundled documents, any other one by its name (with the name it is held under), search, glossary, judge."""

    bundled: Sequence[Document]
    named: Callable[[str], tuple[str, Document]]
    found: Found
    glossary: Glossary
    verifier: Verifier
    model: ChatModel | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a trainee stands: answers today of the goal, days in a row, cards due now, what comes, and what is known how well."""

    done: int
    goal: int
    streak: int
    due: int
    forecast: tuple[int, ...]
    documents: tuple[Mastery, ...]
    provisions: tuple[Mastery, ...]


class Studio:
    """Makes items, asks them, marks answers, and keeps progress. Safe to be used by several threads.

    The library is opened when it is first needed: progress, cards and exams need none.
    """

    def __init__(self, library: Callable[[], Library], progress: Progress) -> None:
        self._open = library
        self._opened: Library | None = None
        self.progress = progress
        self.exams = Exams(progress)
        self.schedule = Schedule()
        self._makers: dict[tuple[str, ...], Maker] = {}
        self._lock = threading.RLock()

    @property
    def _library(self) -> Library:
        """What is studied, opened once."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    @property
    def marker(self) -> Marker:
        """Marks answers by the judge of the library."""
        return Marker(self._library.verifier)

    # --- items and decks -------------------------------------------------------------------------------------------------

    def make(self, wishes: Wishes, documents: Sequence[str] = (), *, reworded: bool = True) -> tuple[Item, ...]:
        """Make items, of the named documents alone if any are named; a chat model rewords them, one by one, where there is one and it is wanted.

        Raises UnknownDocument, NothingToAsk, GenerationFailed.
        """
        chosen = [self._library.named(name) for name in documents]
        maker, model = self._maker(chosen), self._library.model if reworded else None
        items = maker.make(replace(wishes, only=wishes.only | {held_as for held_as, _ in chosen}))
        if not items:
            raise NothingToAsk("No item could be made of what was chosen.")
        return tuple(rephrased(item, model, maker.checker) for item in items) if model else items

    @property
    def sends_to(self) -> str:
        """The host that a chat model sends items and sections to; empty when there is none, or it is this machine."""
        model = self._library.model
        return model.sends_to if model else ""

    @property
    def explains(self) -> bool:
        """Whether there is a chat model that says sections in simple words."""
        return self._library.model is not None

    def keep(self, name: str, items: Sequence[Item], about: str = "") -> Deck:
        """Keep items as a deck."""
        deck = Deck(name, tuple(items), about)
        self.progress.keep(deck)
        return deck

    def _maker(self, chosen: Sequence[tuple[str, Document]]) -> Maker:
        """Return the maker over the bundled documents and those of the chosen ones that are none of them; the last one used is kept."""
        bundled = [(d.number, d) for d in self._library.bundled]
        others = [pair for pair in chosen if pair[0] not in dict(bundled)]
        key = tuple(held_as for held_as, _ in others)
        with self._lock:
            if key not in self._makers:
                documents = [*bundled, *others]
                checker = Checker(dict(documents), self._library.verifier, self._library.glossary)
                self._makers = {key: Maker(Ground(documents, self._library.glossary), checker)}
            return self._makers[key]

    # --- asking ----------------------------------------------------------------------------------------------------------

    def next(self, user: str, deck: Sequence[Item], now: datetime, count: int, *, more: bool = False) -> tuple[Item, ...]:
        """Return what to ask now: cards that are due, the longest overdue first, then items never asked, some new ones a day or `more`."""
        reviews = self.progress.reviews(user)
        cards = self.schedule.cards(reviews)
        due = sorted((i for i in deck if i.id in cards and cards[i.id].is_due(now)), key=lambda i: cards[i.id].due)
        begun = len({r.item for r in reviews if r.day == now.date().isoformat()} - {r.item for r in reviews if r.day < now.date().isoformat()})
        fresh = [i for i in deck if i.id not in cards]
        return tuple([*due, *(fresh if more else fresh[: max(0, max(_NEW_A_DAY, count) - begun)])][:count])

    def answer(self, user: str, item: Item, chosen: int, now: datetime, took: int = 0) -> Review:
        """Take an answer (the place of the option chosen, after `took` milliseconds) into the log."""
        right = chosen == item.answer
        self.progress.know([item])
        return self.progress.record(user, item.id, rating_of(right, took), right, now, took)

    def grade(self, user: str, item: Item, rating: int, now: datetime, took: int = 0) -> Review:
        """Take the grade that a trainee gives to a card (1 again, 2 hard, 3 good, 4 easy) into the log."""
        self.progress.know([item])
        return self.progress.record(user, item.id, rating, rating > 1, now, took)

    def due(self, user: str, item: Item) -> datetime | None:
        """Return when an item comes due, None for one that the trainee was never asked."""
        mine = [review for review in self.progress.reviews(user) if review.item == item.id]
        return self.schedule.cards(mine)[item.id].due if mine else None

    def ahead(self, user: str, item: Item, now: datetime) -> tuple[datetime, ...]:
        """Return when a card would come due after each of the four grades."""
        mine = [review for review in self.progress.reviews(user) if review.item == item.id]
        latest = max((review.stamp for review in mine), default=0)
        graded = (new_review(user, self.progress.device, item.id, rating, rating > 1, now, latest) for rating in (1, 2, 3, 4))
        return tuple(self.schedule.cards([*mine, review])[item.id].due for review in graded)

    def standing(self, user: str, now: datetime, deck: Sequence[Item] | None = None) -> Standing:
        """Return where a trainee stands, in one deck or in all that was asked."""
        reviews = self.progress.reviews(user)
        cards = self.schedule.cards(reviews)
        items = list(deck) if deck is not None else list(self.progress.items(sorted(cards)).values())
        mine: dict[str, Card] = {item.id: cards[item.id] for item in items if item.id in cards}
        due = sum(card.is_due(now) for card in mine.values())
        return Standing(
            done_on(reviews, now.date()), self.progress.goal(user), streak(reviews, now.date()), due, self.schedule.forecast(mine, now),
            mastery(items, reviews, self.schedule, now), mastery(items, reviews, self.schedule, now, provisions=True),
        )  # fmt: skip

    # --- marking, drill, reading -----------------------------------------------------------------------------------------

    def mark(self, answer: str, language: str, document: str = "", locator: str = "") -> Marked:
        """Mark an answer to what one provision or document says; without a document each claim is held against what is found for it.

        Raises UnknownDocument, UnknownProvision.
        """
        if not document:
            return self.marker.mark_each(answer, language, self.places)
        _, one = self._library.named(document)
        asked = one.find(locator) if locator else None
        if locator and asked is None:
            raise UnknownProvision(one.number, locator, tuple(str(p.locator) for p in one.provisions)[:5])
        places = [Place(one, asked)] if asked else [Place(one, provision) for provision in one.provisions]
        return self.marker.mark(answer, language, places, places[0] if asked else None)

    def drill(self, draft: str) -> Drilled:
        """Check a talking point or press line."""
        return drill(draft, self.marker, self.places, self._library.glossary)

    def places(self, sentence: str) -> tuple[Place, ...]:
        """Return the provisions that a sentence may stand on."""
        found = []
        for name, locator in self._library.found(sentence)[:_PLACES]:
            _, document = self._library.named(name)
            provision = document.find(locator)
            if provision is not None:
                found.append(Place(document, provision, name))
        return tuple(found)

    def path(self, document: str, language: str) -> tuple[Section, ...]:
        """Return a document as a guided path; raises UnknownDocument."""
        return path(self._library.named(document)[1], language, self._library.glossary)

    def explain(self, document: str, locator: str, language: str) -> str:
        """Return a section in simple words by the chat model, as far as they stand on it; empty without a model.

        Raises UnknownDocument, GenerationFailed.
        """
        _, one = self._library.named(document)
        if self._library.model is None:
            return ""
        return explained(Source.of(one, locator, language), self._library.model, self._library.verifier)

    def question(self, document: str, locator: str, language: str, seed: int = 0) -> Item | None:
        """Return an item on one provision, None where none can be made; raises UnknownDocument."""
        held_as, one = self._library.named(document)
        wishes = Wishes(1, languages=(language,), seed=seed, only=frozenset({f"{held_as}\t{locator}"}))
        return next(iter(self._maker([(held_as, one)]).make(wishes)), None)
