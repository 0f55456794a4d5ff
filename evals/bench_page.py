"""How long a person waits at the page: until it can be used, and from Enter to the first words of an answer.

    python -m evals.bench_page [--runs 24] [--home FOLDER]

Measured in Chromium on this machine, with the page's own clock. *Usable* is from the start of loading with an empty cache until a
question can be sent. *First words* is from the key press to the frame in which words of a quoted answer stand on the page, on a server that has
answered before. Printed as JSON, milliseconds, with the bounds; exit status 1 when the 95th percentile is over one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.browser import chromium, serving
from evals.case import read_cases
from evals.evaluate import CASES

__all__ = ["main", "summed_up"]

BOUNDS = {"usable": 2000.0, "first_words": 300.0}
"""Milliseconds that the 95th percentile may take."""

_WATCH = """() => {
  window.bench = { start: 0, first: 0 };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") window.bench = { start: performance.now(), first: 0, old: document.querySelector("#live .exchange")?.dataset.key };
  }, true);
  new MutationObserver(() => {
    const live = document.querySelector("#live .exchange");
    if (!window.bench.start || window.bench.first || !live || live.dataset.key === window.bench.old) return;
    if (!live.querySelector(".words")?.textContent.trim()) return;
    window.bench.first = -1;
    requestAnimationFrame(() => (window.bench.first = performance.now() - window.bench.start));
  }).observe(document.getElementById("live"), { childList: true, subtree: true, characterData: true });
}"""
_READY = """() => new Promise((done) => {
  const told = () => document.body?.dataset.ready ? done(performance.now()) : requestAnimationFrame(told);
  told();
})"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    options = _parser().parse_args(arguments)
    questions = _questions(options.runs)
    with TemporaryDirectory() as folder, serving(options.home or Path(folder)) as address, chromium() as browser:
        times = {"usable": [_usable(browser, address) for _ in range(options.runs)], "first_words": _first_words(browser, address, questions)}
    told = {name: summed_up(values, BOUNDS[name]) for name, values in times.items()}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 0 if all(one["p95"] <= one["bound"] for one in told.values()) else 1


def summed_up(values: Sequence[float], bound: float) -> dict[str, float]:
    """Return how many times there are, their median, 95th percentile and longest in milliseconds, and the bound."""
    ordered = sorted(values)
    return {
        "runs": len(ordered), "p50": round(ordered[len(ordered) // 2], 1), "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
        "longest": round(ordered[-1], 1), "bound": bound,
    }  # fmt: skip


def _questions(count: int) -> list[str]:
    """Return questions that have an answer, each once."""
    asked = (case.question for case in read_cases([CASES / "own_dev.jsonl"]) if case.answerable and not case.history)
    return list(dict.fromkeys(asked))[: count + 2]


def _usable(browser: Any, address: str) -> float:
    """Return how long the page takes with an empty cache until a question can be sent."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="commit")
    taken = float(page.evaluate(_READY))
    context.close()
    return taken


def _first_words(browser: Any, address: str, questions: Sequence[str]) -> list[float]:
    """Return how long each question but the first two, which warm the server, waits for its first words."""
    page = browser.new_page()
    page.goto(address)
    page.locator("body[data-ready]").wait_for()
    page.evaluate(_WATCH)
    times = []
    for question in questions:
        page.locator("#question").fill(question)
        page.keyboard.press("Enter")
        page.wait_for_function("window.bench.first > 0")
        times.append(float(page.evaluate("window.bench.first")))
        page.locator("#send:visible").wait_for()
        page.locator("#new").click()  # each question stands alone
        page.wait_for_timeout(300)
    return times[2:]


def _parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench_page", description="Measure how long a person waits at the page.")
    parser.add_argument("--runs", type=int, default=24, help="how many times each is measured (24)")
    parser.add_argument("--home", type=Path, help="a data folder with an index; without it the bundled library is indexed first")
    return parser


if __name__ == "__main__":
    sys.exit(main())
