"""An answer as server-sent events, ended with the reader: who goes away stops the model."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

from anyio import CancelScope
from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

__all__ = ["event", "streamed"]


def event(data: Any, name: str = "") -> str:
    """Return one event; JSON keeps its data on one line whatever the words hold."""
    written = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f"event: {name}\ndata: {written}\n\n" if name else f"data: {written}\n\n"


def streamed(events: Iterator[str]) -> StreamingResponse:
    """Return the response that sends the events as they come, and closes their maker when the reader leaves."""

    async def body() -> AsyncIterator[bytes]:
        try:
            async for one in iterate_in_threadpool(events):
                yield one.encode("utf-8", "replace")
        finally:
            close = getattr(events, "close", None)
            if close is not None:
                with CancelScope(shield=True):  # the reader is gone, and its call cancelled with it
                    await run_in_threadpool(close)

    return StreamingResponse(body(), media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"})
