"""The page for learning without a browser: an order goes in, what is to be shown comes out, together with what goes on from then.

Orders come from a browser and are read as such; whatever goes wrong is told in one sentence and leaves what is shown as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.errors import AttacheError
from assistant.language import detect
from ui import study_asking
from ui.study_checked import drill_form, drilled, mark_form, marked_answer
from ui.study_exams import exam_page
from ui.study_form import begin_form, problem, today
from ui.study_order import LONGEST_TEXT, Asking, Order, Reading, State
from ui.study_path import read_form
from ui.study_plots import progress
from ui.study_ports import StudyRoom
from ui.study_problems import Told, problem_of

if TYPE_CHECKING:
    from assistant.study.item import Item

__all__ = ["Desk", "Reply"]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What an order came to: the part of the page and its HTML (None: as it was), what is told above it, and what goes on."""

    room: str | None
    told: str
    state: State


@dataclass(frozen=True, slots=True)
class Desk:
    """One trainee at one study room; `clock` gives the time here with its zone. Who `teaches` fixes exams and sees their results."""

    room: StudyRoom
    user: str
    clock: Callable[[], datetime]
    teaches: bool = True

    def act(self, data: object, state: State) -> Reply:
        """Do one order."""
        order = Order.read(data)
        try:
            tab, (shown, after) = self._done(order, state)
        except (AttacheError, Told) as error:
            _LOG.info("an order of the study page was not done: %s", error)
            return Reply(None, _turned(order, problem(problem_of(error)), refused=True), state)
        except Exception:  # a fault of ours must not leave the page waiting
            _LOG.exception("an order of the study page failed")
            return Reply(None, _turned(order, problem("unknown"), refused=True), state)
        return Reply(_turned(order, shown, tab), "", after)

    def _done(self, order: Order, state: State) -> tuple[str, tuple[str, State]]:
        """Return the part of the page that an order belongs to, what it shows and what goes on."""
        if order.do in _SESSIONS:
            shown, after = _SESSIONS[order.do](self, order, state)
            return _tab(after or state), (shown, after)
        tab, part = _PARTS.get(order.do, _PARTS["home"])
        return tab, (part(self, order), None)

    # --- what sessions need of the desk ----------------------------------------------------------------------------------

    def made(self, count: int, languages: tuple[str, ...], about: str, document: str) -> Sequence[Item]:
        """Make items of a document or topic, by rule: a page does not wait until a chat model has reworded a hundred of them."""
        from assistant.study.making import Wishes

        return self.room.make(Wishes(count, languages=languages, about=about), [document] if document else [], reworded=False)

    # --- the parts of the page -------------------------------------------------------------------------------------------

    def home(self, order: Order | None = None) -> str:
        """Return where one stands and the form of a session."""
        standing = self.room.standing(self.user, self.clock())
        return today(standing) + begin_form(standing, self.room.progress.decks())

    def exams(self, order: Order) -> str:
        """Return the exams, one's consent, and the lecturer's view."""
        desk = self.room.exams
        known = [(desk.exam(name), desk.withheld(name)) for name in desk.exams()]
        groups = sorted({exam.group for exam, _ in known})
        consented = {group: self.user in desk.consenting(group) for group in groups}
        missed = {group: desk.missed(group) for group in groups} if self.teaches else {}
        return exam_page(known, missed, consented, self.room.progress.decks(), self.teaches)

    def fix(self, order: Order) -> str:
        """Fix an exam of a kept deck; raises Told when it is not named, or for who does not teach."""
        if not self.teaches:
            raise Told("no_lecturer")
        name, group, deck = order.text("name", 80), order.text("group", 80), order.text("deck")
        if not name or not group or not deck:
            raise Told("no_name")
        self.room.exams.fix(
            name, group, deck, order.number("seed", 0, 999_999, 0), order.number("minutes", 1, 600, 30), order.number("count", 1, 200, 20)
        )
        return self.exams(order)

    def consent(self, order: Order) -> str:
        """Give or take back one's consent for a class."""
        group = order.text("group", 80)
        if group in {self.room.exams.exam(name).group for name in self.room.exams.exams()}:
            self.room.exams.consent(self.user, group, order.text("given") == "yes")
        return self.exams(order)

    def progress(self, order: Order) -> str:
        """Return progress."""
        now = self.clock()
        return progress(self.room.standing(self.user, now), self.room.progress.decks(), now, order.text("document"), order.lang)

    def goal(self, order: Order) -> str:
        """Set the daily goal."""
        self.room.progress.set_goal(self.user, order.number("goal", 1, 500, 20))
        return self.progress(order)

    def mark_form(self, order: Order) -> str:
        """Return the form of a free answer, with the provisions of the document that is named."""
        document, text = order.text("document"), order.text("text", LONGEST_TEXT)
        sections = self.room.path(document, order.lang) if document else ()
        return mark_form(text, document, order.text("locator"), sections)

    def mark(self, order: Order) -> str:
        """Mark a free answer; raises Told when there is none."""
        text = order.text("text", LONGEST_TEXT)
        if not text:
            raise Told("no_text")
        language = "en" if detect(text) == "en" else "vi"
        return self.mark_form(order) + marked_answer(self.room.mark(text, language, order.text("document"), order.text("locator")))

    def drill(self, order: Order) -> str:
        """Check a draft; without one return its form."""
        text = order.text("text", LONGEST_TEXT)
        if not text and "text" in order.fields:
            raise Told("no_text")
        return drill_form(text) + (drilled(self.room.drill(text)) if text else "")


_PARTS: Mapping[str, tuple[str, Callable[[Desk, Order], str]]] = {
    "home": ("home", Desk.home), "progress": ("progress", Desk.progress), "goal": ("progress", Desk.goal), "mark_form": ("mark", Desk.mark_form),
    "mark": ("mark", Desk.mark), "drill": ("drill", Desk.drill), "exams": ("exams", Desk.exams), "fix": ("exams", Desk.fix),
    "consent": ("exams", Desk.consent), "read": ("read", lambda desk, order: read_form()),
}  # fmt: skip
_SESSIONS: Mapping[str, Callable[[Desk, Order, State], tuple[str, State]]] = {
    "begin": study_asking.begin, "answer": study_asking.answer, "turn": study_asking.turn, "grade": study_asking.grade, "next": study_asking.go_on,
    "stop": study_asking.stop, "read_begin": study_asking.read_begin, "simple": study_asking.simple, "sit": study_asking.sit,
}  # fmt: skip


def _tab(state: State) -> str:
    """Return the part of the page that a session belongs to."""
    if isinstance(state, Reading):
        return "read"
    return "exams" if isinstance(state, Asking) and state.kind == "exam" else "home"


def _turned(order: Order, shown: str, tab: str = "", *, refused: bool = False) -> str:
    """Return a reply with the number of its order, by which the script knows it."""
    marks = " data-refused" if refused else f' data-tab="{tab}"'
    return f'<div class="turned" data-turn="{order.turn}"{marks}>{shown}</div>'
