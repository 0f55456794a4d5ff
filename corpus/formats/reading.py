"""The way in: a file read in a process of its own, within limits. A crash, a hang or a greedy file costs one file.

    with ReadingProcess() as process:
        for path in paths:
            reading = process.read(path)     # raises Unreadable with one reason

One process reads many files, one after the other, for starting it costs more than reading most of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from corpus.errors import Fault, Unreadable
from corpus.formats.dispatch import Piece
from corpus.formats.limits import Limits
from corpus.formats.starting import program_of
from corpus.source import Source

__all__ = ["Reading", "ReadingProcess", "read_source"]

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one path: one piece, or one for each file of an archive; and the files of it that could not be."""

    pieces: tuple[Piece, ...]
    faults: tuple[Fault, ...]


class ReadingProcess:
    """A child process that reads files, started when the first is asked for and anew when a file broke it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = b""

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, with whatever it started itself."""
        process, self._process, self._rest = self._process, None, b""
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):  # what was not sent yet has nobody left to read it
                    pipe.close()
        process.wait()

    def read(self, path: Path) -> Reading:
        """Return what stands in a file; raises Unreadable when nothing of it can be read."""
        process = self._running()
        request = json.dumps({"path": os.fspath(path.absolute()), "limits": asdict(self._limits)}) + "\n"
        pieces: list[Piece] = []
        faults: list[Fault] = []
        finished = False
        try:
            assert process.stdin is not None
            process.stdin.write(request.encode("utf-8", "surrogateescape"))
            process.stdin.flush()
            for answer in self._answers(process, path):
                if "piece" in answer:
                    name, sha256, source = answer["piece"]
                    pieces.append(Piece(name, sha256, Source.from_json(source)))
                elif "fault" in answer:
                    faults.append(Fault(*answer["fault"]))
                elif "error" in answer:
                    finished = "last" not in answer
                    raise Unreadable(path, answer["error"])
            finished = True
        except BrokenPipeError as error:
            raise Unreadable(path, "the process that reads files could not be started") from error
        finally:
            if not finished or process.poll() is not None:
                self.close()
        return Reading(tuple(pieces), tuple(faults))

    def _answers(self, process: subprocess.Popen[bytes], path: Path) -> Iterator[dict[str, Any]]:
        """Yield the answers to one request, without the one that says it is done; raises Unreadable when they fail to come."""
        begun = time.monotonic()
        deadline, last = begun + self._limits.seconds, begun + self._limits.longest
        while True:
            line = self._line(process, min(deadline, last), path)
            answer: dict[str, Any] = json.loads(line)
            if "earn" in answer:
                deadline = max(deadline, time.monotonic() + answer["earn"])
                continue
            if "done" in answer:
                return
            yield answer
            if "error" in answer:
                return

    def _line(self, process: subprocess.Popen[bytes], deadline: float, path: Path) -> bytes:
        """Return the next line of the process; raises Unreadable when it ends or the time is over."""
        assert process.stdout is not None
        parts = [self._rest]
        while b"\n" not in parts[-1]:
            if not _is_ready(process.stdout, max(0.0, deadline - time.monotonic())):
                raise Unreadable(path, "reading it took too long")
            part = os.read(process.stdout.fileno(), _CHUNK)
            if not part:
                raise Unreadable(path, _why_ended(process.wait()))
            parts.append(part)
        line, _, self._rest = b"".join(parts).partition(b"\n")
        return line

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, started if there is none."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        command, environment = program_of("corpus.formats.child")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True, env=environment
        )
        return self._process


def _is_ready(pipe: IO[bytes], seconds: float) -> bool:
    """Wait until there is something to read, or its end; tells whether there is. `select` knows no descriptor above 1,023."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        return bool(waiting.select(seconds))


def _why_ended(status: int) -> str:
    """Return why a process that ended in the middle of a file did so."""
    if status == -signal.SIGXCPU:
        return "reading it took too long"
    if status in (-signal.SIGKILL, -signal.SIGTRAP, -signal.SIGILL):
        return "reading it needs more memory than is allowed, or broke the reader"
    return "it is damaged in a way that breaks the reader"


def read_source(path: Path, limits: Limits | None = None) -> Reading:
    """Return what stands in a single file; raises Unreadable. For several files, one `ReadingProcess` is quicker."""
    with ReadingProcess(limits) as process:
        return process.read(path)
