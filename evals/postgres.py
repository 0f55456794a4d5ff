"""A PostgreSQL server of one's own on loopback, for tests and trials: made in a folder that is thrown away, stopped and started at will."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

__all__ = ["Postgres", "binaries", "postgres"]

_PATIENCE = 30.0
_USER = "attache"


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])) or [
        Path(one) for one in [shutil.which("initdb")] if one
    ]
    return found[-1].resolve().parent if found else None


class Postgres:
    """A server in a folder; `url` names a database of it."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder, self._programs = folder, programs
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the database that is there from the beginning."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the files of the server."""
        made = subprocess.run(
            [self._programs / "initdb", "-D", self._folder / "data", "-U", _USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            capture_output=True, text=True, check=False, **_as_somebody(self._folder),
        )  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr.strip()}")

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=32MB", "max_connections=60")
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), *(part for one in settings for part in ("-c", one))]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **_as_somebody(self._folder))
        until = time.monotonic() + _PATIENCE
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", _USER]
        while subprocess.run(ready, check=False).returncode:
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError(f"PostgreSQL does not start: {(self._folder / 'log').read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it; whoever is connected is cut off."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_PATIENCE)
            self._process = None


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Give a server that runs until the end of the block. Raises FileNotFoundError where PostgreSQL is not installed, RuntimeError."""
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("PostgreSQL's server is not installed.")
    folder = Path(mkdtemp(prefix="attache-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _somebody().pw_uid, _somebody().pw_gid)
        server = Postgres(folder, programs)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _somebody() -> pwd.struct_passwd:
    """Return whom the server runs as where we are root, whom PostgreSQL refuses."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _as_somebody(folder: Path) -> dict[str, Any]:
    """Return how a program of the server is run."""
    who: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:
        who |= {"user": _somebody().pw_uid, "group": _somebody().pw_gid, "extra_groups": []}
    return who
