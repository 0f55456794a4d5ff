"""Steps that are made in a thread, given one by one to whoever waits on the event loop; who goes away ends them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import TypeVar

from anyio import CancelScope
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

__all__ = ["stepwise"]

T = TypeVar("T")


async def stepwise(steps: Generator[T]) -> AsyncGenerator[T]:
    """Yield the steps as they come, and close their maker at the end, however that comes."""
    try:
        async for step in iterate_in_threadpool(steps):
            yield step
    finally:
        with CancelScope(shield=True):  # whoever waited is gone, and this call cancelled with it
            await run_in_threadpool(steps.close)
