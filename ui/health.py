"""Whether the server lives and is ready, for whoever keeps servers running: behind the guard, before anybody signs in.

`/healthz` answers as long as the process does; `/readyz` answers 200 while questions can be answered and 503 with the reason
otherwise, and from the moment that the server is told to stop. Both may be asked by anybody who uses a name of the server, and
tell nothing of anybody. A load balancer that asks by number is given that number as a name, `--name 10.0.0.5:7860`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["PROBES", "Health", "Readiness"]

PROBES = ("/healthz", "/readyz")

Readiness = Callable[[], str]
"""Returns why this worker cannot answer, empty when it can."""


class Health:
    """ASGI middleware that answers the two questions after our health."""

    def __init__(self, app: ASGIApp, ready: Readiness) -> None:
        self._app, self._ready = app, ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is asked of our health, pass on all else."""
        if scope["type"] != "http" or scope["path"] not in PROBES or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        reason = await run_in_threadpool(self._ready) if scope["path"] == "/readyz" else ""
        words = reason or ("ready" if scope["path"] == "/readyz" else "ok")
        body = (words + "\n").encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 503 if reason else 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
