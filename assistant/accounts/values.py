"""The values of accounts: roles and what they may do, users, tokens, lines of the log."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.accounts.errors import BadUser

__all__ = ["LONGEST_PASSWORD", "RIGHTS", "Entry", "Right", "Role", "Token", "User", "checked_display", "checked_name", "checked_password"]

LONGEST_PASSWORD = 1000
_SHORTEST_PASSWORD = 12
_LONGEST_DISPLAY = 120
_NAME = re.compile(r"[\w.@-]{1,64}")


class Right(enum.StrEnum):
    """What a request needs."""

    READ = "read"
    CURATE = "curate"
    EVALUATE = "evaluate"
    ADMINISTER = "administer"


class Role(enum.StrEnum):
    """What a user is: each may read; curators change the library, evaluators measure, administrators do all."""

    READER = "reader"
    CURATOR = "curator"
    EVALUATOR = "evaluator"
    ADMIN = "admin"


RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.READER: frozenset({Right.READ}),
        Role.CURATOR: frozenset({Right.READ, Right.CURATE}),
        Role.EVALUATOR: frozenset({Right.READ, Right.EVALUATE}),
        Role.ADMIN: frozenset(Right),
    }
)
"""What each role may do."""


@dataclass(frozen=True, slots=True)
class User:
    """A user; `display` is the name that others read, any words. `created` is in seconds since 1970."""

    name: str
    role: Role
    display: str
    suspended: bool
    created: int

    def may(self, right: Right) -> bool:
        """Tell whether the user may do what needs `right`."""
        return not self.suspended and right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed: never its secret. `used` is 0 for one that was not used yet; times in seconds since 1970."""

    label: str
    created: int
    expires: int
    used: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: what happened, to which user, from which address, at what second."""

    at: int
    event: str
    name: str
    address: str
    detail: str


def checked_name(name: str) -> str:
    """Return a name as it is kept, composed and in lower case; raises BadUser."""
    plain = unicodedata.normalize("NFC", name.strip()).casefold()
    if not _NAME.fullmatch(plain) or not any(letter.isalnum() for letter in plain):
        raise BadUser("That name cannot be used.")
    return plain


def checked_display(display: str) -> str:
    """Return the words that others read, without what cannot be seen; raises BadUser for too many."""
    seen = "".join(letter for letter in unicodedata.normalize("NFC", display) if unicodedata.category(letter)[0] != "C").strip()
    if len(seen) > _LONGEST_DISPLAY:
        raise BadUser(f"The name to show is longer than {_LONGEST_DISPLAY} characters.", advice="Give a shorter one.")
    return seen


def checked_password(password: str, name: str) -> str:
    """Return a password that may be kept; raises BadUser for one that is short, long, of one character, or holds the name."""
    plain = unicodedata.normalize("NFC", password)
    if not _SHORTEST_PASSWORD <= len(plain) <= LONGEST_PASSWORD or len(set(plain)) < 4 or name in plain.casefold():
        raise BadUser("That password is too easy to guess, or too long.")
    return plain
