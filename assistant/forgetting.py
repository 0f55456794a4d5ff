"""What it means that a document or a user is forgotten: rows gone from every table, and the proof that nothing is left."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from assistant.history.store import History
from assistant.study.item import Item
from assistant.study.store import Progress
from assistant.study.tables import ANSWERS, CONSENTS, DECK_ITEMS, EXAMS, GOALS, ITEMS, REVIEWS, SITTINGS

__all__ = ["Forgotten", "forget_in_study", "forget_items", "names_or_holds"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed, each kind with its number, and what was looked at afterwards, each with whether nothing was found there."""

    name: str
    removed: Mapping[str, int]
    checks: Sequence[tuple[str, bool]]

    @property
    def proven(self) -> bool:
        """Tell whether nothing was found anywhere."""
        return all(passed for _, passed in self.checks)


def names_or_holds(text: str, names: Collection[str], words: Collection[str]) -> bool:
    """Tell whether a text names a document by its number, or holds one of the words."""
    numbers = [re.escape(name) for name in names if any(character.isdigit() for character in name)]
    named = bool(numbers) and re.search(rf"(?<![\w/-])(?:{'|'.join(numbers)})(?![\w/-])", text) is not None
    return named or any(piece in text for piece in words)


def forget_items(progress: Progress, names: Collection[str], words: Collection[str]) -> int:
    """Remove the items of study that rest on a document or hold its words, with every answer to them; returns how many items."""
    gone = [name for name, item in progress.items().items() if _rests_on(item, names, words)]
    with progress.writing() as connection:
        for name in gone:
            for table, column in ((ITEMS, ITEMS.c.id), (DECK_ITEMS, DECK_ITEMS.c.item), (REVIEWS, REVIEWS.c.item), (ANSWERS, ANSWERS.c.item)):
                connection.execute(delete(table).where(column == name))
        for row in connection.execute(select(EXAMS.c.name, EXAMS.c["items"])).fetchall() if gone else ():
            left = [name for name in json.loads(row[1]) if name not in gone]
            connection.execute(update(EXAMS).where(EXAMS.c.name == row[0]).values({"items": json.dumps(left)}))
    return len(gone)


def _rests_on(item: Item, names: Collection[str], words: Collection[str]) -> bool:
    """Tell whether an item cites a document, or holds its words."""
    cited = any(citation.document in names or citation.text_name in names for citation in item.citations)
    return cited or names_or_holds(json.dumps(item.to_json(), ensure_ascii=False), names, words)


def forget_in_study(progress: Progress, user: str) -> int:
    """Remove all progress of a user; returns how many answers that were."""
    with progress.writing() as connection:
        counts = [connection.execute(delete(table).where(table.c.user_name == user)).rowcount for table in (REVIEWS, ANSWERS)]
        for table in (GOALS, SITTINGS, CONSENTS):
            connection.execute(delete(table).where(table.c.user_name == user))
    return int(sum(counts))


def words_of(history: History, user: str) -> tuple[str, ...]:
    """Return what a user asked and wrote in what is kept."""
    told = [conversation.title for conversation in history.conversations(user, 1 << 30)]
    for conversation in history.conversations(user, 1 << 30):
        told += [kept.answer.question for kept in history.conversation(user, conversation.id)[1]]
    return (*told, *(report.words for report, _ in history.reports(user)))
