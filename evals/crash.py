"""Programs killed at random moments of taking in, replacing, deleting, rebuilding, going back and backing up; nothing may be lost.

    python -m evals.crash [--times 50] [--seed 1] [--on sqlite|postgres|servers] [--library FOLDER]

Every time a process of its own works on one data folder and is killed by SIGKILL between its beginning and its end. Then another
opens the index as a user would. What had been accepted must be there, word for word, and be found; what was on its way is there
whole or not at all; `attache index verify` is clean. Exit status 1 when it once was not so. The moments are drawn from the seed; what a
moment meets depends on the machine. The catalogue lies in SQLite, or in a PostgreSQL that is started for it; `servers` has the vectors on a
Chroma server too. A database on a server is not backed up by us, so there that action is left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from assistant.settings import Settings
from evals.crash_work import Found, found_after, law, work
from evals.postgres import postgres
from evals.vector_server import vector_server

__all__ = ["ACTIONS", "Outcome", "Trial", "main"]

ACTIONS = ("ingest", "replace", "delete", "rebuild", "rollback", "backup")
_PATIENCE = 300.0
_PRELOADED = ["evals.crash_work", "chromadb", "tantivy", "tokenizers", "safetensors.numpy"]
_REFUSAL = "vectors are half written"
"""An earlier generation that a killed going back spoilt is rightly refused; the current one answers."""
_USUAL = 3.0
_WRITING, _WRITTEN = 0.6, 0.5
"""So many moments are counted in seconds from the first writing: it is short beside the reading and the opening."""
_SIZES = (5, 40, 250, 650)
"""Articles of a law, two passages each: Chroma puts vectors into place by the thousand."""


@dataclass(slots=True)
class Outcome:
    """How often each action was killed, how often it ended first, and every sentence of what was wrong."""

    killed: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    unfinished: int = 0
    refused: int = 0
    kept: int = 0
    taken: int = 0
    faults: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as it is printed."""
        return {
            "kills": sum(self.killed.values()), "killed": dict(self.killed), "ended_first": dict(self.ended),
            "left_unfinished": self.unfinished, "going_back_refused": self.refused,
            "in_flight_as_before": self.kept, "in_flight_as_after": self.taken, "faults": self.faults,
        }  # fmt: skip


class Trial:
    """One data folder, what was accepted into it, and the processes that are killed over it."""

    def __init__(
        self, folder: Path, seed: int, library: Path | None = None, sizes: Sequence[int] = _SIZES, database: str = "", vectors: str = "",
    ) -> None:
        self._settings = Settings(home=folder / "home", library=library, database=database or None, vectors=vectors)
        self._files = folder / "files"
        self._files.mkdir(parents=True)
        self._random, self._sizes = random.Random(seed), sizes
        self._accepted: dict[int, int] = {}
        self._laws: dict[int, tuple[int, str]] = {}
        self._seconds = dict.fromkeys(ACTIONS, _USUAL)
        self._next = 1
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(_PRELOADED)
        self.outcome = Outcome()

    def begin(self) -> None:
        """Make the index with two laws in it, nobody being killed."""
        changes = {number: 1 for number in (self._new(), self._new())}
        said, _ = self._run("ingest", [self._write(number, version) for number, version in changes.items()], None)
        self._accepted.update(changes)
        self._look(f"first: {said[-1]}", {})

    def turn(self) -> None:
        """Draw an action and a moment, kill, look."""
        action = self._random.choice(self._possible())
        changes = self._changes(action)
        paths = [self._write(number, version) for number, version in changes.items()]
        backup = self._files.parent / "backup.attache"
        if action == "backup":
            backup.unlink(missing_ok=True)
            paths = [backup]
        moment = self._random.uniform(0.0, 1.0) * self._seconds[action]
        if action != "backup" and self._random.random() < _WRITING:
            moment = -self._random.uniform(0.0, _WRITTEN)
        said, seconds = self._run(action, paths, moment)
        ended = said[-1:] == ["ended"]
        refused = [one for one in said if one.startswith("failed") and _REFUSAL in one]
        if ended:
            self._seconds[action] = 0.5 * (self._seconds[action] + seconds)
        else:  # it went on for longer than was thought
            self._seconds[action] = max(self._seconds[action], 1.2 * seconds)
            self.outcome.unfinished += bool(list(self._settings.home.glob("generations/*/unfinished")))
        if not refused:  # who is refused ends by itself
            (self.outcome.ended if ended else self.outcome.killed)[action] += 1
        self.outcome.refused += len(refused)
        self.outcome.faults.extend(f"{action}: {one}" for one in said if one.startswith("failed") and one not in refused)
        done = {number for number in changes if self._path(number).name in said}
        self._accepted = {n: v for n, v in {**self._accepted, **{n: changes[n] for n in done}}.items() if v}
        flying = {number: version for number, version in changes.items() if number not in done}
        self._look(f"{action} killed after {seconds:.2f} s", flying, backup)

    def _possible(self) -> list[str]:
        """Return the actions that have something to do."""
        earlier = len(list(self._settings.home.glob("generations/*/manifest.json"))) > 1
        enough = {
            "rollback": earlier, "delete": len(self._accepted) > 1, "replace": bool(self._accepted), "backup": self._settings.database is None,
        }  # fmt: skip
        return [action for action in ACTIONS if enough.get(action, True)]

    def _changes(self, action: str) -> dict[int, int]:
        """Return which laws get which version by an action, nought for none."""
        if action == "ingest":
            return {self._new(): 1 for _ in range(self._random.randint(1, 2))}
        if action in ("replace", "delete"):
            chosen = self._random.sample(sorted(self._accepted), min(2, len(self._accepted)))
            chosen = chosen if action == "replace" or len(self._accepted) > 2 else chosen[:1]
            return {number: self._accepted[number] + 1 if action == "replace" else 0 for number in chosen}
        return {}

    def _new(self) -> int:
        """Return the number of a law that never was."""
        self._next += 1
        return self._next + 900

    def _path(self, number: int) -> Path:
        return self._files / f"law{number}.txt"

    def _write(self, number: int, version: int) -> Path:
        """Write the file of a law, or remove it; returns its path."""
        path = self._path(number)
        if not version:
            path.unlink(missing_ok=True)
            return path
        articles, _ = self._laws.setdefault(number * 1000 + version, (self._random.choice(self._sizes), ""))
        text = law(number, version, articles).encode()
        path.write_bytes(text)
        self._laws[number * 1000 + version] = articles, hashlib.sha256(text).hexdigest()
        return path

    def _run(self, action: str, paths: Sequence[Path], moment: float | None) -> tuple[list[str], float]:
        """Let a process work and kill it; returns what it said and its seconds.

        It is killed after `moment` seconds, or so many (below nought) after it began to write; None for never.
        """
        mine, its = self._context.Pipe(duplex=False)
        process = self._context.Process(target=work, args=(its, action, self._settings, paths))
        process.start()
        its.close()
        said: list[str] = []
        if mine.poll(_PATIENCE) and mine.recv() == "begun":
            began = time.monotonic()
            if moment is not None and moment < 0:
                mine.poll(_PATIENCE)  # its first word is that it writes, or that it is done
            process.join(_PATIENCE if moment is None else abs(moment))
            seconds = time.monotonic() - began
            if process.is_alive():
                process.kill()
                process.join()
            said = _all_of(mine)
        mine.close()
        if process.exitcode not in (0, -signal.SIGKILL):
            said.append(f"failed: the process ended with {process.exitcode}")
        return said, seconds

    def _look(self, when: str, flying: dict[int, int], backup: Path | None = None) -> None:
        """Compare what a fresh process finds with what was accepted; what was on its way may be as before or as after."""
        mine, its = self._context.Pipe(duplex=False)
        process = self._context.Process(target=found_after, args=(its, self._settings, self._laws, backup))
        process.start()
        its.close()
        try:
            found: Found = mine.recv()
        except EOFError:
            found = Found({}, (), ("the next process fell too",))
        process.join(_PATIENCE)
        mine.close()
        faults = [*found.failed, *found.wrong]
        for number in self._accepted.keys() | flying.keys() | found.versions.keys():
            before, now = self._accepted.get(number, 0), found.versions.get(number, 0)
            if number in found.versions and not now:
                faults.append(f"law {number} is there by half")
            elif number in flying and now == flying[number] != before:
                self.outcome.taken += 1
                self._accepted[number] = now
            elif now != before:
                faults.append(f"law {number} has version {now}, not {before}")
            elif number in flying:
                self.outcome.kept += 1
            self._write(number, now)  # so that the folder holds what the index holds
        self._accepted = {number: version for number, version in self._accepted.items() if version}
        self.outcome.faults.extend(f"{when}: {fault}" for fault in faults)


def _all_of(told: Connection) -> list[str]:
    """Return everything that was sent before the other end closed."""
    said: list[str] = []
    try:
        while told.poll():
            said.append(told.recv())
    except (EOFError, OSError):  # killed in the middle of a word
        pass
    return said


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the test; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.crash", description="Kill writers at random moments and look what is left.")
    parser.add_argument("--times", type=int, default=50, help="how many kills (default 50)")
    parser.add_argument("--seed", type=int, default=1, help="draws actions and moments (default 1)")
    parser.add_argument("--on", choices=("sqlite", "postgres", "servers"), default="sqlite", help="where catalogue and vectors lie (default sqlite)")
    parser.add_argument("--library", type=Path, help="a folder of digests (default the bundled one)")
    options = parser.parse_args(arguments)
    folder, began = Path(mkdtemp(prefix="attache-crash-")), time.monotonic()
    with ExitStack() as servers:
        database = servers.enter_context(postgres()).url if options.on != "sqlite" else ""
        vectors = servers.enter_context(vector_server()).url if options.on == "servers" else ""
        trial = Trial(folder, options.seed, options.library, database=database, vectors=vectors)
        trial.begin()
        while sum(trial.outcome.killed.values()) < options.times:
            trial.turn()
            done = sum(trial.outcome.killed.values())
            sys.stderr.write(f"\r{done}/{options.times} kills, {len(trial.outcome.faults)} faults")
    sys.stderr.write("\n")
    told = trial.outcome.to_json() | {"seconds": round(time.monotonic() - began), "seed": options.seed, "on": options.on}
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    if trial.outcome.faults:
        sys.stderr.write(f"The data folder is kept in {folder}.\n")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
