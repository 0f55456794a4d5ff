"""Speed side by side in one run: the product, and what a user would write from the LangChain tutorial.

    python -m evals.bench_speed ARTICLES.jsonl.xz [--sizes 1000 10000 100000 200000 all] [--baseline-sizes 1000] [--json FILE]

Every size is a corpus of that many short pieces of the articles (evals.speed_corpus), each one passage in either search;
`all` is the file itself, read as any user's file is, for the product alone. Each measurement is a process of its own on an
empty folder, one after the other: ours (evals.speed_product), then the baseline (evals/baselines/langchain_tutorial.py) in a
virtual environment that is made when it is missing. The baseline is slow, so it is measured on fewer passages; its rate is a
passage's. Machines are noisy: compare figures of one run alone. Progress goes to the error stream.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from corpus.errors import AttacheError
from evals.errors import BadSet, EvalError
from evals.speed_corpus import PIECE, Piece, pieces, questions, thin, write

__all__ = ["main", "summary"]

BASELINE = Path(__file__).parent / "baselines" / "langchain_tutorial.py"
ALL = "all"
_THREADS = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="attache-speed-", dir=options.work) as folder:
            rows = _Bench(options, Path(folder)).run()
    except AttacheError as error:
        sys.stderr.write(f"{error} {error.advice}".rstrip() + "\n")
        return 1
    if options.json:
        options.json.write_text(json.dumps({"rows": rows, "summary": summary(rows)}, indent=1) + "\n", "utf-8")
    _print(rows)
    return 0


def _parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(description="the product's speed beside that of the LangChain tutorial")
    parser.add_argument("articles", type=Path, help="JSON lines {title, text}, plain or packed")
    parser.add_argument("--sizes", nargs="+", type=_size, default=[1000, 10_000, 100_000, 200_000, ALL], metavar="N", help="passages, or all")
    parser.add_argument("--baseline-sizes", nargs="*", type=_size, default=[1000], metavar="N", help="passages for the baseline; none skips it")
    parser.add_argument("--questions", type=int, default=200, metavar="N", help="how many titles are asked for (default 200)")
    parser.add_argument("--questions-file", type=Path, metavar="FILE", help="ask the first of these instead: JSON lines {text}")
    parser.add_argument("--piece", type=int, default=PIECE, metavar="CHARACTERS", help=f"greatest length of a piece (default {PIECE})")
    parser.add_argument("--venv", type=Path, metavar="DIR", help="the baseline's virtual environment, made when missing (default: a temporary one)")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where temporary folders are made")
    parser.add_argument("--threads", type=int, metavar="N", help="let either search use so many threads (default: as it likes)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures there")
    return parser


def _size(text: str) -> int | str:
    """Read a number of passages, or `all`."""
    if text == ALL:
        return ALL
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above nought")
    return value


class _Bench:
    """One run in a folder of its own."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self._options, self._folder = options, folder
        self._asked = folder / "questions.json"
        self._environment = dict(os.environ) | ({name: str(options.threads) for name in _THREADS} if options.threads else {})

    def run(self) -> list[Row]:
        """Return a row for every measurement."""
        options = self._options
        if ALL in options.baseline_sizes:
            raise BadSet("The baseline takes a number of passages, not all.", advice="Give --baseline-sizes numbers.")
        _tell(f"cutting {options.articles.name}")
        found = pieces(options.articles, options.piece)
        self._asked.write_text(json.dumps(self._questions(found)), "utf-8")
        python = self._interpreter() if options.baseline_sizes else None
        rows = []
        for size in sorted({*options.sizes, *options.baseline_sizes}, key=lambda s: (s == ALL, s if isinstance(s, int) else 0)):
            corpus = options.articles.resolve()
            if size != ALL:
                corpus = self._folder / "pieces.jsonl"
                write(thin(found, int(size)), corpus)
            if size in options.sizes:
                rows.append(self._measure("ours", size, [sys.executable, "-m", "evals.speed_product"], corpus))
            if size in options.baseline_sizes and python:
                rows.append(self._measure("baseline", size, [str(python), str(BASELINE)], corpus))
        return rows

    def _questions(self, found: Sequence[Piece]) -> list[str]:
        """Return what is asked for."""
        if self._options.questions_file is None:
            return questions(found, self._options.questions)
        try:
            lines = self._options.questions_file.read_text("utf-8").splitlines()
            return [str(json.loads(line)["text"]) for line in lines if line.strip()][: self._options.questions]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadSet(f"{self._options.questions_file} cannot be read.", advice="Give a file of JSON lines {text}.") from error

    def _measure(self, side: str, size: int | str, command: Sequence[str], corpus: Path) -> Row:
        """Run one measurement and return its row; raises EvalError when it fails."""
        _tell(f"{side}, {size} passages")
        folder = self._folder / f"{side}-{size}"
        line = [*command, "--corpus", str(corpus), "--questions", str(self._asked), "--folder", str(folder)]
        # run beside the packages, where `-m evals…` is found without the project being installed
        done = subprocess.run(line, stdout=subprocess.PIPE, env=self._environment, cwd=Path(__file__).parents[1], check=False)
        shutil.rmtree(folder, ignore_errors=True)
        if done.returncode:
            raise EvalError(f"Measuring {side} at {size} passages ended with status {done.returncode}; the reason stands above.")
        row: Row = {"side": side, "size": size} | json.loads(done.stdout.decode().splitlines()[-1])
        _tell(f"{side}, {size}: {row['passages'] / row['seconds']:.0f} passages a second, query p50 {row['query']['p50']:.1f} ms")
        return row

    def _interpreter(self) -> Path:
        """Return the baseline's Python, its environment made first when it is missing; raises EvalError."""
        folder = (self._options.venv or self._folder / "venv").resolve()
        python = folder / "bin" / "python"
        ready = folder / "attache-baseline-ready"
        if ready.exists() and python.exists():
            return python
        _tell(f"making the baseline's environment in {folder}: some minutes and 2 GB")
        for line in ([sys.executable, "-m", "venv", str(folder)], [str(python), "-m", "pip", "install", "--quiet", *_packages()]):
            # pip's own progress would mix with the figures
            if subprocess.run(line, stdout=subprocess.DEVNULL, check=False).returncode:
                raise EvalError("The baseline's packages cannot be installed.", advice="See pip's words above, or give no --baseline-sizes.")
        ready.touch()
        return python


def _packages() -> list[str]:
    """Return what the baseline script says it needs, read from it without running it."""
    for node in ast.parse(BASELINE.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "PACKAGES" for t in node.targets):
            return list(ast.literal_eval(node.value))
    raise EvalError(f"{BASELINE.name} names no PACKAGES.")


def summary(rows: Sequence[Row]) -> dict[str, float]:
    """Return the figures that are wanted of a run, as far as its rows give them.

    `ingest_ratio` is ours over the baseline's in passages a second at the largest size that both were measured at,
    `over_floor` the worst ratio of our query p50 to that of encoder and searches alone, `growth` our query p50 at the most
    passages over that at the size nearest 10,000.
    """
    ours = {row["size"]: row for row in rows if row["side"] == "ours"}
    theirs = {row["size"]: row for row in rows if row["side"] == "baseline"}
    found: dict[str, float] = {}
    both = [size for size in ours if size in theirs]
    if both:
        most = max(both)
        found["ingest_ratio_at"] = ours[most]["passages"]
        found["ingest_ratio"] = _rate(ours[most]) / _rate(theirs[most])
    if ours:
        found["over_floor"] = max(row["query"]["p50"] / row["floor"]["p50"] for row in ours.values())
    cut = sorted(size for size in ours if size != ALL)
    if len(cut) > 1:
        base = min(cut[:-1], key=lambda size: abs(size - 10_000))
        found["growth_from"], found["growth_to"] = ours[base]["passages"], ours[cut[-1]]["passages"]
        found["growth"] = ours[cut[-1]]["query"]["p50"] / ours[base]["query"]["p50"]
    if ALL in ours:
        found["all_minutes"], found["all_peak_mb"] = ours[ALL]["seconds"] / 60, ours[ALL]["peak_mb"]
    return found


def _rate(row: Row) -> float:
    """Return passages a second of ingest."""
    return float(row["passages"] / row["seconds"])


def _print(rows: Sequence[Row]) -> None:
    """Print a row a measurement, then the summary."""
    out = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    columns = (
        "search",
        "passages",
        "ingest s",
        "passages/s",
        "query p50 ms",
        "p95 ms",
        "floor p50 ms",
        "p50/floor",
        "peak MB",
        "ingest peak MB",
        "disk MB",
    )
    table = Table(*columns, title="ingest and query, one process each", title_justify="left")
    for row in rows:
        floor = row.get("floor")
        table.add_row(
            row["side"] + (" (articles)" if row["size"] == ALL else ""),
            f"{row['passages']:,}",
            f"{row['seconds']:.1f}",
            f"{_rate(row):.0f}",
            f"{row['query']['p50']:.2f}",
            f"{row['query']['p95']:.2f}",
            f"{floor['p50']:.2f}" if floor else "–",
            f"{row['query']['p50'] / floor['p50']:.2f}" if floor else "–",
            f"{row['peak_mb']:.0f}",
            f"{row['ingest_peak_mb']:.0f}",
            f"{row['disk_mb']:.0f}",
        )  # fmt: skip
    out.print(table)
    out.print("A passage is one distinct piece of an article; the row of articles is the file itself, cut by the product. The baseline's")
    out.print("rate is a passage's, measured on as many as its row says. Floor: encoder, words and vectors alone, in the same process.")
    for name, value in summary(rows).items():
        out.print(f"{name:16} {value:.0f}" if value >= 100 else f"{name:16} {value:.2f}")


def _tell(words: str) -> None:
    """Write a stage on the error stream."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
