"""Users who ask a server over HTTP, each one question after another, and what it did to them and to the server.

The users are threads of this process with one kept connection each; the server's memory, open files and processor time are read from
`/proc` meanwhile. Times are in seconds, memory in MiB.
"""

from __future__ import annotations

import http.client
import json
import math
import os
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import IO, Any

from evals.errors import EvalError

__all__ = ["Asker", "Sample", "Tally", "ask_api", "ask_gradio", "percentile", "press", "served", "slope", "summary", "watch"]

Asker = Callable[[http.client.HTTPConnection, str], None]
"""Asks one question over a connection and reads the whole answer; raises OSError, HTTPException or ValueError."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The server at a moment: seconds since the start, questions answered, memory, open files, processor seconds so far."""

    at: float
    asked: int
    memory: float
    files: int
    processor: float


@dataclass(slots=True)
class Tally:
    """What has been asked so far, from several threads."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def add(self, seconds: float, error: str = "") -> None:
        """Count one question."""
        with self.lock:
            self.seconds.append(seconds)
            if error:
                self.errors.append(error)


def ask_api(connection: http.client.HTTPConnection, question: str) -> None:
    """Ask the product's HTTP API."""
    connection.request("POST", "/api/v1/ask", json.dumps({"question": question}), {"content-type": "application/json"})
    reply = connection.getresponse()
    body = reply.read()
    if reply.status != 200 or not json.loads(body)["text"]:
        raise ValueError(f"status {reply.status}")


def ask_gradio(connection: http.client.HTTPConnection, question: str) -> None:
    """Ask a `gr.ChatInterface` by the two calls of Gradio's own clients."""
    connection.request("POST", "/gradio_api/call/chat", json.dumps({"data": [question]}), {"content-type": "application/json"})
    reply = connection.getresponse()
    event = json.loads(reply.read())["event_id"]
    connection.request("GET", f"/gradio_api/call/chat/{event}")
    reply = connection.getresponse()
    body = reply.read().decode("utf-8", "replace")
    if reply.status != 200 or "event: complete" not in body:
        raise ValueError(f"status {reply.status}: {body[:80]}")


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str], ready: str, errors: IO[Any] | None = None) -> Iterator[int]:
    """Run a server for the block, from when `ready` answers; gives its process. Raises EvalError when it does not come up or does not end.

    What it writes to its error stream goes to `errors`, or to where ours goes.
    """
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=errors, stdin=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 300
        while not _answers(f"http://127.0.0.1:{ready}"):
            if server.poll() is not None or time.monotonic() > until:
                raise EvalError("The server did not come up.", advice="Start it by hand to see why: " + " ".join(command))
            time.sleep(0.5)
        yield server.pid
    finally:
        server.terminate()
        try:
            server.wait(60)
        except subprocess.TimeoutExpired as error:
            server.kill()
            raise EvalError("The server did not end within a minute of being told to.", advice="Look at what it was doing.") from error


def _answers(url: str) -> bool:
    """Tell whether an address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def press(port: int, ask: Asker, questions: Sequence[str], tally: Tally, *, users: int, seconds: float, most: int = 0, pause: float = 0.0) -> float:
    """Let `users` ask for some seconds, or until `most` questions are asked, each with a pause between two; returns how long that took."""
    started, over = time.monotonic(), Event()

    def user(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        at = number * 37
        over.wait(pause * number / users)  # not all at the same moment
        while not over.is_set() and time.monotonic() - started < seconds and not (most and len(tally.seconds) >= most):
            began, error = time.perf_counter(), ""
            try:
                ask(connection, questions[at % len(questions)])
            except (OSError, http.client.HTTPException, ValueError, KeyError) as failed:
                error = f"{type(failed).__name__}: {failed}"[:120]
                connection.close()
                over.wait(0.2)
            tally.add(time.perf_counter() - began, error)
            at += 1
            over.wait(pause)
        connection.close()

    threads = [Thread(target=user, args=(number,), daemon=True) for number in range(users)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:
        over.set()
    return time.monotonic() - started


def watch(process: int, tally: Tally, samples: list[Sample], over: Event, every: float = 1.0) -> None:
    """Read what a process uses until `over` is set."""
    started = time.monotonic()
    while not over.wait(every):
        try:
            status = Path(f"/proc/{process}/status").read_text("utf-8")
            fields = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
            files = len(os.listdir(f"/proc/{process}/fd"))
        except OSError:
            return
        memory = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0.0)
        processor = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        samples.append(Sample(time.monotonic() - started, len(tally.seconds), memory, files, processor))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values does not exceed, nought for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the straight line nearest to the points (least squares), nought for fewer than two places."""
    n = len(points)
    mean_x, mean_y = (sum(p[i] for p in points) / n for i in (0, 1)) if n else (0.0, 0.0)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


def summary(tally: Tally, samples: Sequence[Sample], seconds: float) -> dict[str, Any]:
    """Return the figures. Slopes leave out the first third, in which caches fill; they are for ten thousand questions."""
    late = samples[len(samples) // 3 :]
    asked = len(tally.seconds)
    used = samples[-1].processor - samples[0].processor if samples else 0.0
    told = samples[-1].asked - samples[0].asked if samples else 0
    return {
        "questions": asked, "seconds": round(seconds, 1), "a_second": round(asked / seconds, 2) if seconds else 0.0,
        "errors": len(tally.errors), "first_errors": tally.errors[:3],
        "p50_s": round(percentile(tally.seconds, 0.5), 3), "p95_s": round(percentile(tally.seconds, 0.95), 3),
        "p99_s": round(percentile(tally.seconds, 0.99), 3), "worst_s": round(max(tally.seconds, default=0.0), 3),
        "processor_ms_a_question": round(1000 * used / told, 1) if told else 0.0,
        "memory_first_mb": round(late[0].memory, 1) if late else 0.0, "memory_last_mb": round(late[-1].memory, 1) if late else 0.0,
        "memory_mb_per_10000": round(10_000 * slope([(s.asked, s.memory) for s in late]), 2),
        "files_first": late[0].files if late else 0, "files_last": late[-1].files if late else 0,
        "files_per_10000": round(10_000 * slope([(s.asked, float(s.files)) for s in late]), 2),
    }  # fmt: skip
