"""The floor: what plain BM25 reaches on retrieval sets, measured as `attache eval retrieval` measures the product.

Title and text of a document are one text. Two settings, (k1 0.9, b 0.4) and (k1 1.2, b 0.75), each over terms with and
without diacritics; the best of the four, chosen after the fact, is the floor that is quoted, so that it is no straw man.

    python -m evals.bench_bm25 DIR... [--transform none nodiac_lower …] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from corpus.errors import AttacheError
from evals.bm25 import Bm25, folded_terms, terms
from evals.dataset import RetrievalSet, read_records, read_set
from evals.progress import Progress, progress
from evals.retrieval import Report, measure
from evals.transform import TRANSFORMS

__all__ = ["SETTINGS", "floors", "main"]

SETTINGS = {"k1 0.9, b 0.4": (0.9, 0.4), "k1 1.2, b 0.75": (1.2, 0.75)}
_ANALYSES = {"accented": terms, "folded": folded_terms}
_SHOWN = ("ndcg@10", "recall@1", "recall@5", "recall@10", "mrr@10")


def floors(data: RetrievalSet, transforms: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[str, str, Report]]:
    """Yield (setting, analysis, report) for every setting, analysis and transform."""
    records = list(read_records(data.corpus))
    ids, texts = [r.id for r in records], [f"{r.title}\n{r.text}" for r in records]
    for analysis, analyse in _ANALYSES.items():
        for setting, (k1, b) in SETTINGS.items():
            index = Bm25(ids, texts, analyse, k1=k1, b=b)
            for transform in transforms:
                yield setting, analysis, measure(index.search, data, transform=transform, progress=progress)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description="plain BM25 over syllables and pairs of them: the floor")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--transform", nargs="+", choices=tuple(TRANSFORMS), default=["none"])
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures there")
    options = parser.parse_args(arguments)
    # a file or pipe is given the room that the table needs
    out = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    rows: list[dict[str, Any]] = []
    try:
        for folder in options.folders:
            with progress() as report:
                found = list(floors(read_set(folder), options.transform, report))
            rows += [{"setting": setting, "analysis": analysis} | reached.to_json() for setting, analysis, reached in found]
            out.print(_table(found))
    except AttacheError as error:
        sys.stderr.write(f"{error} {error.advice}\n")
        return 1
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def _table(found: Sequence[tuple[str, str, Report]]) -> Table:
    """Return the figures of one set in hundredths, the floor of every transform marked."""
    first = found[0][2]
    names = (name.replace("@", "\n@") for name in _SHOWN)
    title = f"{first.name}: {first.n} questions, {first.documents} documents"
    table = Table("questions", "terms and setting", *names, title=title, box=SIMPLE, padding=0)
    for transform in dict.fromkeys(report.transform for _, _, report in found):
        rows = [row for row in found if row[2].transform == transform]
        best = max(report.scores["ndcg@10"].mean for _, _, report in rows)
        for setting, analysis, report in rows:
            figures = (f"{100 * report.scores[name].mean:.2f}" for name in _SHOWN)
            table.add_row(transform, f"{analysis}, {setting}", *figures, style="bold" if report.scores["ndcg@10"].mean == best else "")
    return table


if __name__ == "__main__":
    raise SystemExit(main())
