"""A Chroma server of one's own on loopback (`chroma run`), for tests and trials: stopped and started at will."""

from __future__ import annotations

import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from evals.own_server import OwnServer, folder_for

__all__ = ["VectorServer", "vector_server"]


class VectorServer(OwnServer):
    """A server that keeps its vectors in a folder; `url` is its address for ATTACHE_VECTORS."""

    name = "Chroma"

    @property
    def url(self) -> str:
        """The address with a name for the vectors."""
        return f"http://127.0.0.1:{self.port}/attache"

    def command(self) -> Sequence[str]:
        """Return how it is run."""
        program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"
        return [program, "run", "--path", str(self.folder / "data"), "--host", "127.0.0.1", "--port", str(self.port)]

    def answers(self) -> bool:
        """Tell whether it answers."""
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v2/heartbeat", timeout=2).close()
        except (OSError, urllib.error.URLError):
            return False
        return True


@contextmanager
def vector_server() -> Iterator[VectorServer]:
    """Give a server that runs until the end of the block. Raises RuntimeError."""
    with folder_for("vectors") as folder:
        server = VectorServer(folder)
        with server.running():
            yield server
