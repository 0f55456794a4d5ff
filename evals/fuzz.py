"""Readers given millions of inputs that nobody would write, each led on by the new ways that the last one opened (Atheris, libFuzzer).

    python -m evals.fuzz [--minutes 10] [--target NAME ...] [--seed 1] [--keep FOLDER]

Needs `pip install atheris`, which no other command does. Every target has the same share of the time and a process of its own, whose modules are
watched. A finding is an exception that is none of ours, a law that does not hold, an input that takes longer than ten seconds or more than 2
GB, or a fallen process. The same place is told once, with the smallest input so far. Exit status 1 when there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import AttacheError
from evals.errors import EvalError
from evals.fuzz_targets import TARGETS
from evals.provenance import ROOT

__all__ = ["Finding", "Findings", "main", "tried"]

_SECONDS, _MEGABYTES, _LONGEST = 10, 2048, 20_000


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: the target, the place in our code, what was said there, and the smallest input that leads there, as Python writes bytes."""

    target: str
    place: str
    said: str
    input: str


class Findings:
    """The findings of one target, one a place, the smallest input of each."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._found: dict[str, tuple[str, bytes]] = {}

    def add(self, data: bytes, error: BaseException) -> bool:
        """Keep a fault; tells whether it is new or its input smaller than before."""
        place = _place(error)
        if place in self._found and len(self._found[place][1]) <= len(data):
            return False
        self._found[place] = f"{type(error).__name__}: {error}"[:200], data
        return True

    def all(self) -> list[Finding]:
        """Return the findings."""
        return [Finding(self._target, place, said, repr(data)) for place, (said, data) in self._found.items()]


def tried(read: Callable[[bytes], None], data: bytes, findings: Findings) -> bool:
    """Let a target read an input; tells whether that was a finding that is told."""
    try:
        read(data)
    except AttacheError:  # an answer
        return False
    except Exception as error:  # whatever else comes out is what is looked for
        return findings.add(data, error)
    return False


def _place(error: BaseException) -> str:
    """Return the innermost line of ours that an error came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if str(ROOT) in frame.filename]
    inner = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(inner.filename).name}:{inner.lineno}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz and print the findings as JSON; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.fuzz", description="Fuzz the readers.")
    parser.add_argument("--minutes", type=float, default=10.0, help="for all targets together (default 10)")
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="only this one (may be given again)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder in which inputs are kept that opened new ways, for the next time")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)  # the process of one target
    options = parser.parse_args(arguments)
    names = options.target or sorted(TARGETS)
    if options.alone:
        return _alone(names[0], 60 * options.minutes, options.seed, options.keep)
    findings: list[dict[str, Any]] = []
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="attache-fuzz-") as folder:
        for name in names:
            kept = (options.keep or Path(folder)) / name
            kept.mkdir(parents=True, exist_ok=True)
            executed, found = _target(name, options.minutes / len(names), options.seed, kept)
            told[name] = executed
            findings += found
            sys.stderr.write(f"{name}: {executed} inputs, {len(found)} findings\n")
    sys.stdout.write(json.dumps({"inputs": told, "all": sum(told.values()), "findings": findings}, ensure_ascii=False, indent=1) + "\n")
    return 1 if findings else 0


def _target(name: str, minutes: float, seed: int, kept: Path) -> tuple[int, list[dict[str, Any]]]:
    """Run the process of one target; returns how many inputs it read and its findings. Raises EvalError without Atheris."""
    command = [sys.executable, "-m", "evals.fuzz", "--alone", "--target", name, "--minutes", str(minutes), "--seed", str(seed), "--keep", str(kept)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}
    done = subprocess.run(command, env=environment, cwd=kept, capture_output=True, text=True, errors="replace", check=False)
    if "No module named 'atheris'" in done.stderr:
        raise EvalError("Atheris is not installed.", advice="Install it with `pip install atheris`.")
    found = [asdict(Finding(**json.loads(line))) for line in done.stdout.splitlines() if line.startswith("{")]
    by_place = {one["place"]: one for one in found}  # the last is the smallest
    executed = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    if done.returncode:
        worst = next((line for line in done.stderr.splitlines() if "ERROR" in line or "SUMMARY" in line), done.stderr[-300:])
        inputs = sorted(path for path in kept.glob("*") if path.name.startswith(("crash-", "timeout-", "oom-")))
        by_place["process"] = asdict(Finding(name, "process", f"{done.returncode}: {worst}", repr(inputs[-1].read_bytes()) if inputs else ""))
    return int(executed.group(1)) if executed else 0, list(by_place.values())


def _alone(name: str, seconds: float, seed: int, kept: Path) -> int:
    """Fuzz one target in this process, which does not come back; findings are lines of JSON."""
    import atheris

    target, findings = TARGETS[name], Findings(name)
    with atheris.instrument_imports(include=list(target.modules)):
        for data in target.seeds():  # imports what is used, with what watches it
            tried(target.read, data, findings)
    for at, data in enumerate(target.seeds()):
        (kept / f"seed{at}").write_bytes(data)

    def one(data: bytes) -> None:
        if tried(target.read, data, findings):
            sys.stdout.write(json.dumps(asdict(findings.all()[-1]), ensure_ascii=True) + "\n")
            sys.stdout.flush()

    limits = [f"-max_total_time={seconds:.0f}", f"-timeout={_SECONDS}", f"-rss_limit_mb={_MEGABYTES}", f"-max_len={_LONGEST}"]
    atheris.Setup([sys.argv[0], *limits, f"-seed={seed}", "-print_final_stats=1", f"-artifact_prefix={kept}/", str(kept)], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
