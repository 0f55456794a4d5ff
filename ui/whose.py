"""Whose request it is. Whoever checks sign-ins puts the user's name into the request's scope; without accounts there is one user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.history.values import LOCAL

__all__ = ["CURATES", "USER", "may_curate", "user_of"]

USER = "attache.user"
"""The key of the user's name in the scope of a request; a browser cannot set it."""

CURATES = "attache.curates"
"""The key of whether that user may change the library, True or False; without accounts it is not there."""


def may_curate(scope: Mapping[str, Any]) -> bool:
    """Tell whether the user whose request this is may change the library."""
    return bool(scope.get(CURATES, True))


def user_of(scope: Mapping[str, Any] | None) -> str:
    """Return the name of the user whose request this is."""
    return str((scope or {}).get(USER) or LOCAL)
