"""Users: added, listed, given another role or password, suspended, removed. Every change is in the log."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from assistant.accounts.database import Database
from assistant.accounts.errors import BadUser, UnknownUser
from assistant.accounts.keys import hashed, user_of
from assistant.accounts.passwords import Passwords
from assistant.accounts.tables import ATTEMPTS, LOG, SESSIONS, TOKENS, USERS
from assistant.accounts.values import Entry, Role, Token, User, checked_display, checked_name, checked_password

__all__ = ["PREFIX", "Users"]

PREFIX = "attache_"
"""What every token begins with, so that one that was lost can be found by who looks for it."""
_DAY = 86400
_FORGOTTEN = "-"


class Users:
    """What an administrator does with accounts."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self._database, self._passwords = database, passwords

    def add(self, name: str, password: str, role: str = Role.READER, display: str = "") -> User:
        """Add a user; raises BadUser for a name that is taken or cannot be used, an unknown role, a weak password."""
        plain = checked_name(name)
        kept = self._passwords.hash(checked_password(password, plain))
        user = User(plain, _role(role), checked_display(display) or plain, False, self._database.now())
        with self._database.writing() as connection:
            if connection.execute(select(USERS.c.name).where(USERS.c.name == plain)).first():
                raise BadUser(f"There is a user “{plain}” already.", advice="Choose another name, or change that user.")
            row = {"name": plain, "role": str(user.role), "display": user.display, "password": kept, "suspended": 0, "created": user.created}
            connection.execute(insert(USERS), [row])
            self._database.log(connection, "added", plain, detail=str(user.role))
        return user

    def all(self) -> tuple[User, ...]:
        """Return every user by name."""
        return tuple(user_of(row) for row in self._database.rows(select(USERS).order_by(USERS.c.name)))

    def any(self) -> bool:
        """Tell whether there is a user, and so whether accounts are wanted."""
        return bool(self._database.rows(select(USERS.c.name).limit(1)))

    def set_role(self, name: str, role: str) -> None:
        """Give a user another role, which holds from the next request on; raises UnknownUser, BadUser."""
        self._change(name, {"role": str(_role(role))}, "role", str(role))

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password and end the sessions of the old one; raises UnknownUser, BadUser."""
        kept = self._passwords.hash(checked_password(password, checked_name(name)))
        self._change(name, {"password": kept}, "password", end_sessions=True)

    def suspend(self, name: str, *, suspended: bool = True) -> None:
        """Suspend a user, whose sessions and tokens are refused from the next request on, or let them in again; raises UnknownUser."""
        self._change(name, {"suspended": int(suspended)}, "suspended" if suspended else "resumed", end_sessions=suspended)

    def remove(self, name: str) -> None:
        """Remove a user with sessions and tokens; what the log tells of them stays. Raises UnknownUser."""
        plain = checked_name(name)
        with self._database.writing() as connection:
            if not connection.execute(delete(USERS).where(USERS.c.name == plain)).rowcount:
                raise UnknownUser(f"There is no user “{plain}”.")
            for table in (SESSIONS, TOKENS):
                connection.execute(delete(table).where(table.c.name == plain))
            self._database.log(connection, "removed", plain)

    def forget(self, name: str) -> int:
        """Remove a user, who may be gone already, with all that tells of them; returns how many rows that were.

        What the log tells of them stays without name, address and detail: that something was done is not theirs alone.
        """
        plain = checked_name(name)
        with self._database.writing() as connection:
            gone = sum(connection.execute(delete(table).where(table.c.name == plain)).rowcount for table in (USERS, SESSIONS, TOKENS, ATTEMPTS))
            log = update(LOG).where(LOG.c.name == plain).values(name=_FORGOTTEN, address="", detail="")
            gone += connection.execute(log).rowcount
        self._database.erase()
        return int(gone)

    def knows(self, name: str) -> bool:
        """Tell whether any row tells of a user."""
        plain = checked_name(name)
        return any(self._database.rows(select(table.c.name).where(table.c.name == plain)) for table in (USERS, SESSIONS, TOKENS, ATTEMPTS, LOG))

    def make_token(self, name: str, label: str, days: int = 365) -> str:
        """Return a new token of a user, which is kept as a hash alone and cannot be told again; raises UnknownUser, BadUser."""
        plain, said = checked_name(name), checked_display(label)[:64]
        secret = PREFIX + secrets.token_urlsafe(32)
        now = self._database.now()
        with self._database.writing() as connection:
            if not connection.execute(select(USERS.c.name).where(USERS.c.name == plain)).first():
                raise UnknownUser(f"There is no user “{plain}”.")
            if connection.execute(select(TOKENS.c.label).where(TOKENS.c.name == plain, TOKENS.c.label == said)).first():
                raise BadUser(f"“{plain}” has a token “{said}” already.", advice="Choose another label, or revoke that token.")
            row = {"hash": hashed(secret), "name": plain, "label": said, "created": now, "expires": now + days * _DAY, "used": 0}
            connection.execute(insert(TOKENS), [row])
            self._database.log(connection, "token made", plain, detail=said)
        return secret

    def tokens(self, name: str) -> tuple[Token, ...]:
        """Return the tokens of a user."""
        query = select(TOKENS.c.label, TOKENS.c.created, TOKENS.c.expires, TOKENS.c.used).where(TOKENS.c.name == checked_name(name))
        return tuple(Token(*row) for row in self._database.rows(query.order_by(TOKENS.c.label)))

    def revoke_token(self, name: str, label: str) -> None:
        """Revoke a token of a user; raises UnknownUser."""
        plain = checked_name(name)
        with self._database.writing() as connection:
            if not connection.execute(delete(TOKENS).where(TOKENS.c.name == plain, TOKENS.c.label == label)).rowcount:
                raise UnknownUser(f"“{plain}” has no token “{label}”.", advice=f"List them with `attache user token {plain} --list`.")
            self._database.log(connection, "token revoked", plain, detail=label)

    def log(self, most: int = 100) -> tuple[Entry, ...]:
        """Return the last lines of the log, the newest first."""
        query = select(LOG.c.at, LOG.c.event, LOG.c.name, LOG.c.address, LOG.c.detail).order_by(LOG.c.id.desc()).limit(most)
        return tuple(Entry(*row) for row in self._database.rows(query))

    def _change(self, name: str, values: Mapping[str, Any], what: str, detail: str = "", *, end_sessions: bool = False) -> None:
        """Change a user's row and tell of it; raises UnknownUser."""
        plain = checked_name(name)
        with self._database.writing() as connection:
            if not connection.execute(update(USERS).where(USERS.c.name == plain).values(**values)).rowcount:
                raise UnknownUser(f"There is no user “{plain}”.")
            if end_sessions:
                connection.execute(delete(SESSIONS).where(SESSIONS.c.name == plain))
            self._database.log(connection, what, plain, detail=detail)


def _role(role: str) -> Role:
    """Return a role by its name; raises BadUser."""
    try:
        return Role(role)
    except ValueError as error:
        raise BadUser(f"There is no role “{role}”.", advice=f"Roles are {', '.join(Role)}.") from error
