"""Whose request it is, and what they may do: the entrance writes it into the request's scope, where no browser can write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.history.values import LOCAL

__all__ = ["DISPLAY", "MAY", "USER", "may", "may_curate", "user_of"]

USER = "attache.user"
"""The key of the user's name in the scope of a request."""
DISPLAY = "attache.display"
"""The key of the name that the page shows, absent without accounts."""
MAY = "attache.may"
"""The key of what the user may do."""


def may_curate(scope: Mapping[str, Any]) -> bool:
    """Tell whether the user whose request this is may change the library."""
    return may(scope, "curate")


def user_of(scope: Mapping[str, Any] | None) -> str:
    """Return the name of the user whose request this is; without accounts there is one user."""
    return str((scope or {}).get(USER) or LOCAL)


def may(scope: Mapping[str, Any] | None, right: str) -> bool:
    """Tell whether the request's user may do what needs `right`; nothing is allowed that the entrance did not allow."""
    return right in ((scope or {}).get(MAY) or ())
