"""Errors of accounts.

AccountError
├── BadUser          a name, role or password that cannot be used
├── UnknownUser      nobody has that name
├── NotAdmitted      name and password do not open a session
├── TooManyAttempts  so many attempts failed that the next one must wait; tells how many seconds
└── AccountsFailed   the accounts cannot be read or written
"""

from __future__ import annotations

from corpus.errors import AttacheError

__all__ = ["AccountError", "AccountsFailed", "BadUser", "NotAdmitted", "TooManyAttempts", "UnknownUser"]


class AccountError(AttacheError):
    """Something with an account cannot be done as asked."""


class BadUser(AccountError):
    """A name, a role or a password cannot be used."""

    advice = "Names are 1 to 64 letters, figures and . _ @ -; passwords have 12 characters or more and do not hold the name."


class UnknownUser(AccountError):
    """Nobody has that name, or no token that label."""

    advice = "List them with `attache user list`."


class NotAdmitted(AccountError):
    """Name and password do not open a session; which of them is wrong is not told."""

    advice = "Check both, or ask an administrator."


class TooManyAttempts(AccountError):
    """So many attempts failed that the next one must wait `seconds`."""

    advice = "Wait, and try again."
    retryable = True

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts failed; the next one is heard in {seconds} seconds.")
        self.seconds = seconds


class AccountsFailed(AccountError):
    """The accounts cannot be read or written."""

    advice = "Check that the data folder exists, has room and may be written; another version may have made the file."
