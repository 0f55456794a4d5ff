"""Whose request it is. Whoever checks sign-ins puts the user's name into the request's scope; without accounts there is one user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.history.values import LOCAL

__all__ = ["USER", "user_of"]

USER = "attache.user"
"""The key of the user's name in the scope of a request; a browser cannot set it."""


def user_of(scope: Mapping[str, Any] | None) -> str:
    """Return the name of the user whose request this is."""
    return str((scope or {}).get(USER) or LOCAL)
