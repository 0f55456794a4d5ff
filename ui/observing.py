"""The outermost layer of the server: what each request came to, and a log line for each.

A log line is one JSON object with the time, method, route, status and milliseconds: no address, no user, no query and no words of a
question. What a load balancer asks after our health every few seconds is neither counted nor written down.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ui.health import PROBES
from ui.metrics import Metrics

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Lines", "Observing", "route_of"]

_ROUTES = re.compile(
    r"^/(api/v1/(?:ask|search|documents|docs)|v1/(?:models|chat/completions)|mcp|sign-in|sign-out|gradio_api/queue/(?:join|data)"
    r"|(?:history|library|source|study|evaluate|page|assets|static|svelte|gradio_api))(?:/|$)"
)


class Lines:
    """Log lines as JSON objects; with `words` the texts of questions are among them."""

    def __init__(self, write: Callable[[str], object] | None = None, *, words: bool = False) -> None:
        self._write = write or _to_stderr
        self.words = words

    def tell(self, event: str, **fields: Any) -> None:
        """Write one line."""
        self._write(json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}, ensure_ascii=False))

    def taking(self, logger: logging.Logger) -> logging.Handler:
        """Write what a logger has to say as lines too; returns the handler, to be taken away again."""
        handler = _Handler(self)
        logger.addHandler(handler)
        return handler


class _Handler(logging.Handler):
    """Writes records of Python's logging as lines; of an exception its kind and place, for its words may hold a question."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(logging.WARNING)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        fields: dict[str, Any] = {"level": record.levelname.lower(), "logger": record.name, "message": str(record.msg)}
        if record.exc_info and record.exc_info[0] is not None:
            trace = record.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""
            fields |= {"error": record.exc_info[0].__name__, "where": where}
        self._lines.tell("log", **fields)


def _to_stderr(line: str) -> None:
    """Write a line to the error stream."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def route_of(path: str) -> str:
    """Return a path without what was asked for in it: one of a few names."""
    found = _ROUTES.match(path)
    return "/" + found.group(1) if found else "/" if path == "/" else "other"


class Observing:
    """ASGI middleware around everything."""

    def __init__(self, app: ASGIApp, metrics: Metrics | None = None, lines: Lines | None = None) -> None:
        self._app, self._metrics, self._lines = app, metrics, lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Watch everything that is asked but our health."""
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self._app(scope, receive, send)
        else:
            await self._watched(scope, receive, send)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and tell what it came to."""
        started, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            seconds, route = time.perf_counter() - started, route_of(scope["path"])
            if self._metrics:
                self._metrics.requested(route, status, seconds)
            if self._lines:
                self._lines.tell("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
