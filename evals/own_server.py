"""A program that serves on loopback, for tests and trials: started and stopped at will in a folder that is thrown away."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

__all__ = ["OwnServer", "folder_for", "free_port"]

_PATIENCE = 30.0


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class OwnServer:
    """A server in a folder, `name` being what errors call it and `ending` the signal that stops it; subclasses tell how it is run and asked."""

    name = "The server"
    ending = signal.SIGTERM

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> Sequence[str]:
        """Return how it is run."""
        raise NotImplementedError

    def surroundings(self) -> dict[str, Any]:
        """Return where it is run, and by whom."""
        return {"cwd": self.folder}

    def answers(self) -> bool:
        """Tell whether it answers."""
        raise NotImplementedError

    def start(self) -> None:
        """Start it and wait until it answers. Raises RuntimeError."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self.command(), stdout=log, stderr=log, **self.surroundings())
        until = time.monotonic() + _PATIENCE
        while not self.answers():
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError(f"{self.name} does not start: {(self.folder / 'log').read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it; whoever is connected is cut off."""
        if self._process is not None:
            self._process.send_signal(self.ending)
            self._process.wait(_PATIENCE)
            self._process = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it for the block. Raises RuntimeError."""
        self.start()
        try:
            yield
        finally:
            self.stop()


@contextmanager
def folder_for(what: str) -> Iterator[Path]:
    """Give a folder that is thrown away."""
    folder = Path(mkdtemp(prefix=f"attache-{what}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
