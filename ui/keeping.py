"""Answers of the page kept as they are given: what came before a question, and the answer at the end of its conversation."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from assistant.answer import Answer, Turn
from assistant.briefing.making import Briefer
from assistant.errors import AttacheError
from assistant.history.errors import UnknownConversation
from assistant.history.store import History
from assistant.history.values import Kept, turns_of
from assistant.suggesting import Suggester
from ui.library_ports import KeeperService

__all__ = ["Desk", "Notebook"]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page keeps conversations in, and what it makes of them where there is something to make it by."""

    history: History
    briefer: Briefer | None = None
    suggester: Suggester | None = None
    keeper: KeeperService | None = None


@dataclass(frozen=True, slots=True)
class Notebook:
    """One user's conversation while a question is answered; `instead` is the answer that the new one takes the place of."""

    history: History
    user: str
    conversation: str = ""
    instead: str = ""

    def turns(self) -> tuple[Turn, ...]:
        """Return what was asked before; nothing for a conversation that is not there, or not this user's."""
        try:
            kept = self.history.conversation(self.user, self.conversation)[1] if self.conversation else ()
        except AttacheError:
            return ()
        place = next((one.place for one in kept if one.id == self.instead), len(kept) + 1)
        return turns_of(kept[: place - 1])

    def keep(self, answer: Answer) -> Kept | None:
        """Keep an answer, in a new conversation where the other has gone; None when it cannot be kept, which loses no answer."""
        try:
            if self.instead:
                self.history.cut(self.user, self.conversation, self.instead)
            return self.history.keep(self.user, answer, self.conversation)
        except UnknownConversation:
            return self._anew(answer)
        except AttacheError:
            _LOG.exception("an answer could not be kept")
            return None

    def _anew(self, answer: Answer) -> Kept | None:
        """Keep an answer in a conversation of its own."""
        try:
            return self.history.keep(self.user, answer)
        except AttacheError:
            _LOG.exception("an answer could not be kept")
            return None
