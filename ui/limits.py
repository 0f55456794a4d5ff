"""How much a request may carry: its body is read whole and counted before anything looks at it, so that nobody works on too much."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ui.plainly import say

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LARGER", "LARGEST", "Limits"]

LARGEST = 256 * 1024
"""Bytes of a request's body; the longest question with its longest history has half of that."""

LARGER: Mapping[str, int] = MappingProxyType({"/library/upload": 64 << 20})
"""Bytes of the bodies of addresses that take more."""


class Limits:
    """ASGI middleware that answers 413 for a body over `largest` bytes, whether its length is told or not."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, then pass it on in one piece."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        largest = max(self._largest, LARGER.get(scope["path"], 0))
        told = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if told.isdigit() and int(told[:20]) > largest:
            await say(scope, send, "too_large")
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":  # the caller has gone
                return
            body.extend(message.get("body", b""))
            more = message.get("more_body", False)
            if len(body) > largest:
                await say(scope, send, "too_large")
                return
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, again, send)
