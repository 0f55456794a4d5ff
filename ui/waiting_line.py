"""The line of questions: so many are answered at once as the machine can, and users take turns, however many each has sent.

Everybody's questions wait in a row of their own; whenever a place is free, the next row in turn sends its first. So who sends a
hundred questions at once waits for them, and who sends one waits for no more than one of each other user.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from ui.plainly import say
from ui.whose import USER

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Line", "Queueing", "TooBusy"]

_USERS = 10_000
_ASKING = re.compile(r"/(?:api/v1/(?:ask|search)|v1/chat/completions|mcp)/?")


class TooBusy(Exception):
    """A question that cannot be taken now; `name` is that of the refusal in `ui.plainly`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Line:
    """A line before `places`; at most `each` questions of a named user wait, and `most` in all. To be used from one event loop.

    With a `rate` a named user may ask so many questions a minute; `clock` gives seconds.
    """

    def __init__(self, places: int, each: int = 20, most: int = 500, rate: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._free, self._each, self._most = places, each, most
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._rows: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """The number of questions that wait."""
        return sum(len(row) for row in self._rows.values())

    @asynccontextmanager
    async def turn(self, user: str | None) -> AsyncIterator[None]:
        """Hold a place for the block; None is whoever uses a server without accounts. Raises TooBusy."""
        if user and self._rate:
            self._count(user)
        if self._free:
            self._free -= 1
        else:
            await self._wait(user)
        try:
            yield
        finally:
            self._leave()

    def _count(self, user: str) -> None:
        """Take one question from what a user has left: a bucket that fills again within a minute. Raises TooBusy."""
        now = self._clock()
        left, then = self._left.pop(user, (float(self._rate), now))
        left = min(float(self._rate), left + (now - then) * self._rate / 60)
        self._left[user] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > _USERS:
            self._left.popitem(last=False)
        if left < 1:
            raise TooBusy("too_fast")

    async def _wait(self, user: str | None) -> None:
        """Wait until it is the user's turn."""
        row = self._rows.setdefault(user or "", deque())
        if (user and len(row) >= self._each) or self.waiting >= self._most:
            self._tidy(user or "")
            raise TooBusy("too_many_waiting" if self.waiting < self._most else "busy")
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        row.append(place)
        try:
            await place
        except asyncio.CancelledError:  # who waited has gone away
            if place.done() and not place.cancelled():
                self._leave()
            elif place in row:
                row.remove(place)
                self._tidy(user or "")
            raise

    def _leave(self) -> None:
        """Give a place to the next user in turn, or keep it free."""
        while self._rows:
            user, row = self._rows.popitem(last=False)
            place = row.popleft()
            if row:
                self._rows[user] = row  # to the end: the others come first
            if not place.done():
                place.set_result(None)
                return
        self._free += 1

    def _tidy(self, user: str) -> None:
        """Take an empty row away."""
        if not self._rows.get(user, True):
            del self._rows[user]


class Queueing:
    """ASGI middleware that lets programs' questions take their turn; behind the entrance, which knows the user."""

    def __init__(self, app: ASGIApp, line: Line) -> None:
        self._app, self._line = app, line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on in its turn, or answer 429 or 503."""
        if scope["type"] != "http" or not _ASKING.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            async with self._line.turn(scope.get(USER)):
                await self._app(scope, receive, send)
        except TooBusy as error:
            await say(scope, send, error.name, [(b"retry-after", b"5")])
