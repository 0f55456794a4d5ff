"""Steps that are made in a thread, given one by one to whoever waits on the event loop; who goes away ends them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from threading import Lock
from typing import TypeVar

from anyio import CancelScope
from starlette.concurrency import run_in_threadpool

__all__ = ["stepwise"]

T = TypeVar("T")


async def stepwise(steps: Generator[T]) -> AsyncGenerator[T]:
    """Yield the steps as they come, and close their maker at the end, however that comes.

    Whoever waits may be cancelled while a step is still being made in its thread: the maker is closed once that step is done.
    """
    making = Lock()

    def step() -> tuple[T] | None:
        with making:
            try:
                return (next(steps),)
            except StopIteration:
                return None

    def close() -> None:
        with making:
            steps.close()

    try:
        while (made := await run_in_threadpool(step)) is not None:
            yield made[0]
    finally:
        with CancelScope(shield=True):  # whoever waited is gone, and this call cancelled with it
            await run_in_threadpool(close)
