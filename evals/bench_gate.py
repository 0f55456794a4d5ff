"""The gate tried on itself: the product as it is must pass it every time, and be told the same as the first time.

    python -m evals.bench_gate [CASES.jsonl...] [--times 20] [--gates gates.toml] [--as-of 2026-11-23] [--jobs 2]

Each time is a whole run in processes of its own, over one index built first. Printed: how many passed, the lowest and highest
value of every measure over the times, whether any question changed, and the seconds of a run. Exit status 1 when one fell.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import Settings
from evals.compare import compare
from evals.evaluate import CASES, start_run
from evals.gates import missed, read_gates
from evals.provenance import ROOT
from evals.report import Report

__all__ = ["Try", "main", "summed_up"]

_USUAL = ("own_dev", "own_test", "own_outside_test")
"""What .ci/run holds the gate over."""


@dataclass(frozen=True, slots=True)
class Try:
    """One run: its report, the floors that it missed, its seconds."""

    report: Report
    fallen: tuple[str, ...]
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate so many times; returns the exit status."""
    options = _parser().parse_args(arguments)
    paths = options.cases or [CASES / f"{name}.jsonl" for name in _USUAL]
    floors, tries = read_gates(options.gates), []
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        start_run(settings, paths, day=options.as_of, limit=1, curve=False)  # builds the index, so that every try finds the same
        for turn in range(options.times):
            began = time.perf_counter()
            _, report = start_run(
                settings, paths, out=Path(folder) / f"try{turn}", day=options.as_of, curve=options.curve, jobs=options.jobs, anew=True
            )
            tries.append(Try(report, tuple(map(str, missed(floors, report.rows))), time.perf_counter() - began))
            sys.stderr.write(f"{turn + 1}/{options.times}: {'; '.join(tries[-1].fallen) or 'passed'}, {tries[-1].seconds:.1f} s\n")
    told = summed_up(tries)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return 0 if told["passed"] == len(tries) else 1


def summed_up(tries: Sequence[Try]) -> dict[str, Any]:
    """Return how many passed and how far they differ; the spread of a measure is [lowest, highest]."""
    changed = {change.key for one in tries[1:] for change in compare(one.report.rows, tries[0].report.rows).changes}
    seconds = sorted(one.seconds for one in tries)
    measures = {name: [round(pick(one.report.overall[name].mean for one in tries), 6) for pick in (min, max)] for name in tries[0].report.overall}
    return {
        "times": len(tries), "passed": sum(not one.fallen for one in tries), "fallen": sorted({floor for one in tries for floor in one.fallen}),
        "cases": len(tries[0].report.rows), "changed": sorted(changed), "differing": [name for name, (low, high) in measures.items() if low != high],
        "spread": measures, "seconds": [round(seconds[0], 1), round(seconds[len(seconds) // 2], 1), round(seconds[-1], 1)],
    }  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench_gate", description="Run the gate many times on an unchanged product.")
    parser.add_argument("cases", nargs="*", type=Path, metavar="CASES.jsonl")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--gates", type=Path, default=ROOT / "gates.toml")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 23), metavar="YYYY-MM-DD")
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--curve", action="store_true", help="also ask for risk and coverage, as `make evals` does")
    return parser


if __name__ == "__main__":
    sys.exit(main())
