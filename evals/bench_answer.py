"""How long an answer takes and how much memory it needs: a benchmark, never a test, for these machines are noisy.

Asks every question of the given case files once to warm up and then `--rounds` times in random order, and prints the
median and the 95th percentile beside the same figures of retrieval alone, so that a ratio within one run is there to
compare. Also prints the resident memory of the process and the seconds from nothing to the first answer.

    python -m evals.bench_answer evals/cases/own_dev.jsonl [--rounds 3] [--seed 7]
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.answer import Turn
from assistant.compose import open_assistant
from assistant.settings import Settings

__all__ = ["main", "percentile", "resident_megabytes"]

_LOG = logging.getLogger(__name__)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def resident_megabytes() -> float:
    """Return the resident memory of this process in MB, 0.0 where the system does not tell."""
    try:
        rows = Path("/proc/self/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in rows if row.startswith("VmRSS")), 0.0)


def _timed(call: Callable[[], object]) -> float:
    """Return the milliseconds that a call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 0."""
    parser = argparse.ArgumentParser(description="time to an answer and memory")
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows = [json.loads(line) for path in options.cases for line in path.read_text("utf-8").splitlines()]
    cases = [(str(row["question"]), tuple(Turn(h) for h in row.get("history") or ())) for row in rows]
    started = time.perf_counter()
    assistant = open_assistant(Settings.read())
    assistant.ask(*cases[0])
    _LOG.info("opened and first answer: %.2f s", time.perf_counter() - started)
    for question, history in cases:
        assistant.ask(question, history)
    plan = cases * options.rounds
    random.Random(options.seed).shuffle(plan)
    answers = [_timed(lambda q=q, h=h: assistant.ask(q, h)) for q, h in plan]  # type: ignore[misc]
    searches = [_timed(lambda q=q: assistant.search(q)) for q, _ in plan]  # type: ignore[misc]
    for name, values in (("answer", answers), ("retrieval alone", searches)):
        _LOG.info("%s: n %d, p50 %.1f ms, p95 %.1f ms", name, len(values), percentile(values, 0.5), percentile(values, 0.95))
    _LOG.info("answer / retrieval at the median: %.2f", percentile(answers, 0.5) / percentile(searches, 0.5))
    _LOG.info("resident memory: %.0f MB", resident_megabytes())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
