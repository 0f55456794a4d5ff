"""What opens the door: sessions by cookie, tokens by header, both looked up at every request; sign-in, throttled.

Secrets have 256 bits of chance, so their plain SHA-256 may be kept; passwords have not, and are kept by argon2. A suspended or
removed user, a changed role and an ended session count from the next request on, for nothing is remembered between two.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from assistant.accounts.database import Database
from assistant.accounts.errors import BadUser, NotAdmitted, TooManyAttempts
from assistant.accounts.passwords import Passwords
from assistant.accounts.tables import ATTEMPTS, SESSIONS, TOKENS, USERS
from assistant.accounts.values import LONGEST_PASSWORD, Role, User, checked_name

__all__ = ["SESSION_SECONDS", "Keys", "hashed", "user_of"]

SESSION_SECONDS = 12 * 3600
_IDLE_SECONDS = 4 * 3600
_LOOKED_AT_SECONDS = 300
_WINDOW = 900
_TOGETHER, _BY_NAME, _BY_ADDRESS = 5, 50, 50
"""How many attempts may fail in a window: of one name from one address, of one name, from one address."""


def hashed(secret: str) -> str:
    """Return what is kept of a session's or token's secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class Keys:
    """Lets people in and tells who somebody is."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self._database, self._passwords = database, passwords

    def sign_in(self, name: str, password: str, address: str) -> str:
        """Return the secret of a new session; raises NotAdmitted, TooManyAttempts. Every attempt is in the log."""
        try:
            plain = checked_name(name)
        except BadUser:
            plain = ""
        attempt = self._attempt(plain, address)
        found = self._database.rows(select(USERS).where(USERS.c.name == plain, USERS.c.suspended == 0))
        if not self._passwords.fits(found[0].password if found else None, password[: LONGEST_PASSWORD + 1]):
            with self._database.writing() as connection:
                self._database.log(connection, "sign-in failed", plain, address)
            raise NotAdmitted("Name and password do not fit.")
        secret, now = secrets.token_urlsafe(32), self._database.now()
        with self._database.writing() as connection:
            connection.execute(delete(ATTEMPTS).where((ATTEMPTS.c.id == attempt) | ((ATTEMPTS.c.name == plain) & (ATTEMPTS.c.address == address))))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires <= now))
            connection.execute(insert(SESSIONS), [{"hash": hashed(secret), "name": plain, "expires": now + SESSION_SECONDS, "seen": now}])
            self._database.log(connection, "signed in", plain, address)
        return secret

    def _attempt(self, name: str, address: str) -> str:
        """Count an attempt before it is heard, so that many at once count too; raises TooManyAttempts."""
        now, attempt = self._database.now(), secrets.token_hex(16)
        with self._database.writing() as connection:
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at <= now - _WINDOW))
            limits = (
                (_TOGETHER, (ATTEMPTS.c.name == name, ATTEMPTS.c.address == address)),
                (_BY_NAME, (ATTEMPTS.c.name == name,)),
                (_BY_ADDRESS, (ATTEMPTS.c.address == address,)),
            )
            for most, those in limits:
                count, oldest = connection.execute(select(func.count(), func.min(ATTEMPTS.c.at)).where(*those)).one()
                if count >= most:
                    self._database.log(connection, "sign-in throttled", name, address)
                    wait = max(1, int(oldest) + _WINDOW - now)
                    break
            else:
                connection.execute(insert(ATTEMPTS), [{"id": attempt, "name": name, "address": address, "at": now}])
                return attempt
        raise TooManyAttempts(wait)

    def by_session(self, secret: str) -> User | None:
        """Return whose session it is, None when it has ended or never was."""
        now = self._database.now()
        joined = select(USERS, SESSIONS.c.seen).join(SESSIONS, SESSIONS.c.name == USERS.c.name)
        alive = (SESSIONS.c.hash == hashed(secret), SESSIONS.c.expires > now, SESSIONS.c.seen > now - _IDLE_SECONDS, USERS.c.suspended == 0)
        found = self._database.rows(joined.where(*alive))
        if not found:
            return None
        if found[0].seen < now - _LOOKED_AT_SECONDS:
            with self._database.writing() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.hash == hashed(secret)).values(seen=now))
        return user_of(found[0])

    def by_token(self, secret: str) -> User | None:
        """Return whose token it is, None when it was revoked, has expired or never was."""
        now = self._database.now()
        joined = select(USERS, TOKENS.c.used).join(TOKENS, TOKENS.c.name == USERS.c.name)
        found = self._database.rows(joined.where(TOKENS.c.hash == hashed(secret), TOKENS.c.expires > now, USERS.c.suspended == 0))
        if not found:
            return None
        if found[0].used < now - _LOOKED_AT_SECONDS:
            with self._database.writing() as connection:
                connection.execute(update(TOKENS).where(TOKENS.c.hash == hashed(secret)).values(used=now))
        return user_of(found[0])

    def sign_out(self, secret: str, address: str) -> None:
        """End a session; one that is not there is ended already."""
        user = self.by_session(secret)
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.hash == hashed(secret)))
            if user:
                self._database.log(connection, "signed out", user.name, address)

    def denied(self, user: User, path: str, address: str) -> None:
        """Write down that a user tried what their role may not do."""
        with self._database.writing() as connection:
            self._database.log(connection, "denied", user.name, address, path)


def user_of(row: Any) -> User:
    """Return the user of a row."""
    return User(row.name, Role(row.role), row.display, bool(row.suspended), row.created)
