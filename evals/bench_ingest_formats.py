"""Reading Word files and printed PDFs, side by side in one run: the product's readers, and the loaders of LangChain's documentation.

    python -m evals.bench_ingest_formats FILE... [--rounds 3] [--json FILE]

`.docx` and `.pdf` files are read as they are; a text (`.txt`, `.md`) is first printed to a PDF by Chromium. The loaders are
written with the library calls that `PyPDFLoader` and `Docx2txtLoader` make, so that their packages need not be installed.
Ours is measured twice: the reader alone, and through the child process that guards it, as ingestion uses it (started
beforehand; what it found is sent, parsed and checked). A page of a Word file is 2,500 letters. Each figure is the best
of the rounds. Machines are noisy: compare figures of one run alone.
"""

from __future__ import annotations

import argparse
import html
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from corpus.errors import AttacheError
from corpus.formats.docx import read_docx
from corpus.formats.pdf import read_pdf
from corpus.formats.reading import ReadingProcess
from evals.errors import EvalError

__all__ = ["main"]

_PAGE = 2500
_PRINT = "<meta charset=utf-8><style>@page{size:A4;margin:20mm}body{font:13pt serif;text-align:justify}</style>"
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description="the product's readers beside LangChain's loaders")
    parser.add_argument("files", type=Path, nargs="+", help=".docx, .pdf, or texts to print")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--json", type=Path, help="write the rows there, too")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="attache-formats-") as folder, ReadingProcess() as process:
            files = [_printed(path, Path(folder)) if path.suffix in (".txt", ".md") else path for path in options.files]
            rows = [_measure(path, process, options.rounds) for path in files]
    except AttacheError as error:
        sys.stderr.write(f"{error} {error.advice}".rstrip() + "\n")
        return 1
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    _show(rows)
    return 0


def _printed(path: Path, folder: Path) -> Path:
    """Print a text to a PDF; raises EvalError when Chromium fails."""
    page, result = folder / f"{path.stem}.html", folder / f"{path.stem}.pdf"
    lines = path.read_text("utf-8").splitlines()
    page.write_text(_PRINT + "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip()), "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={result}", str(page)]
    try:
        subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EvalError(f"Chromium could not print {path}.", advice="Install it, or give PDF files.") from error
    return result


def _measure(path: Path, process: ReadingProcess, rounds: int) -> Row:
    """Return the seconds and letters of one file by each way of reading it."""
    data = path.read_bytes()
    ours = (lambda: read_docx(data, path)) if path.suffix == ".docx" else (lambda: read_pdf(data, path))
    theirs = _docx2txt if path.suffix == ".docx" else _pypdf
    row: Row = {"file": path.name}
    row["reader_s"], source = _best(ours, rounds)
    row["child_s"], _ = _best(lambda: process.read(path), rounds)
    row["langchain_s"], text = _best(lambda: theirs(path), rounds)
    row["letters"], row["langchain_letters"] = source.characters, sum(not c.isspace() for c in text)
    row["pages"] = source.pages or max(1, round(source.characters / _PAGE))
    return row


def _best(call: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Return the least seconds that a call took, the first one not counted, and what it returned."""
    result = call()
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        result = call()
        seconds.append(time.perf_counter() - started)
    return min(seconds), result


def _pypdf(path: Path) -> str:
    """Read a PDF as langchain_community's PyPDFLoader does."""
    from pypdf import PdfReader

    with path.open("rb") as file:
        return "\n".join(page.extract_text() for page in PdfReader(file).pages)


def _docx2txt(path: Path) -> str:
    """Read a Word file as langchain_community's Docx2txtLoader does."""
    import docx2txt

    return str(docx2txt.process(str(path)))


def _show(rows: Sequence[Row]) -> None:
    """Print a table of the rows."""
    table = Table(title="pages a second (more is better) and letters found")
    for name in ("file", "pages", "reader", "through the child", "LangChain's loader", "ratio", "ratio by child", "letters", "theirs"):
        table.add_column(name, justify="left" if name == "file" else "right")
    for row in rows:
        rates = [row["pages"] / row[name] for name in ("reader_s", "child_s", "langchain_s")]
        table.add_row(
            row["file"], str(row["pages"]), *(f"{rate:.0f}" for rate in rates), f"{rates[0] / rates[2]:.1f}", f"{rates[1] / rates[2]:.1f}",
            str(row["letters"]), str(row["langchain_letters"]),
        )  # fmt: skip
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
