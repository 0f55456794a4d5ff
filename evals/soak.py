"""A server used for a long time: asked without a break while acts come, are replaced and go, pages are loaded and backups made.

    python -m evals.soak [--minutes 30] [--users 10] [--pause 0.5] [--json FILE]

Every turn of the writer takes a made-up act in, in a new version, or away, and waits until the server answers by it; every so many turns the
data folder is backed up and the backup checked. A line a stretch of time tells questions, errors, times, memory and open files. At the end the
index must be sound, the server must end when told, and its error stream must hold no traceback. Exit status 1 when anything was not so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

from evals.bench_load import questions
from evals.crash_work import law, mark, number_of
from evals.load import Sample, Tally, ask_api, percentile, press, served, summary, watch

__all__ = ["Soak", "main", "stretches"]

_SEEN = 30.0
"""So many seconds may pass until a server under load answers by what was taken in."""
_STRETCHES = 10
_BACKUP = 8
_ARTICLES = (6, 60, 300)


@dataclass(slots=True)
class Soak:
    """What the writer and the visitor found: how often each thing was done, how long it took to be seen, and what was wrong."""

    done: dict[str, int] = field(default_factory=dict)
    seen: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def count(self, name: str) -> None:
        """Count a thing that was done."""
        self.done[name] = self.done.get(name, 0) + 1


class Writer:
    """Takes made-up acts in and away by the command line, as a curator would, beside a server that answers."""

    def __init__(self, folder: Path, environment: dict[str, str], port: int, soak: Soak) -> None:
        self._folder, self._environment, self._port, self._soak = folder, environment, port, soak
        self._acts = folder / "acts"
        self._acts.mkdir()
        self._versions: dict[int, int] = {}

    def work(self, over: Event) -> None:
        """Do one thing after another until told to stop."""
        turn = 0
        while not over.wait(1.0):
            (self._add, self._replace, self._add, self._remove)[turn % 4](turn)
            turn += 1
            if turn % _BACKUP == 0:
                self._back_up(turn)

    def _add(self, turn: int) -> None:
        self._write(901 + turn, 1, turn)
        self._take("taken in")
        self._shown(901 + turn, 1)

    def _replace(self, turn: int) -> None:
        number = max(self._versions)
        self._write(number, self._versions[number] + 1, turn)
        self._take("replaced")
        self._shown(number, self._versions[number])

    def _remove(self, turn: int) -> None:
        number = min(self._versions)
        (self._acts / f"law{number}.txt").unlink()
        version = self._versions.pop(number)
        self._take("removed")
        self._shown(number, version, gone=True)

    def _write(self, number: int, version: int, turn: int) -> None:
        """Write the file of an act."""
        (self._acts / f"law{number}.txt").write_text(law(number, version, _ARTICLES[turn % len(_ARTICLES)]), "utf-8")
        self._versions[number] = version

    def _take(self, name: str) -> None:
        """Have the folder taken in."""
        self._run(name, "ingest", "--yes", str(self._acts))

    def _back_up(self, turn: int) -> None:
        """Make a backup while questions are answered, and have every byte of it looked at."""
        path = self._folder / f"{turn}.backup"
        if self._run("backed up", "backup", str(path)):
            self._run("backup checked", "restore", str(path), "--check")
            path.unlink(missing_ok=True)

    def _run(self, name: str, *arguments: str) -> bool:
        """Run a command; tells whether it ended well."""
        command = [sys.executable, "-m", "ui.cli", *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, encoding="utf-8", check=False)
        self._soak.count(name)
        if done.returncode:
            self._soak.wrong.append(f"{name}: {(done.stderr or done.stdout).strip()[-300:]}")
        return not done.returncode

    def _shown(self, number: int, version: int, *, gone: bool = False) -> None:
        """Wait until the server finds the words of a version, or no longer does."""
        began, word = time.monotonic(), mark(number, version)
        asked = {"q": f"Cơ quan thứ 3 báo cáo về {word}", **({} if gone else {"document": number_of(number)})}
        address = f"http://127.0.0.1:{self._port}/api/v1/search?{urlencode(asked)}"
        while True:
            try:
                with urllib.request.urlopen(address, timeout=60) as reply:
                    found = word in reply.read().decode()
            except urllib.error.HTTPError:  # the act that the search is limited to is not known yet
                found = False
            if found is not gone:
                self._soak.seen.append(time.monotonic() - began)
                return
            if time.monotonic() - began > _SEEN:
                self._soak.wrong.append(f"{number_of(number)} version {version} was not {'gone' if gone else 'found'} within {_SEEN:.0f} s")
                return
            time.sleep(0.1)


def _visit(port: int, soak: Soak, over: Event) -> None:
    """Load the page and what asks after our health, again and again."""
    while not over.wait(5.0):
        for path in ("", "healthz", "readyz"):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=60) as reply:
                    reply.read()
                soak.count(f"/{path} loaded")
            except urllib.error.HTTPError as error:
                soak.wrong.append(f"/{path}: {error.code} {error.read().decode('utf-8', 'replace')[:200].strip()}")
            except OSError as error:
                soak.wrong.append(f"/{path}: {error}")


def stretches(tally: Tally, samples: Sequence[Sample], count: int = _STRETCHES) -> list[dict[str, Any]]:
    """Return the figures of each of `count` stretches of equal time: questions, times in seconds, memory in MiB and files at its end."""
    if not samples:
        return []
    rows, first = [], 0
    for at in range(1, count + 1):
        inside = [sample for sample in samples if sample.at <= samples[-1].at * at / count] or [samples[0]]
        times, first = tally.seconds[first : inside[-1].asked], inside[-1].asked
        rows.append({
            "minute": round(inside[-1].at / 60, 1), "questions": len(times), "p50_s": round(percentile(times, 0.5), 3),
            "p95_s": round(percentile(times, 0.95), 3), "memory_mb": round(inside[-1].memory), "files": inside[-1].files,
        })  # fmt: skip
    return rows


def main(arguments: Sequence[str] | None = None, tell: Callable[[str], object] = sys.stdout.write) -> int:
    """Soak a server and print what came of it; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.soak", description="Use a server for a long time.")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between an answer and the same user's next question")
    parser.add_argument("--port", type=int, default=7991)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    tally, samples, soak, over = Tally(), list[Sample](), Soak(), Event()
    with tempfile.TemporaryDirectory(prefix="attache-soak-") as name:
        folder = Path(name)
        environment = {**os.environ, "ATTACHE_HOME": str(folder / "home")}
        with (folder / "errors").open("w+", encoding="utf-8") as errors:
            command = [sys.executable, "-m", "ui.cli", "ui", "--port", str(options.port)]
            with served(command, environment, f"{options.port}/readyz", errors) as process:
                threads = [
                    Thread(target=watch, args=(process, tally, samples, over)), Thread(target=_visit, args=(options.port, soak, over)),
                    Thread(target=Writer(folder, environment, options.port, soak).work, args=(over,)),
                ]  # fmt: skip
                for thread in threads:
                    thread.start()
                try:
                    seconds = press(
                        options.port, ask_api, questions(), tally, users=options.users, seconds=60 * options.minutes, pause=options.pause
                    )
                finally:
                    over.set()
                    for thread in threads:
                        thread.join()
            errors.seek(0)
            said = errors.read()
        checked = subprocess.run([sys.executable, "-m", "ui.cli", "index", "verify"], env=environment, capture_output=True, text=True, check=False)
    if checked.returncode:
        soak.wrong.append(f"index verify: {checked.stdout[-500:]}")
    if "Traceback" in said:
        soak.wrong.append(f"the server's error stream: {said[-1000:]}")
    figures = {
        **summary(tally, samples, seconds), "users": options.users, "pause": options.pause, "done": soak.done,
        "seen_after_s": {"p50": round(percentile(soak.seen, 0.5), 2), "worst": round(max(soak.seen, default=0.0), 2)},
        "stretches": stretches(tally, samples), "wrong": soak.wrong,
    }  # fmt: skip
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    tell(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    return 1 if soak.wrong or tally.errors else 0


if __name__ == "__main__":
    sys.exit(main())
