"""Conversations kept in SQL: written, found, renamed, deleted for good. Every call names its user and sees that user's rows alone."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, and_, delete, exists, func, insert, or_, select, update

from assistant.answer import Answer
from assistant.history.answers import answer_of, plain
from assistant.history.database import Database
from assistant.history.errors import BadReport, BadTitle, HistoryFailed, UnknownConversation
from assistant.history.tables import CONVERSATIONS, REPORTS, TURNS
from assistant.history.values import KINDS, Conversation, Kept, Report, title_of
from corpus.normalise import fold, tokens

__all__ = ["History"]

_WORDS = 2000
"""The longest remark of a report, in characters."""


class History:
    """What is kept, in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str, *, own: bool = True) -> History:
        """Open the database at an SQLAlchemy URL; `own` tells that nothing else lives in it. Raises HistoryFailed."""
        return cls(Database.open(url, own=own))

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    # --- written ---------------------------------------------------------------------------------------------------------

    def keep(self, user: str, answer: Answer, conversation: str = "", now: datetime | None = None) -> Kept:
        """Keep an answer at the end of a conversation, or begin one with it; raises UnknownConversation."""
        at = (now or datetime.now(UTC)).astimezone(UTC)
        with self._database.writing() as connection:
            if conversation:
                changed = update(CONVERSATIONS).where(*_mine(user, conversation)).values(changed=at.isoformat())
                if not connection.execute(changed).rowcount:
                    raise _unknown(conversation)
            else:
                conversation = secrets.token_hex(16)
                title = title_of(answer.question) or "…"
                row = {"id": conversation, "user_name": user, "title": title, "folded": fold(title), "created": at.isoformat()}
                connection.execute(insert(CONVERSATIONS), [row | {"changed": at.isoformat()}])
            last = connection.execute(select(func.max(TURNS.c.place)).where(TURNS.c.conversation == conversation)).scalar() or 0
            kept = Kept(secrets.token_hex(16), conversation, last + 1, at, answer)
            connection.execute(insert(TURNS), [_row(kept, user)])
        return kept

    def rename(self, user: str, conversation: str, title: str) -> str:
        """Give a conversation another title and return it; raises UnknownConversation, BadTitle."""
        named = title_of(title, whole=True)
        if not any(character.isalnum() for character in named):
            raise BadTitle("A conversation needs a title that can be read.")
        with self._database.writing() as connection:
            changed = update(CONVERSATIONS).where(*_mine(user, conversation)).values(title=named, folded=fold(named))
            if not connection.execute(changed).rowcount:
                raise _unknown(conversation)
        return named

    def delete(self, user: str, conversation: str) -> None:
        """Delete a conversation for good, with its answers and the reports on them; raises UnknownConversation."""
        with self._database.writing() as connection:
            if not connection.execute(delete(CONVERSATIONS).where(*_mine(user, conversation))).rowcount:
                raise _unknown(conversation)
            for table in (TURNS, REPORTS):
                connection.execute(delete(table).where(table.c.conversation == conversation))
        self._database.erase()

    def users(self) -> tuple[str, ...]:
        """Return the users of whom anything is kept."""
        return tuple(row[0] for row in self._database.rows(select(CONVERSATIONS.c.user_name).distinct().order_by(CONVERSATIONS.c.user_name)))

    def forget(self, user: str) -> int:
        """Delete everything of a user for good; returns how many conversations that were."""
        with self._database.writing() as connection:
            for table in (TURNS, REPORTS):
                connection.execute(delete(table).where(table.c.user_name == user))
            count = connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.user_name == user)).rowcount
        self._database.erase()
        return int(count)

    def forget_answers(self, concerned: Callable[[str], bool]) -> int:
        """Delete, for good and of all users, the answers whose text as it is kept is `concerned`; returns how many.

        Conversations that are left without an answer go too.
        """
        with self._database.writing() as connection:
            said: dict[str, str] = {}
            for row in connection.execute(select(REPORTS.c.turn, REPORTS.c.words)):
                said[row.turn] = f"{said.get(row.turn, '')} {row.words}"
            kept = connection.execute(select(TURNS.c.id, TURNS.c.answer))
            gone = [row.id for row in kept if concerned(f"{row.answer} {said.get(row.id, '')}")]
            for turn in gone:
                connection.execute(delete(REPORTS).where(REPORTS.c.turn == turn))
                connection.execute(delete(TURNS).where(TURNS.c.id == turn))
            if gone:
                empty = ~exists().where(TURNS.c.conversation == CONVERSATIONS.c.id)
                connection.execute(delete(CONVERSATIONS).where(empty))
        self._database.erase()
        return len(gone)

    def cut(self, user: str, conversation: str, turn: str) -> None:
        """Delete an answer and all that follow it in its conversation, for good; raises UnknownConversation."""
        with self._database.writing() as connection:
            at = connection.execute(select(TURNS.c.place).where(TURNS.c.id == turn, *_mine_of(user, conversation))).scalar()
            if at is None:
                raise _unknown(turn)
            gone = select(TURNS.c.id).where(TURNS.c.conversation == conversation, TURNS.c.place >= at)
            connection.execute(delete(REPORTS).where(REPORTS.c.turn.in_(gone)))
            connection.execute(delete(TURNS).where(TURNS.c.conversation == conversation, TURNS.c.place >= at))
        self._database.erase()

    # --- found -----------------------------------------------------------------------------------------------------------

    def conversations(self, user: str, limit: int = 200) -> tuple[Conversation, ...]:
        """Return the conversations of a user, the last changed first."""
        return self._conversations(_heads(user), limit)

    def search(self, user: str, words: str, limit: int = 200) -> tuple[Conversation, ...]:
        """Return the conversations whose title, questions or answers hold every one of the words, with or without their diacritics."""
        query = _heads(user)
        for word in dict.fromkeys(tokens(fold(words))):
            inside = exists().where(and_(TURNS.c.conversation == CONVERSATIONS.c.id, TURNS.c.folded.contains(word, autoescape=True)))
            query = query.where(or_(CONVERSATIONS.c.folded.contains(word, autoescape=True), inside))
        return self._conversations(query, limit)

    def conversation(self, user: str, conversation: str) -> tuple[Conversation, tuple[Kept, ...]]:
        """Return a conversation and its answers in order; raises UnknownConversation."""
        heads = self._conversations(_heads(user).where(CONVERSATIONS.c.id == conversation), 1)
        if not heads:
            raise _unknown(conversation)
        return heads[0], self._kept(select(TURNS).where(*_mine_of(user, conversation)).order_by(TURNS.c.place))

    def turn(self, user: str, turn: str) -> Kept:
        """Return one answer that is kept; raises UnknownConversation."""
        found = self._kept(select(TURNS).where(TURNS.c.id == turn, TURNS.c.user_name == user))
        if not found:
            raise _unknown(turn)
        return found[0]

    # --- what users say of answers ---------------------------------------------------------------------------------------

    def report(self, user: str, turn: str, kind: str, mark: int = 0, words: str = "", now: datetime | None = None) -> Report:
        """Keep what a user says of an answer, in the place of an earlier word of the same kind; `up` and `down` exclude each other.

        Raises UnknownConversation, BadReport.
        """
        kept = self.turn(user, turn)
        if kind not in KINDS or (kind != "wrong_evidence" and mark) or (mark and mark not in {c.mark for c in kept.answer.citations}):
            raise BadReport(f"“{kind}” with mark {mark} cannot be reported of that answer.")
        said = " ".join(words.encode("utf-8", "replace").decode().replace("\x00", "").split())[:_WORDS]
        report = Report(turn, user, kind, mark, said, (now or datetime.now(UTC)).astimezone(UTC))
        with self._database.writing() as connection:
            excluded = ("up", "down") if kind in ("up", "down") else (kind,)
            connection.execute(delete(REPORTS).where(REPORTS.c.turn == turn, REPORTS.c.kind.in_(excluded), REPORTS.c.mark == mark))
            connection.execute(insert(REPORTS), [_report_row(report, kept.conversation)])
        return report

    def withdraw(self, user: str, turn: str, kind: str, mark: int = 0) -> None:
        """Take back what was reported, if it was."""
        with self._database.writing() as connection:
            mine = (REPORTS.c.user_name == user, REPORTS.c.turn == turn, REPORTS.c.kind == kind, REPORTS.c.mark == mark)
            connection.execute(delete(REPORTS).where(*mine))

    def reports(self, user: str | None) -> tuple[tuple[Report, Kept], ...]:
        """Return what a user reported, or all users for None (for whoever measures), each with the answer, the earliest first."""
        query = select(REPORTS).order_by(REPORTS.c.at, REPORTS.c.turn, REPORTS.c.kind, REPORTS.c.mark)
        rows = self._database.rows(query if user is None else query.where(REPORTS.c.user_name == user))
        reports = [Report(row.turn, row.user_name, row.kind, row.mark, row.words, datetime.fromisoformat(row.at)) for row in rows]
        return tuple((report, self.turn(report.user, report.turn)) for report in reports)

    def reported(self, user: str, conversation: str) -> dict[str, frozenset[str]]:
        """Return the kinds of reports on each answer of a conversation by the answer's id."""
        rows = self._database.rows(select(REPORTS).where(REPORTS.c.user_name == user, REPORTS.c.conversation == conversation))
        return {turn: frozenset(row.kind for row in rows if row.turn == turn) for turn in {row.turn for row in rows}}

    # --- rows ------------------------------------------------------------------------------------------------------------

    def _conversations(self, query: Select[Any], limit: int) -> tuple[Conversation, ...]:
        """Return the conversations of a query over `_heads`."""
        rows = self._database.rows(query.order_by(CONVERSATIONS.c.changed.desc(), CONVERSATIONS.c.id).limit(limit))
        return tuple(
            Conversation(row.id, row.user_name, row.title, datetime.fromisoformat(row.created), datetime.fromisoformat(row.changed), int(row.turns))
            for row in rows
        )

    def _kept(self, query: Select[Any]) -> tuple[Kept, ...]:
        """Return the answers of a query."""
        try:
            return tuple(
                Kept(row.id, row.conversation, row.place, datetime.fromisoformat(row.at), answer_of(json.loads(row.answer)))
                for row in self._database.rows(query)
            )
        except (ValueError, TypeError, KeyError) as error:
            raise HistoryFailed(f"An answer that was kept cannot be read ({type(error).__name__}).") from error


def _heads(user: str) -> Select[Any]:
    """Return the query of a user's conversations with the number of their answers."""
    count = select(func.count()).where(TURNS.c.conversation == CONVERSATIONS.c.id).scalar_subquery().label("turns")
    return select(CONVERSATIONS, count).where(CONVERSATIONS.c.user_name == user)


def _mine(user: str, conversation: str) -> tuple[Any, ...]:
    """Return what a row of conversations must meet."""
    return CONVERSATIONS.c.id == conversation, CONVERSATIONS.c.user_name == user


def _mine_of(user: str, conversation: str) -> tuple[Any, ...]:
    """Return what a row of answers must meet."""
    return TURNS.c.conversation == conversation, TURNS.c.user_name == user


def _unknown(name: str) -> UnknownConversation:
    """Return the error for what is not there, or not this user's: the two are not told apart."""
    return UnknownConversation(f"No conversation “{name[:40]}” is kept.")


def _row(kept: Kept, user: str) -> dict[str, Any]:
    """Return an answer as a row; half of a surrogate pair, which UTF-8 does not have, becomes a question mark."""
    body = json.dumps(plain(kept.answer), ensure_ascii=False).encode("utf-8", "replace").decode()
    answer = kept.answer
    cited = " ".join(f"{c.document} {c.locator} {c.title}" for c in answer.citations)
    searched = fold(f"{answer.question} {answer.text} {cited}").encode("utf-8", "replace").decode().replace("\x00", "")
    return {
        "id": kept.id, "user_name": user, "conversation": kept.conversation, "place": kept.place, "at": kept.at.isoformat(), "answer": body,
        "folded": searched,
    }  # fmt: skip


def _report_row(report: Report, conversation: str) -> dict[str, Any]:
    """Return a report as a row."""
    return {
        "turn": report.turn, "kind": report.kind, "mark": report.mark, "user_name": report.user, "conversation": conversation,
        "words": report.words, "at": report.at.isoformat(),
    }  # fmt: skip
