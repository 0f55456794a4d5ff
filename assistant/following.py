"""A worker that follows the catalogue: what another process took in or removed is answered here too, soon after.

Now and again the catalogue is asked for the name of its state; when that has changed the assistant is opened anew. Where the
catalogue or the index cannot be reached, that is remembered as `trouble` and tried again, so that nobody has to restart anything.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Thread

from assistant.errors import AttacheError
from index.errors import IndexBusy

__all__ = ["Following"]

_LOG = logging.getLogger(__name__)
_SHARE = 3.0
"""How many times as long as the last opening took is waited before the next one, so that a long ingest leaves time to answer."""


class Following:
    """Calls `renew` whenever `state` gives another value; to be used as a context manager."""

    def __init__(self, state: Callable[[], str], renew: Callable[[], None], seconds: float = 1.0) -> None:
        self._state, self._renew, self._seconds = state, renew, seconds
        self._end = Event()
        self._thread = Thread(target=self._follow, name="following", daemon=True)
        self._known: str | None = None
        self.trouble = ""

    def __enter__(self) -> Following:
        self._look(first=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join(10)

    def _follow(self) -> None:
        """Look again and again until the end."""
        pause = self._seconds
        while not self._end.wait(pause):
            pause = max(self._seconds, _SHARE * self._look())

    def _look(self, *, first: bool = False) -> float:
        """Look once; returns the seconds that an opening took, nought without one."""
        started = time.monotonic()
        try:
            state = self._state()
            if state == self._known:
                self.trouble = ""
                return 0.0
            if not first:
                self._renew()
            self._known, self.trouble = state, ""
        except IndexBusy:  # somebody writes at this moment; what is there goes on answering, and the next look finds it
            return time.monotonic() - started
        except AttacheError as error:
            if not self.trouble:
                _LOG.warning("the library cannot be followed: %s", error)
            self.trouble = f"{error} {error.advice}".strip()
        except Exception as error:  # whatever it was, the next look may succeed, and without this thread nothing would be followed
            _LOG.exception("the library cannot be followed")
            self.trouble = f"The library cannot be read ({type(error).__name__})."
        return time.monotonic() - started
