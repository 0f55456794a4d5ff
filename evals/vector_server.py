"""A Chroma server of one's own on loopback (`chroma run`), for tests and trials: stopped and started at will."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

__all__ = ["VectorServer", "vector_server"]

_PATIENCE = 30.0


class VectorServer:
    """A server that keeps its vectors in a folder; `url` is its address for ATTACHE_VECTORS."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/attache"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers. Raises RuntimeError."""
        program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"
        command = [program, "run", "--path", str(self._folder / "data"), "--host", "127.0.0.1", "--port", str(self.port)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        until = time.monotonic() + _PATIENCE
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError(f"Chroma does not start: {(self._folder / 'log').read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        """Tell whether it answers."""
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v2/heartbeat", timeout=2).close()
        except (OSError, urllib.error.URLError):
            return False
        return True

    def stop(self) -> None:
        """Stop it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(_PATIENCE)
            self._process = None


@contextmanager
def vector_server() -> Iterator[VectorServer]:
    """Give a server that runs until the end of the block. Raises RuntimeError."""
    folder = Path(mkdtemp(prefix="attache-vectors-"))
    try:
        server = VectorServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
