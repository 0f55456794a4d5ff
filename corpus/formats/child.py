"""The process that reads files, started as `python -m corpus.formats.child`: what breaks here breaks nothing else.

A line of JSON on standard input asks for one file, `{"path": …, "limits": {…}}`; lines of JSON on standard output
answer, until `done` or `error`:

    {"earn": seconds}                   the next step may take so long
    {"piece": [name, sha256, source]}   one file read
    {"fault": [name, reason]}           one file of an archive that could not be
    {"done": true} or {"error": reason}, with `last` when the process ends after it
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from corpus.errors import Fault, Unreadable
from corpus.formats.dispatch import read_pieces
from corpus.formats.limits import MEGABYTE, Limits

__all__ = ["main"]


def main() -> int:
    """Answer requests until the input ends; returns the exit status."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # what a library prints must not get between the answers
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def answer(**values: Any) -> None:
        answers.write(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        answers.flush()

    for request in sys.stdin:
        asked = json.loads(request)
        path, limits = Path(asked["path"]), Limits(**asked["limits"])
        _set_memory(limits.memory)
        _set_processor(limits.seconds)

        def earn(seconds: float) -> None:
            answer(earn=seconds)
            _set_processor(seconds, least=True)

        try:
            for part in read_pieces(path, limits, earn):
                if isinstance(part, Fault):
                    answer(fault=list(part))
                else:
                    answer(piece=[part.name, part.sha256, part.source.to_json()])
            answer(done=True)
        except Unreadable as error:
            answer(error=error.reason)
        except MemoryError:
            # what is left of the memory may be in pieces: a new process reads the next file
            answer(error=f"reading it needs more than {limits.memory // MEGABYTE} MB of memory", last=True)
            return 0
        except RecursionError:
            answer(error="its parts are nested too deeply")
        except Exception as error:  # files from anywhere make libraries fail in ways that nobody foresaw
            answer(error=f"reading it failed ({type(error).__name__})")
    return 0


def _set_memory(size: int) -> None:
    """Bound the address space of this process and of those that it starts."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def _set_processor(seconds: float, *, least: bool = False) -> None:
    """Let this process use the processor for `seconds` from now on; with `least`, never less than it already may."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(usage.ru_utime + usage.ru_stime + seconds) + 1
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if least and (soft == resource.RLIM_INFINITY or soft >= wanted):
        return
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(1)  # who asked is gone
