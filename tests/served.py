"""A page served by a process of its own, for tests in a browser: started on a free port, asked once, stopped at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

__all__ = ["Served", "code_served", "served"]

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Served:
    """A running page and its process, whose standard streams are pipes."""

    process: subprocess.Popen[str]
    url: str

    def order(self, word: str) -> str:
        """Send one line and return the line that comes back; "open" brings none."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip() if word != "open" else ""


@contextmanager
def served(folder: Path, *arguments: str, **environment: str) -> Iterator[Served]:
    """Run Python with these arguments, `PORT` among them standing for a free port, until the caller is done.

    The first line that is printed must name the address. What is complained of is in `folder/stderr`, and fails the test when nothing comes up.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, *(port if one == "PORT" else one for one in arguments)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment}
    pipe = subprocess.PIPE
    with (folder / "stderr").open("w") as errors:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=errors, text=True, encoding="utf-8", env=surroundings)
    assert process.stdout is not None
    made = Served(process, f"http://127.0.0.1:{port}/")
    try:
        if made.url not in process.stdout.readline():
            process.kill()
            pytest.fail((folder / "stderr").read_text("utf-8"))
        urllib.request.urlopen(made.url, timeout=60).close()  # the socket listens before the application is up
        yield made
    finally:
        process.terminate()
        process.communicate(timeout=90)


@contextmanager
def code_served(folder: Path, code: str, *arguments: object) -> Iterator[Served]:
    """Run a few lines of Python that serve a page; their arguments are the port and these. What is left open is an error."""
    with served(folder, "-W", "error::ResourceWarning", "-c", code, "PORT", *map(str, arguments)) as made:
        yield made
