"""The page for measuring, seen from here: what may be run, one run at a time in the background, and the runs there are.

The web page comes to it by the entry point `attache.pages`, so that `ui` and `evals` know nothing of each other.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.errors import AttacheError
from assistant.settings import Settings
from evals.errors import BadCases, BadOrder
from evals.evaluate import start_run
from evals.order import Choices, Order, choices
from evals.past import PastRun, past_runs, run_page

__all__ = ["State", "Workbench", "open_workbench"]

_LOG = logging.getLogger(__name__)


def open_workbench() -> Workbench:
    """Return the workbench over the settings of the environment."""
    return Workbench(Settings.read())


class _Stopped(Exception):
    """Somebody stopped the run; what it has asked is kept."""


@dataclass(frozen=True, slots=True)
class State:
    """How far the work is.

    `kind` is idle, running, stopping, done, stopped or failed; `stage` what is being done, `done` of `total`, in
    configuration `place` of `of`, called `name`. `runs` names the finished runs of this order. `problem`, `advice` and
    `faults` tell why it failed; `version` grows with every change.
    """

    kind: str = "idle"
    stage: str = ""
    done: int = 0
    total: int = 0
    name: str = ""
    place: int = 0
    of: int = 0
    runs: tuple[str, ...] = ()
    problem: str = ""
    advice: str = ""
    faults: tuple[str, ...] = ()
    version: int = 0

    @property
    def busy(self) -> bool:
        """Whether a run goes on."""
        return self.kind in ("running", "stopping")


class Workbench:
    """Runs what is ordered, one order at a time; may be called from any thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._changed = threading.Condition()
        self._state = State()
        self._thread: threading.Thread | None = None

    def choices(self) -> Choices:
        """Return what may be ordered now."""
        return choices(self._settings)

    def start(
        self, files: Sequence[str], varied: Mapping[str, Sequence[str]], limit: int | None = None, day: date | None = None, curve: bool = True
    ) -> None:
        """Start a run in the background; raises BadOrder when one goes on or the order makes no sense."""
        order = Order.read(self.choices(), files, varied, limit, day, curve)
        with self._changed:
            if self._state.busy:
                raise BadOrder(
                    "A run is going on; only one runs at a time.", advice="Wait until it ends, or stop it.",
                    vi="Đang có một lần đo; mỗi lúc chỉ chạy một lần.", vi_advice="Chờ lần đo ấy xong, hoặc dừng nó.",
                )  # fmt: skip
            self._state = State("running", "opening", of=len(order.configurations), version=self._state.version + 1)
            self._changed.notify_all()
            # a daemon, for a page that is closed must not wait for hours of questions; `close` ends it in good order
            self._thread = threading.Thread(target=self._work, args=(order,), name="evaluation", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ask the run to stop; it does at its next question, and goes on from there when the same is ordered again."""
        with self._changed:
            if self._state.kind == "running":
                self._set(kind="stopping")

    def close(self) -> None:
        """Stop the run and wait until it has stopped."""
        self.stop()
        if self._thread is not None:
            self._thread.join(60)

    def state(self, after: int = -1, seconds: float = 0.0) -> State:
        """Return the state, once it is newer than version `after` or so many seconds have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.version > after, seconds)
            return self._state

    def runs(self) -> tuple[PastRun, ...]:
        """Return the runs of the data folder, the newest first."""
        return past_runs(self._settings.home)

    def page(self, kind: str, names: Sequence[str], language: str) -> str:
        """Return the report of a run, or of two compared or several side by side, as one HTML page that runs nothing; raises BadRun."""
        return run_page(self._settings.home, kind, names, language)

    def _set(self, **changes: Any) -> None:
        """Change the state and tell those who wait."""
        with self._changed:
            self._state = replace(self._state, **changes, version=self._state.version + 1)
            self._changed.notify_all()

    def _watch(self, stage: str, done: int, total: int) -> None:
        """Take a step of the run down; raises _Stopped when it is to stop."""
        if self._state.kind == "stopping":
            raise _Stopped
        self._set(stage=stage, done=done, total=total)

    def _work(self, order: Order) -> None:
        """Run an order to its end, whatever becomes of it."""
        try:
            for place, one in enumerate(order.configurations, 1):
                self._watch("opening", 0, 0)
                self._set(name=one.name, place=place)
                folder, _ = start_run(
                    self._settings, order.paths, configuration=one, day=order.day, curve=order.curve, limit=order.limit, progress=self._watch,
                )  # fmt: skip
                self._set(runs=(*self._state.runs, folder.name))
            self._set(kind="done")
        except _Stopped:
            self._set(kind="stopped")
        except BadCases as error:
            self._set(kind="failed", problem="cases", faults=error.faults, advice=error.advice)
        except AttacheError as error:
            self._set(kind="failed", problem=str(error), advice=error.advice)
        except Exception:  # the page must learn of whatever ended the run; the log has it whole
            _LOG.exception("a run broke off")
            self._set(kind="failed", problem="unknown")
