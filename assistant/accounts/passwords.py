"""Passwords kept as argon2id hashes (RFC 9106), compared in the same time whether the user exists or not."""

from __future__ import annotations

import threading
import unicodedata

__all__ = ["Passwords"]

_AT_ONCE = 2
_MEMORY, _PASSES, _LANES = 19 * 1024, 2, 1
"""KiB, passes and lanes of one hash: the OWASP measure for argon2id, so that signing in stays quick on two cores."""


class Passwords:
    """Hashes passwords and checks them, two at a time, for each takes memory and a core; others wait their turn."""

    def __init__(self) -> None:
        from argon2 import PasswordHasher

        self._hasher = PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY, parallelism=_LANES)
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._turn:
            return self._hasher.hash(unicodedata.normalize("NFC", password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one that `kept` was made of; None, for a user that there is not, takes as long."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            with self._turn:
                matches = self._hasher.verify(kept or self._nobody, unicodedata.normalize("NFC", password))
        except (VerificationError, InvalidHashError):
            return False
        return matches and kept is not None
