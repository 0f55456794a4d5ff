"""Progress kept in SQL: items, decks, the log of reviews, goals. SQLite in the data folder, or any database by URL.

Reviews are only ever added. Everything else that a trainee's progress is made of follows from them.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, event, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.stepwise import bring_up_to_date
from assistant.study.errors import ProgressFailed, UnknownDeck
from assistant.study.item import Item
from assistant.study.review import Review, in_order, new_review
from assistant.study.tables import DECK_ITEMS, DECKS, GOALS, ITEMS, MIGRATIONS, REVIEWS, VERSION
from index.engines import open_engine
from index.erasing import erase, overwriting

__all__ = ["Deck", "Progress", "device_of", "put"]

_GOAL = 20
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Deck:
    """A named row of items, and by which wishes they were made (a plain structure, for people)."""

    name: str
    items: tuple[Item, ...]
    about: str = ""


class Progress:
    """What study keeps, in one database. `device` names this device in the log, by chance and not by its owner."""

    def __init__(self, engine: Engine, device: str, *, own: bool = True) -> None:
        self.engine, self.device, self._own = engine, device, own

    @classmethod
    def open(cls, url: str, device: str | None = None, *, own: bool = True) -> Progress:
        """Open the database at an SQLAlchemy URL and bring its tables up to date; `own` tells that nothing else lives in it.

        Raises ProgressFailed.
        """
        with cls.translated():
            engine = open_engine(url)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", overwriting)
                event.listen(engine, "connect", _shared)
            bring_up_to_date(url, VERSION, MIGRATIONS, _later)
        return cls(engine, device or str(uuid.uuid4()), own=own)

    @staticmethod
    @contextmanager
    def translated() -> Iterator[None]:
        """Turn the database's errors into ours, at this one border."""
        try:
            yield
        except (SQLAlchemyError, ImportError) as error:  # ImportError: the URL names a driver that is not installed
            raise ProgressFailed(f"Study progress cannot be read or written ({type(error).__name__}).") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection for one transaction."""
        with self.translated(), self.engine.begin() as connection:
            yield connection

    def rows(self, query: Any) -> Sequence[Any]:
        """Return the rows of a query."""
        with self.translated(), self.engine.connect() as connection:
            return connection.execute(query).fetchall()

    # --- items and decks -------------------------------------------------------------------------------------------------

    def keep(self, deck: Deck) -> None:
        """Keep a deck with its items, in the place of one of the same name."""
        with self.writing() as connection:
            _know(connection, deck.items)
            connection.execute(delete(DECK_ITEMS).where(DECK_ITEMS.c.deck == deck.name))
            put(connection, DECKS, {"name": deck.name}, {"about": deck.about})
            if deck.items:
                connection.execute(insert(DECK_ITEMS), [{"deck": deck.name, "place": at, "item": item.id} for at, item in enumerate(deck.items)])

    def know(self, items: Sequence[Item]) -> None:
        """Keep items that belong to no deck, so that progress in them can be told."""
        with self.writing() as connection:
            _know(connection, items)

    def decks(self) -> dict[str, int]:
        """Return the number of items of every deck by its name."""
        counted = select(DECKS.c.name, func.count(DECK_ITEMS.c.item)).outerjoin(DECK_ITEMS, DECK_ITEMS.c.deck == DECKS.c.name)
        return {name: int(count) for name, count in self.rows(counted.group_by(DECKS.c.name).order_by(DECKS.c.name))}

    def deck(self, name: str) -> Deck:
        """Return a deck; raises UnknownDeck."""
        found = self.rows(select(DECKS.c.about).where(DECKS.c.name == name))
        if not found:
            raise UnknownDeck(f"No deck is called “{name}”.")
        joined = select(ITEMS.c.body).join(DECK_ITEMS, DECK_ITEMS.c.item == ITEMS.c.id)
        bodies = self.rows(joined.where(DECK_ITEMS.c.deck == name).order_by(DECK_ITEMS.c.place))
        return Deck(name, tuple(Item.from_json(json.loads(body)) for (body,) in bodies), found[0][0])

    def items(self, names: Sequence[str] | None = None) -> dict[str, Item]:
        """Return the items of these names, all of them for None, by name; those that are not kept are left out."""
        queries = [select(ITEMS.c.body)]
        if names is not None:
            queries = [select(ITEMS.c.body).where(ITEMS.c.id.in_(names[start : start + _CHUNK])) for start in range(0, len(names), _CHUNK)]
        found = (Item.from_json(json.loads(body)) for query in queries for (body,) in self.rows(query))
        return {item.id: item for item in found}

    # --- the log of reviews ----------------------------------------------------------------------------------------------

    def record(self, user: str, item: str, rating: int, right: bool, now: datetime, took: int = 0) -> Review:
        """Add an answer given `now` (aware of its zone) to the log, after all that is in it."""
        with self.writing() as connection:
            latest = connection.execute(select(func.max(REVIEWS.c.stamp)).where(REVIEWS.c.user_name == user)).scalar() or 0
            review = new_review(user, self.device, item, rating, right, now, int(latest), took)
            connection.execute(insert(REVIEWS), [_row(review)])
        return review

    def reviews(self, user: str) -> list[Review]:
        """Return the log of one trainee in its order."""
        return in_order(_review(row) for row in self.rows(select(REVIEWS).where(REVIEWS.c.user_name == user)))

    def merge(self, reviews: Sequence[Review]) -> int:
        """Add the reviews of another device that are not known yet; returns how many were."""
        rows = {review.id: _row(review) for review in reviews}
        with self.writing() as connection:
            names = list(rows)
            for start in range(0, len(names), _CHUNK):
                known = select(REVIEWS.c.id).where(REVIEWS.c.id.in_(names[start : start + _CHUNK]))
                for (name,) in connection.execute(known):
                    del rows[name]
            if rows:
                connection.execute(insert(REVIEWS), list(rows.values()))
        return len(rows)

    # --- goals -----------------------------------------------------------------------------------------------------------

    def goal(self, user: str) -> int:
        """Return how many answers a trainee wants to give a day."""
        found = self.rows(select(GOALS.c.per_day).where(GOALS.c.user_name == user))
        return int(found[0][0]) if found else _GOAL

    def set_goal(self, user: str, per_day: int) -> None:
        """Set how many answers a trainee wants to give a day."""
        with self.writing() as connection:
            put(connection, GOALS, {"user_name": user}, {"per_day": per_day})

    def erase(self) -> None:
        """Leave no trace of what was deleted in the file."""
        with self.translated():
            erase(self.engine, own=self._own)

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()


def device_of(home: Path) -> str:
    """Return the name of this device in the log, made by chance when it is first asked for and kept in the data folder."""
    path = home / "study-device"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(str(uuid.uuid4()), "utf-8")
        return str(uuid.UUID(path.read_text("utf-8").strip()))
    except (OSError, ValueError) as error:
        raise ProgressFailed(f"The name of this device cannot be read from {path}.", advice="Remove that file; a new name is made.") from error


def put(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write one row in the place of the one with the same key."""
    mine = [table.c[name] == value for name, value in key.items()]
    connection.execute(delete(table).where(*mine))
    connection.execute(insert(table), [{**key, **values}])


def _know(connection: Connection, items: Sequence[Item]) -> None:
    """Write the items that are not kept yet."""
    rows = {item.id: {"id": item.id, "body": json.dumps(item.to_json(), ensure_ascii=False)} for item in items}
    names = list(rows)
    for start in range(0, len(names), _CHUNK):
        for (name,) in connection.execute(select(ITEMS.c.id).where(ITEMS.c.id.in_(names[start : start + _CHUNK]))):
            del rows[name]
    if rows:
        connection.execute(insert(ITEMS), list(rows.values()))


def _later(done: int) -> ProgressFailed:
    """Return the refusal of a database that a later version made."""
    return ProgressFailed(f"Study progress was kept by a later version (step {done}, this version knows {len(MIGRATIONS)}).")


def _shared(connection: Any, record: Any) -> None:
    """Let readers of an SQLite file go on while one writes."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _row(review: Review) -> dict[str, Any]:
    """Return a review as a row."""
    return {
        "id": review.id, "user_name": review.user, "device": review.device, "item": review.item, "rating": review.rating,
        "correct": review.right, "at": review.at.isoformat(), "day": review.day, "stamp": review.stamp, "took": review.took,
    }  # fmt: skip


def _review(row: Any) -> Review:
    """Return a row as a review."""
    at = datetime.fromisoformat(row.at)
    return Review(row.id, row.user_name, row.device, row.item, row.rating, bool(row.correct), at, row.day, int(row.stamp), row.took)
