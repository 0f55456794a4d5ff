"""Exams and classes kept in SQL: what was fixed, who began when, what was answered in time, and who consents to be counted."""

from __future__ import annotations

import json
from datetime import datetime
from random import Random

from sqlalchemy import insert, select

from assistant.study.classroom import Exam, Given, Missed, missed, paper, results_csv
from assistant.study.errors import ExamClosed, NothingToAsk, UnknownExam
from assistant.study.item import Item
from assistant.study.store import Progress, put
from assistant.study.tables import ANSWERS, CONSENTS, EXAMS, SITTINGS

__all__ = ["Exams"]


class Exams:
    """The exams of one store of progress."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def fix(self, name: str, group: str, deck: str, seed: int, minutes: int, count: int | None = None) -> Exam:
        """Fix an exam of all items of a deck as they are now, or of `count` that the seed chooses.

        Raises UnknownDeck, NothingToAsk, or ExamClosed when it was sat already.
        """
        items = tuple(item.id for item in self._progress.deck(deck).items)
        if count is not None and count < len(items):
            places = sorted(Random(seed).sample(range(len(items)), count))
            items = tuple(items[place] for place in places)
        if not items:
            raise NothingToAsk(f"The deck “{deck}” is empty.")
        if self._sat(name):
            raise ExamClosed(f"The exam “{name}” has been sat and stays as it is.", advice="Give the new exam another name.")
        with self._progress.writing() as connection:
            put(connection, EXAMS, {"name": name}, {"class_name": group, "items": json.dumps(items), "seed": seed, "minutes": minutes})
        return Exam(name, group, items, seed, minutes)

    def exam(self, name: str) -> Exam:
        """Return an exam; raises UnknownExam."""
        found = self._progress.rows(select(EXAMS).where(EXAMS.c.name == name))
        if not found:
            raise UnknownExam(f"No exam is called “{name}”.")
        row = found[0]
        return Exam(row.name, row.class_name, tuple(json.loads(row.items)), row.seed, row.minutes)

    def exams(self) -> tuple[str, ...]:
        """Return the names of all exams."""
        return tuple(name for (name,) in self._progress.rows(select(EXAMS.c.name).order_by(EXAMS.c.name)))

    def begin(self, name: str, user: str, now: datetime) -> tuple[tuple[Item, ...], datetime]:
        """Begin or go on with a sitting; returns the items not answered yet and when the time is over. Raises ExamClosed."""
        exam = self.exam(name)
        sat = self._sat(name)
        started = sat.get(user, now)
        if user not in sat:
            with self._progress.writing() as connection:
                connection.execute(insert(SITTINGS), [{"exam": name, "user_name": user, "started": now.isoformat()}])
        answered = {given.item for given in self.given(name) if given.user == user}
        left = tuple(item for item in paper(exam, self._progress.items(exam.items), user) if item.id not in answered)
        if now > exam.closes(started) or not left:
            raise ExamClosed(f"The exam “{name}” is over for {user}.")
        return left, exam.closes(started)

    def answer(self, name: str, user: str, item: Item, chosen: int, now: datetime) -> bool:
        """Take one answer of a sitting, once and in time; tells whether it is right. Raises ExamClosed."""
        started = self._sat(name).get(user)
        answered = any(given.item == item.id and given.user == user for given in self.given(name))
        if started is None or answered or now > self.exam(name).closes(started) or item.id not in self.exam(name).items:
            raise ExamClosed(f"This answer to the exam “{name}” is not taken: it was given before, or the time is over.")
        right = chosen == item.answer
        row = {"exam": name, "user_name": user, "item": item.id, "chosen": item.options[chosen], "correct": right, "at": now.isoformat()}
        with self._progress.writing() as connection:
            connection.execute(insert(ANSWERS), [row])
        return right

    def given(self, name: str) -> list[Given]:
        """Return all answers to an exam in the order of their times."""
        rows = self._progress.rows(select(ANSWERS).where(ANSWERS.c.exam == name).order_by(ANSWERS.c.at, ANSWERS.c.user_name))
        return [Given(row.user_name, row.item, row.chosen, bool(row.correct), datetime.fromisoformat(row.at)) for row in rows]

    def consent(self, user: str, group: str, given: bool) -> None:
        """Keep whether a trainee consents that a class's lecturer sees the numbers; it may be taken back."""
        with self._progress.writing() as connection:
            put(connection, CONSENTS, {"user_name": user, "class_name": group}, {"given": given})

    def consenting(self, group: str) -> frozenset[str]:
        """Return the trainees of a class who consent."""
        mine = select(CONSENTS.c.user_name).where(CONSENTS.c.class_name == group, CONSENTS.c.given)
        return frozenset(name for (name,) in self._progress.rows(mine))

    def missed(self, group: str) -> tuple[Missed, ...]:
        """Return the provisions that a class missed in its exams, by those who consent, the most missed first."""
        names = [name for (name,) in self._progress.rows(select(EXAMS.c.name).where(EXAMS.c.class_name == group))]
        answers = [given for name in names for given in self.given(name)]
        return missed(answers, self._progress.items(sorted({given.item for given in answers})), self.consenting(group))

    def withheld(self, name: str) -> int:
        """Return how many sat an exam and do not consent."""
        return len(set(self._sat(name)) - self.consenting(self.exam(name).group))

    def results(self, name: str) -> str:
        """Return the results of an exam as CSV, of those who consent."""
        exam = self.exam(name)
        return results_csv(exam, self.given(name), self._sat(name), self.consenting(exam.group))

    def _sat(self, name: str) -> dict[str, datetime]:
        """Return when each trainee began an exam."""
        rows = self._progress.rows(select(SITTINGS.c.user_name, SITTINGS.c.started).where(SITTINGS.c.exam == name))
        return {user: datetime.fromisoformat(started) for user, started in rows}
