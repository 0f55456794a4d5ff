"""Gradio keeps a page's state, queue and stream under a name that the browser chose: each such name is its first user's alone.

Gradio itself gives a stream to whoever knows the name. Behind `ui.limits`, so that a body comes whole in one piece.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from ui.plainly import say
from ui.whose import user_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Belonging"]

_MOST = 20_000
_HEARTBEAT = "/gradio_api/heartbeat/"


class Belonging:
    """ASGI middleware that answers 404 for the session of another user."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._owners: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what belongs to its user."""
        if scope["type"] != "http" or not scope["path"].startswith("/gradio_api/"):
            await self._app(scope, receive, send)
            return
        names = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
        if scope["path"].startswith(_HEARTBEAT):
            names.append(scope["path"].removeprefix(_HEARTBEAT).strip("/"))
        if scope["method"] == "POST":
            message = await receive()
            names += _named(message.get("body", b""))
            receive = _again(message, receive)
        if all(self._owns(user_of(scope), name) for name in names):
            await self._app(scope, receive, send)
        else:
            await say(scope, send, "not_found")

    def _owns(self, user: str, name: str) -> bool:
        """Tell whether a session is this user's; one that nobody has becomes theirs."""
        owner = self._owners.setdefault(name, user)
        self._owners.move_to_end(name)
        if len(self._owners) > _MOST:
            self._owners.popitem(last=False)
        return owner == user


def _named(body: bytes) -> list[str]:
    """Return the session that a body names."""
    try:
        said = json.loads(body or b"null")
    except (ValueError, RecursionError):
        return []
    name = said.get("session_hash") if isinstance(said, dict) else None
    return [name] if isinstance(name, str) and name else []


def _again(message: Message, receive: Receive) -> Receive:
    """Return a `receive` that gives a message once more, and then what comes."""
    waiting = [message]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving
