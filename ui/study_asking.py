"""Sessions: what an order does to the items that are asked, the section that is read, the exam that is sat.

Every function takes the desk, the order and what goes on, and returns what is shown and what goes on from then. An order that
does not fit what is shown (a key pressed twice, a page left open) changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ui.study_exams import handed_in
from ui.study_items import asked, card, marked, summed
from ui.study_order import Asking, Order, Reading, State
from ui.study_path import read_form, read_through, section
from ui.study_plots import mastery_plots
from ui.study_problems import Told

if TYPE_CHECKING:
    from assistant.study.item import Item
    from ui.study_desk import Desk

__all__ = ["answer", "begin", "draw", "go_on", "grade", "read_begin", "simple", "sit", "stop", "turn"]

_DECK_SIZE = 120
_LONGEST_PAUSE = 3_600_000
Shown = tuple[str, State]


def begin(desk: Desk, order: Order, state: State) -> Shown:
    """Begin a session of the items that are chosen; raises Told when there is nothing to ask."""
    name, items = _chosen(desk, order)
    kinds = set(order.many("kinds"))
    wanted = [item for item in items if not kinds or item.kind in kinds]
    if not wanted:
        raise Told("NothingToAsk" if order.text("source") != "due" else "none_due")
    now = desk.room.next(desk.user, wanted, desk.clock(), order.number("count", 1, 50, 10), more=order.text("more") == "yes")
    if not now:
        raise Told("none_due")
    return draw(desk, order, Asking("cards" if order.text("mode") == "cards" else "quiz", name, tuple(now)))


def _chosen(desk: Desk, order: Order) -> tuple[str, tuple[Item, ...]]:
    """Return the items that the form names, and the deck they are kept in, empty for what is due of all."""
    kept, source = desk.room.progress, order.text("source")
    if source == "due":
        return "", tuple(kept.items(sorted({review.item for review in kept.reviews(desk.user)})).values())
    if source == "deck":
        name = order.text("deck")
        return name, kept.deck(name).items
    languages = _languages(order)
    document, about = (order.text("document"), order.text("about", 60)) if source == "new" else ("", "")
    if source == "new" and not document and not about:
        raise Told("no_choice")
    told = "+".join(languages)
    name = " · ".join(part for part in (document, about, told) if part) if source == "new" else f"attache-{told}"
    if name in kept.decks():
        return name, kept.deck(name).items
    return name, desk.room.keep(name, desk.made(_DECK_SIZE, languages, about, document), about).items


def _languages(order: Order) -> tuple[str, ...]:
    """Return the languages of the items that are wanted."""
    chosen = order.text("language")
    return ("vi", "en") if chosen == "both" else (chosen,) if chosen in ("vi", "en") else (order.lang,)


def draw(desk: Desk, order: Order, state: State) -> Shown:
    """Show what goes on as it stands; raises Told when nothing does."""
    if isinstance(state, Reading):
        return section(state, desk.room.explains, desk.room.sends_to), state
    if not isinstance(state, Asking):
        raise Told("over")
    if state.kind == "cards":
        now = desk.clock()
        return card(state, desk.room.ahead(desk.user, state.item, now) if state.chosen is not None else (), now), state
    return asked(state), state


def answer(desk: Desk, order: Order, state: State) -> Shown:
    """Take an answer and mark it at once; in an exam nothing is told and the next item is asked."""
    item = state.item if state is not None else None
    if state is None or item is None or order.text("item") != item.id or state.chosen is not None:
        return draw(desk, order, state)
    chosen, now = order.number("chosen", 0, len(item.options) - 1, 0), desk.clock()
    if isinstance(state, Asking) and state.kind == "exam":
        desk.room.exams.answer(state.name, desk.user, item, chosen, now)
        return _further(desk, order, state)
    desk.room.answer(desk.user, item, chosen, now, order.number("took", 0, _LONGEST_PAUSE, 0))
    if isinstance(state, Reading):
        return draw(desk, order, replace(state, chosen=chosen))
    right = chosen == item.answer
    after = replace(state, chosen=chosen, right=state.right + right, missed=state.missed if right else (*state.missed, item))
    return marked(after, desk.room.due(desk.user, item)), after


def turn(desk: Desk, order: Order, state: State) -> Shown:
    """Show the back of a card."""
    if isinstance(state, Asking) and state.kind == "cards" and order.text("item") == state.item.id:
        return draw(desk, order, replace(state, chosen=0))
    return draw(desk, order, state)


def grade(desk: Desk, order: Order, state: State) -> Shown:
    """Take the grade of a card and show the next one."""
    if not isinstance(state, Asking) or state.kind != "cards" or state.chosen is None or order.text("item") != state.item.id:
        return draw(desk, order, state)
    rating = order.number("rating", 1, 4, 1)
    desk.room.grade(desk.user, state.item, rating, desk.clock(), order.number("took", 0, _LONGEST_PAUSE, 0))
    missed = state.missed if rating > 1 else (*state.missed, state.item)
    return _further(desk, order, replace(state, right=state.right + (rating > 1), missed=missed))


def go_on(desk: Desk, order: Order, state: State) -> Shown:
    """Go on to the next item or section."""
    if isinstance(state, Reading):
        if state.at + 1 >= len(state.sections):
            return read_through(state), None
        return _at(desk, order, replace(state, at=state.at + 1, chosen=None, simple="", told=False))
    if isinstance(state, Asking) and state.chosen is not None:
        return _further(desk, order, state)
    return draw(desk, order, state)


def stop(desk: Desk, order: Order, state: State) -> Shown:
    """End what goes on; what was answered is kept."""
    if isinstance(state, Reading):
        return read_form(state.document), None
    if state is None:
        return desk.home(), None
    if state.kind == "exam":
        return desk.exams(order), None
    done = state.at + (state.kind == "quiz" and state.chosen is not None)
    return _end(desk, order, replace(state, at=done)) if done else (desk.home(), None)


def _further(desk: Desk, order: Order, state: Asking) -> Shown:
    """Show the next item, or the end after the last one."""
    if not state.last:
        return draw(desk, order, replace(state, at=state.at + 1, chosen=None))
    if state.kind != "exam":
        return _end(desk, order, replace(state, at=state.at + 1))
    mine = [given for given in desk.room.exams.given(state.name) if given.user == desk.user]
    return handed_in(sum(given.right for given in mine), len(desk.room.exams.exam(state.name).items)), None


def _end(desk: Desk, order: Order, state: Asking) -> Shown:
    """Show what a session came to."""
    items = desk.room.progress.deck(state.name).items if state.name else None
    standing = desk.room.standing(desk.user, desk.clock(), items)
    return summed(state, mastery_plots(standing, "", order.lang)), None


# --- reading and exams -------------------------------------------------------------------------------------------------------


def read_begin(desk: Desk, order: Order, state: State) -> Shown:
    """Begin to read a document; raises Told when none is named."""
    document, chosen = order.text("document"), order.text("language")
    if not document:
        raise Told("no_document")
    language = chosen if chosen in ("vi", "en") else order.lang
    sections = tuple(desk.room.path(document, language))
    if not sections:
        raise Told("UnknownDocument")
    return _at(desk, order, Reading(document, language, sections))


def _at(desk: Desk, order: Order, reading: Reading) -> Shown:
    """Show a section with its question."""
    item = desk.room.question(reading.document, reading.section.locator, reading.language)
    return draw(desk, order, replace(reading, item=item))


def simple(desk: Desk, order: Order, state: State) -> Shown:
    """Say the section in simple words."""
    if not isinstance(state, Reading):
        raise Told("over")
    words = desk.room.explain(state.document, state.section.locator, state.language)
    return draw(desk, order, replace(state, simple=words, told=True))


def sit(desk: Desk, order: Order, state: State) -> Shown:
    """Begin an exam, or go on with it."""
    name = order.text("exam")
    items, closes = desk.room.exams.begin(name, desk.user, desk.clock())
    return draw(desk, order, Asking("exam", name, tuple(items), closes=closes))
