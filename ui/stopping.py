"""Questions that a person has stopped, known by their keys, so that a stop ends just the one it means however late it comes.

A stop and the next question travel in requests of their own and may overtake each other. So each names the keys that are
stopped, a key that is not yet known is remembered, and nothing is said for a stopped one after the next has begun.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterable
from typing import TypeVar

from anyio import CancelScope

__all__ = ["Stops"]

T = TypeVar("T")
_REMEMBERED = 10_000


class Stops:
    """The keys of questions, each with whether it is stopped. To be used from one event loop."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._keys: OrderedDict[str, asyncio.Event] = OrderedDict()

    def stop(self, keys: Iterable[str]) -> None:
        """Stop the questions of these keys, begun or not."""
        for key in keys:
            self._of(key).set()

    async def unless(self, key: str, steps: AsyncGenerator[T]) -> AsyncGenerator[T]:
        """Yield the steps until their key is stopped; the maker of the steps is closed at the end, in the middle of one if need be."""
        stopped = self._of(key)
        stopping = asyncio.ensure_future(stopped.wait())
        step: asyncio.Future[T] | None = None
        try:
            while not stopped.is_set():
                step = asyncio.ensure_future(anext(steps))
                await asyncio.wait({step, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if stopped.is_set():
                    return
                try:
                    made = step.result()
                except StopAsyncIteration:
                    return
                yield made
        finally:
            stopping.cancel()
            with CancelScope(shield=True):  # whoever waited may be gone, and every wait here cancelled with it
                if step is not None:
                    step.cancel()
                    await asyncio.wait({step})
                    step.cancelled() or step.exception()  # looked at, so that nobody complains that it was not
                await steps.aclose()
            self._keys.pop(key, None)

    def _of(self, key: str) -> asyncio.Event:
        """Return the event of a key; the oldest are forgotten beyond the most that are remembered."""
        event = self._keys.setdefault(key, asyncio.Event())
        self._keys.move_to_end(key)
        while len(self._keys) > self._most:
            self._keys.popitem(last=False)
        return event

