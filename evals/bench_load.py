"""Many users at once: a server of the product under load, and beside it the simplest Gradio page over a LangChain chain.

    python -m evals.bench_load [--users 50] [--seconds 120] [--questions N] [--pause S] [--ingest ARTICLES.jsonl.xz --articles 5000]
                               [--baseline] [--url-port PORT --process PID] [--json FILE]

A server (`attache ui`) is started on a data folder of its own, over the bundled library, and users ask it the questions of our own
cases through its HTTP API, each the next as soon as the last is answered (or after `--pause`). With `--ingest` another process takes
that many articles of the file in meanwhile. With `--baseline` the same users then ask evals/baselines/gradio_chain.py over the same words.
The machine's load before and after is part of the figures: on a busy machine compare figures of one run alone.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from evals.load import Asker, Sample, Tally, ask_api, ask_gradio, press, served, summary, watch

__all__ = ["main", "questions"]

CASES = Path(__file__).parent / "cases"
BASELINE = Path(__file__).parent / "baselines" / "gradio_chain.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one line of JSON a server; exit status 1 when a question of ours failed."""
    options = _parser().parse_args(arguments)
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="attache-load-") as folder:
        environment = {**os.environ, "ATTACHE_HOME": str(Path(folder) / "home")}
        ours = served([sys.executable, "-m", "ui.cli", "ui", "--port", str(options.port)], environment, f"{options.port}/readyz")
        with ours as process, _ingesting(options, environment, Path(folder)) as ingest:
            rows.append({"server": "attache", "ingest": options.articles if options.ingest else 0, **_measured(options, process, ask_api)})
            rows[-1]["ingest_ended"] = ingest() if options.ingest else None
        if options.baseline:
            command = [options.baseline_python or sys.executable, str(BASELINE), "--port", str(options.port + 1)]
            with served(command, environment, f"{options.port + 1}/") as process:
                options.port += 1
                rows.append({"server": "gradio + langchain", "ingest": 0, **_measured(options, process, ask_gradio)})
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    return 1 if rows[0]["errors"] else 0


def _parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(description="a server under load")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--questions", type=int, default=0, help="stop after so many (default: when the time is over)")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between an answer and the same user's next question")
    parser.add_argument("--port", type=int, default=7990)
    parser.add_argument("--ingest", type=Path, metavar="ARTICLES", help="JSON lines {title, text}, plain or packed, taken in meanwhile")
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--baseline", action="store_true", help="then press the simplest Gradio + LangChain page as well")
    parser.add_argument("--baseline-python", metavar="PYTHON", help="an interpreter that has what the baseline needs")
    parser.add_argument("--json", type=Path)
    return parser


def questions() -> list[str]:
    """Return the questions of our own cases, those of one file after those of another."""
    files = sorted(path for path in CASES.glob("own_*.jsonl") if "official" not in path.name)
    return [json.loads(line)["question"] for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]


def _measured(options: argparse.Namespace, process: int, ask: Asker) -> dict[str, Any]:
    """Press a server and return the figures."""
    tally, samples, over = Tally(), list[Sample](), Event()
    watcher = Thread(target=watch, args=(process, tally, samples, over), daemon=True)
    before = os.getloadavg()[0]
    watcher.start()
    seconds = press(options.port, ask, questions(), tally, users=options.users, seconds=options.seconds, most=options.questions, pause=options.pause)
    over.set()
    watcher.join()
    loads = {"load_before": round(before, 1), "load_after": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    return {"users": options.users, "pause": options.pause, **summary(tally, samples, seconds), **loads}


@contextmanager
def _ingesting(options: argparse.Namespace, environment: dict[str, str], folder: Path) -> Iterator[Any]:
    """Take articles in for the block, in a process of its own; gives what tells whether that has ended well."""
    if not options.ingest:
        yield None
        return
    articles = folder / "articles.jsonl"
    with (
        (lzma.open if options.ingest.suffix == ".xz" else open)(options.ingest, "rt", encoding="utf-8") as file,
        articles.open("w", encoding="utf-8") as out,
    ):
        out.writelines(line for line, _ in zip(file, range(options.articles), strict=False))
    command = ["nice", sys.executable, "-m", "ui.cli", "ingest", "--yes", str(articles)]
    taking = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        yield lambda: taking.poll()
    finally:
        taking.terminate()
        taking.wait(60)


if __name__ == "__main__":
    sys.exit(main())
