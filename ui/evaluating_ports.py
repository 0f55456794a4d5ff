"""What the page for measuring needs from whoever measures; the command line finds it among the entry points `attache.pages`.

The views are structural, as those of `ui.ports`: the page knows nothing of the benchmarks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

__all__ = ["Bench", "CaseFileView", "ChoicesView", "PastRunView", "ScoreView", "StateView", "VariationView"]


class CaseFileView(Protocol):
    """A case file that may be chosen by its key."""

    @property
    def key(self) -> str:
        """What names it in an order."""
        ...

    @property
    def name(self) -> str:
        """The file's name."""
        ...

    @property
    def count(self) -> int:
        """How many questions it holds."""
        ...

    @property
    def own(self) -> bool:
        """Whether it is a person's own."""
        ...

    @property
    def chosen(self) -> bool:
        """Whether it is chosen to begin with."""
        ...


class VariationView(Protocol):
    """One thing that may be varied: provisions, model or encoder."""

    @property
    def name(self) -> str:
        """What is varied."""
        ...

    @property
    def keys(self) -> Sequence[str]:
        """What may be chosen, the first one as set; empty for as set."""
        ...


class ChoicesView(Protocol):
    """All that may be ordered."""

    @property
    def files(self) -> Sequence[CaseFileView]:
        """The case files."""
        ...

    @property
    def variations(self) -> Sequence[VariationView]:
        """What may be varied."""
        ...


class StateView(Protocol):
    """How far a run is; `kind` is idle, running, stopping, done, stopped or failed."""

    @property
    def kind(self) -> str:
        """How it stands."""
        ...

    @property
    def busy(self) -> bool:
        """Whether a run goes on."""
        ...

    @property
    def stage(self) -> str:
        """What is being done."""
        ...

    @property
    def done(self) -> int:
        """How much is done."""
        ...

    @property
    def total(self) -> int:
        """How much there is, nought where that is not known."""
        ...

    @property
    def name(self) -> str:
        """The configuration that runs."""
        ...

    @property
    def place(self) -> int:
        """Its place among those ordered."""
        ...

    @property
    def of(self) -> int:
        """How many were ordered."""
        ...

    @property
    def runs(self) -> Sequence[str]:
        """The finished runs of this order."""
        ...

    @property
    def problem(self) -> str:
        """Why it failed: a sentence, `cases` or `unknown`."""
        ...

    @property
    def advice(self) -> str:
        """What to do about it."""
        ...

    @property
    def faults(self) -> Sequence[str]:
        """What is wrong with the case files, each with file, line and reason."""
        ...

    @property
    def version(self) -> int:
        """Grows with every change."""
        ...


class ScoreView(Protocol):
    """A mean from nought to one with its interval."""

    @property
    def mean(self) -> float:
        """The mean."""
        ...

    @property
    def low(self) -> float:
        """The lower end."""
        ...

    @property
    def high(self) -> float:
        """The upper end."""
        ...


class PastRunView(Protocol):
    """A run that was made."""

    @property
    def name(self) -> str:
        """What names it."""
        ...

    @property
    def started(self) -> str:
        """When it was begun, in UTC; empty where not known."""
        ...

    @property
    def day(self) -> str:
        """The day that it was asked for."""
        ...

    @property
    def files(self) -> Sequence[str]:
        """Its case files."""
        ...

    @property
    def n(self) -> int:
        """How many questions were asked."""
        ...

    @property
    def right(self) -> ScoreView | None:
        """The share that was right, None for a run that was interrupted."""
        ...

    @property
    def generator(self) -> str:
        """What worded the answers."""
        ...

    @property
    def settings(self) -> str:
        """What was set otherwise than usual."""
        ...


class Bench(Protocol):
    """Whoever measures. Its errors are AttacheErrors; those that have `vi` and `vi_advice` say themselves in Vietnamese too."""

    def choices(self) -> ChoicesView:
        """Return what may be ordered."""
        ...

    def start(
        self, files: Sequence[str], varied: Mapping[str, Sequence[str]], limit: int | None = None, day: date | None = None, curve: bool = True
    ) -> None:
        """Start a run in the background; raises an AttacheError when one goes on or the order makes no sense."""
        ...

    def stop(self) -> None:
        """Ask the run to stop."""
        ...

    def close(self) -> None:
        """Stop the run and wait until it has stopped."""
        ...

    def state(self, after: int = -1, seconds: float = 0.0) -> StateView:
        """Return the state, once it is newer than version `after` or so many seconds have passed."""
        ...

    def runs(self) -> Sequence[PastRunView]:
        """Return the runs there are, the newest first."""
        ...

    def page(self, kind: str, names: Sequence[str], language: str) -> str:
        """Return an HTML page about runs: `report` of one, `compare` of two, `beside` of several; raises an AttacheError."""
        ...
