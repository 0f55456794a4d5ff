"""Items made from the bundled library: do all of them verify, is none there twice, and what do they look like?

Makes the items, checks each again from its JSON (quotes, right option, wrong options), counts kinds and languages, and prints a
sample for a person to read, chosen by the seed and every kind as often. The verdicts of such readings lie in
`evals/cases/study_sample.md`.

    python -m evals.study_items [--count 500] [--seed 8] [--sample 60] [--out FILE.jsonl]
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from assistant.compose import glossary_of, open_verifier
from assistant.study.checking import Checker
from assistant.study.ground import Ground
from assistant.study.item import Item, Kind
from assistant.study.making import Maker, Wishes
from corpus.bundle import LIBRARY, read_library
from index.embedding import open_encoder

__all__ = ["main", "sample"]

_LOG = logging.getLogger(__name__)


def sample(items: Sequence[Item], size: int, seed: int) -> list[Item]:
    """Return `size` items, every kind as often as the others, chosen by chance."""
    chance = Random(seed)
    rows = {kind: chance.sample(found, len(found)) for kind in Kind if (found := [i for i in items if i.kind is kind])}
    chosen: list[Item] = []
    while len(chosen) < min(size, len(items)):
        for row in rows.values():
            if row and len(chosen) < size:
                chosen.append(row.pop())
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, check, count and print; returns 1 when an item fails, stands twice, or a kind or language is missing."""
    parser = argparse.ArgumentParser(description="make items from the library and check them")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--out", type=Path, help="also write all items, one a line")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    glossary = glossary_of(LIBRARY)
    documents = [(d.number, d) for d in read_library(LIBRARY).documents]
    checker = Checker(dict(documents), open_verifier(open_encoder(), glossary), glossary)
    started = time.perf_counter()
    items = Maker(Ground(documents, glossary), checker).make(Wishes(options.count, seed=options.seed))
    spent = time.perf_counter() - started
    again = [Item.from_json(json.loads(json.dumps(item.to_json()))) for item in items]
    failed = [(item, faults) for item in again if (faults := checker.faults(item))]
    twice = len(items) - len({item.id for item in items}) + len(items) - len({(i.language, i.context, i.stem) for i in items})
    counts = Counter((str(item.kind), item.language) for item in items)
    _LOG.info("%d items of %d wanted in %.1f s; %d fail, %d stand twice", len(items), options.count, spent, len(failed), twice)
    for kind in Kind:
        _LOG.info("  %-12s vi %3d  en %3d", kind, counts[kind, "vi"], counts[kind, "en"])
    for item, faults in failed[:10]:
        _LOG.info("FAILS %s: %s", item.stem, "; ".join(faults))
    for place, item in enumerate(sample(items, options.sample, options.seed), 1):
        _show(place, item)
    if options.out:
        options.out.write_text("".join(json.dumps(i.to_json(), ensure_ascii=False) + "\n" for i in items), "utf-8")
    return 1 if failed or twice or len(items) < options.count or len(counts) < 2 * len(Kind) else 0


def _show(place: int, item: Item) -> None:
    """Print one item for a reader."""
    _LOG.info("\n%d. [%s %s] %s", place, item.kind, item.language, f"{item.context}. {item.stem}" if item.context else item.stem)
    for at, option in enumerate(item.options):
        _LOG.info("   %s %s", "*" if at == item.answer else "-", option)
    for cited in item.citations:
        _LOG.info("     (%s, %s) %s", cited.document, cited.locator, cited.quote)


if __name__ == "__main__":
    raise SystemExit(main())
