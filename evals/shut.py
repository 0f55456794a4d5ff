"""The network of this process shut for good, and what tries to leave all the same.

Two layers watch. The kernel gives this process and all it starts a network of their own (`assistant.alone`), where whatever is tried is
seen, by native code and by a browser too; where it gives none, that is told. And what Python code tries is refused before it gets there.
A process that has threads can no longer be put there, so `python -m evals.shut` is a fresh one, and nothing heavy is imported before.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from threading import Lock
from time import sleep

from assistant.alone import NotAlone, enter
from assistant.doctor import refuse_for_good

__all__ = ["Said", "Watch", "in_a_fresh_process", "shut", "told"]

Said = tuple[str, bool]
"""A sentence of what was done, and whether it went as it should."""

_ROOT = Path(__file__).parent.parent
_SETTLING = 0.1


class Watch:
    """The attempts so far; told from any thread."""

    def __init__(self) -> None:
        self._attempts: list[str] = []
        self._lock = Lock()

    def tell(self, attempt: str) -> None:
        """Take an attempt down."""
        with self._lock:
            self._attempts.append(attempt)

    def taken(self) -> tuple[str, ...]:
        """Return the attempts since the last time, each once, and forget them."""
        sleep(_SETTLING)  # what the kernel has seen is on its way
        with self._lock:
            found = tuple(dict.fromkeys(self._attempts))
            self._attempts.clear()
        return found


def shut(watch: Watch) -> Said:
    """Put this process where nothing but loopback is in reach, for good; returns which layers watch."""
    try:
        enter(watch.tell)
        said = "the network is shut by the kernel: whatever leaves is seen, of native code and of the browser too"
    except NotAlone as error:
        said = f"the network is shut for Python code alone; native code is not watched. {error}"
    refuse_for_good(watch.tell)
    return said, True


def told(said: Iterable[Said]) -> int:
    """Print each sentence as it comes; returns the exit status, 1 when one is not well."""
    sound = True
    for sentence, passed in said:
        sound = sound and passed
        sys.stdout.buffer.write(f"{'ok ' if passed else 'NOT'} {sentence}\n".encode())
        sys.stdout.buffer.flush()
    return 0 if sound else 1


def in_a_fresh_process() -> int:
    """Do everything once with the network shut, in a process of its own; returns its exit status."""
    sys.stdout.flush()
    paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.run([sys.executable, "-m", "evals.shut"], env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"}, check=False).returncode


def main() -> int:
    """Shut the network of this process, do everything once, and print what came of it; returns the exit status."""
    watch = Watch()
    layers = shut(watch)
    from assistant.settings import Settings
    from evals.leaving import offline

    return told(chain([layers], offline(Settings.read(), watch)))


if __name__ == "__main__":
    sys.exit(main())
