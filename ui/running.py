"""How a server runs: its line, its health, its numbers and its log, made from settings and handed to the application in one piece."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from ui.health import Health
from ui.metrics import Metrics
from ui.observing import Lines, Observing
from ui.waiting_line import Line, Queueing

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["Running", "places", "running"]

_WORDED = 16
"""Answers at once where a chat model words them: then this process mostly waits."""


@dataclass(frozen=True, slots=True)
class Running:
    """What a server is run with; `trouble` returns why questions cannot be answered now, empty when they can."""

    line: Line
    trouble: Callable[[], str] = lambda: ""
    metrics: Metrics | None = None
    lines: Lines | None = None
    stopping: Event = field(default_factory=Event)

    def unready(self) -> str:
        """Return why no more questions should be sent here, empty when they may be."""
        return "stopping" if self.stopping.is_set() else self.trouble()

    def inside(self, app: FastAPI) -> None:
        """Add what must stand behind the entrance; the first middleware to be added."""
        app.add_middleware(Queueing, line=self.line)

    def before_the_entrance(self, app: FastAPI) -> None:
        """Add what anybody may ask, who has passed the guard; the last middleware before the guard."""
        app.add_middleware(Health, ready=self.unready)

    def around(self, app: FastAPI) -> None:
        """Add what stands around everything; the last middleware to be added."""
        app.add_middleware(Observing, metrics=self.metrics, lines=self.lines)


def places(quoting: bool) -> int:
    """Return how many answers are worked on at once: more than the processors would make each slower and none sooner."""
    return max(2, os.cpu_count() or 1) if quoting else _WORDED


@contextmanager
def running(line: Line, trouble: Callable[[], str], *, metrics: str = "", log: bool = False, words: bool = False) -> Iterator[Running]:
    """Give a server's running; `metrics` is the address that serves its numbers, `log` writes lines, with `words` questions too.

    Raises MetricsNotServed.
    """
    with ExitStack() as ending:
        made = Running(line, trouble, Metrics() if metrics else None, Lines(words=words) if log else None)
        if made.metrics:
            made.metrics.watch(lambda: line.waiting, lambda: not made.unready())
            ending.callback(made.metrics.serve(metrics))
        if made.lines:
            handler, root = made.lines.taking(logging.getLogger()), logging.getLogger()
            ending.callback(root.removeHandler, handler)
            made.lines.tell("started")
            ending.callback(made.lines.tell, "stopped")
        yield made
