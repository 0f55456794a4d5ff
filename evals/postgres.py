"""A PostgreSQL server of one's own on loopback, for tests and trials: made in a folder that is thrown away, stopped and started at will."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evals.own_server import OwnServer, folder_for

__all__ = ["Postgres", "binaries", "postgres"]

_USER = "attache"


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])) or [
        Path(one) for one in [shutil.which("initdb")] if one
    ]
    return found[-1].resolve().parent if found else None


class Postgres(OwnServer):
    """A server in a folder; `url` names a database of it."""

    name = "PostgreSQL"
    ending = signal.SIGINT

    def __init__(self, folder: Path, programs: Path) -> None:
        super().__init__(folder)
        self._programs = programs

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the database that is there from the beginning."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the files of the server."""
        made = subprocess.run(
            [self._programs / "initdb", "-D", self.folder / "data", "-U", _USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            capture_output=True, text=True, check=False, **self.surroundings(),
        )  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr.strip()}")

    def command(self) -> Sequence[str]:
        """Return how it is run."""
        settings = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=32MB", "max_connections=60")
        return [str(self._programs / "postgres"), "-D", str(self.folder / "data"), *(part for one in settings for part in ("-c", one))]

    def surroundings(self) -> dict[str, Any]:
        """Return where it is run, and by whom: PostgreSQL refuses root."""
        who = super().surroundings()
        if os.geteuid() == 0:
            who |= {"user": _somebody().pw_uid, "group": _somebody().pw_gid, "extra_groups": []}
        return who

    def answers(self) -> bool:
        """Tell whether it answers."""
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", _USER]
        return not subprocess.run(ready, check=False).returncode


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Give a server that runs until the end of the block. Raises FileNotFoundError where PostgreSQL is not installed, RuntimeError."""
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("PostgreSQL's server is not installed.")
    with folder_for("postgres") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, _somebody().pw_uid, _somebody().pw_gid)
        server = Postgres(folder, programs)
        server.make()
        with server.running():
            yield server


def _somebody() -> pwd.struct_passwd:
    """Return whom the server runs as where we are root, whom PostgreSQL refuses."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")

