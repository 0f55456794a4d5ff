"""The product's speed on one corpus, in a process of its own so that its memory is its own: prints one line of JSON.

    python -m evals.speed_product --corpus FILE --questions FILE --folder DIR

Ingest is `open_corpus` on an empty data folder, from reading the file to the index being open, after libraries were loaded by
a corpus of one line. Each question is then searched for by the product and, to compare in the same breath, by the bare
parts: encoder, words, vectors, as the product calls them but with nothing around them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.compose import open_corpus
from assistant.settings import Settings
from corpus.errors import AttacheError
from evals.timing import Timing, disk_megabytes, memory_megabytes
from index.caches import Caches
from index.embedding import Encoder, open_encoder
from index.home import Home
from index.retrieve import Weights

__all__ = ["main", "measure"]

_K = 10
_WARM = 10


def measure(corpus: Path, questions: Sequence[str], folder: Path) -> dict[str, Any]:
    """Return the figures: seconds, milliseconds, MB; raises AttacheError."""
    _load(folder / "warm")
    home = folder / "home"
    settings = Settings(home=home)
    started = time.perf_counter()
    assistant = open_corpus(settings, corpus, _progress())
    seconds = time.perf_counter() - started
    ingest_peak = memory_megabytes("VmHWM")
    place = Home(next((home / "corpora").iterdir()))
    asked, bare = _ask(assistant, place.current(), open_encoder(settings.encoder), questions)
    parts = [Timing.of([times[part] for times in bare]) for part in range(3)]
    return {
        "passages": place.manifest().passages,
        "seconds": seconds,
        "query": _figures(Timing.of(asked)),
        "floor": _figures(Timing.of([sum(times) for times in bare])),
        "encoder_p50": parts[0].p50,
        "words_p50": parts[1].p50,
        "vectors_p50": parts[2].p50,
        "ingest_peak_mb": ingest_peak,
        "peak_mb": memory_megabytes("VmHWM"),
        "disk_mb": disk_megabytes(home),
        "left_out": len(assistant.left_out),
    }


def _load(folder: Path) -> None:
    """Load every library by a corpus of one line."""
    folder.mkdir(parents=True, exist_ok=True)
    line = folder / "one.jsonl"
    line.write_text('{"id": "1", "title": "", "text": "Điều này có hiệu lực."}\n', "utf-8")
    open_corpus(Settings(home=folder), line).search("hiệu lực")


def _ask(assistant: Assistant, generation: Path, encoder: Encoder, questions: Sequence[str]) -> tuple[list[float], list[tuple[float, ...]]]:
    """Return milliseconds a question of the product, and of encoder, words and vectors alone; they take turns in going first."""
    caches, depth = Caches(generation), Weights().depth

    def parts(question: str) -> tuple[float, ...]:
        marks = [time.perf_counter()]
        vector = encoder.encode_query(question)
        marks.append(time.perf_counter())
        caches.lexical.search(question, serves="vi", k=depth)
        marks.append(time.perf_counter())
        caches.vectors.search(vector, serves="vi", k=depth)
        marks.append(time.perf_counter())
        return tuple((after - before) * 1000 for before, after in pairwise(marks))

    def whole(question: str) -> float:
        started = time.perf_counter()
        assistant.search(question, _K)
        return (time.perf_counter() - started) * 1000

    for question in questions[:_WARM]:
        whole(question), parts(question)
    asked: list[float] = []
    bare: list[tuple[float, ...]] = []
    for at, question in enumerate(questions):
        if at % 2:
            bare.append(parts(question))
            asked.append(whole(question))
        else:
            asked.append(whole(question))
            bare.append(parts(question))
    return asked, bare


def _figures(timing: Timing) -> dict[str, float]:
    """Return a timing as JSON."""
    return {"n": timing.n, "mean": timing.mean, "p50": timing.p50, "p95": timing.p95}


def _progress() -> Callable[[str, int, int], None]:
    """Return a progress that writes a line every ten seconds."""
    last = time.monotonic()

    def report(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > 10:
            last = time.monotonic()
            sys.stderr.write(f"  {stage}: {done}{f' of {total}' if total else ''}\n")

    return report


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one line of JSON; returns the exit status."""
    parser = argparse.ArgumentParser(description="the product's speed on one corpus")
    for name in ("corpus", "questions", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args(arguments)
    try:
        found = measure(options.corpus, json.loads(options.questions.read_text("utf-8")), options.folder)
    except AttacheError as error:
        sys.stderr.write(f"{error} {error.advice}\n")
        return 1
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
