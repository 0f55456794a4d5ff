"""How well are free answers marked? A hundred and fifty answers of our own, each with the mark that a teacher would give.

Every answer is held against the provision that it was asked about. Of the thirty provisions every other one was looked at while
the marking was made; the others were not, and their figures are printed apart.

    python -m evals.marking [--cases FILE] [--show]
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.compose import glossary_of, open_verifier
from assistant.study.marking import Marked, Marker, Place
from corpus.bundle import LIBRARY, read_library
from corpus.document import Document
from index.embedding import open_encoder

__all__ = ["CASES", "agreement", "main", "marked"]

_LOG = logging.getLogger(__name__)
CASES = Path(__file__).parent / "cases" / "marking.jsonl"


def marked(case: Mapping[str, Any], documents: Mapping[str, Document], marker: Marker) -> Marked:
    """Mark the answer of one case against the provision that it was asked about."""
    document = documents[case["document"]]
    provision = document.find(case["locator"])
    if provision is None:
        raise ValueError(f"{case['id']}: there is no provision {case['locator']} in {case['document']}")
    place = Place(document, provision)
    return marker.mark(case["answer"], case["language"], [place], place)


def agreement(cases: Sequence[Mapping[str, Any]], documents: Mapping[str, Document], marker: Marker) -> list[tuple[Mapping[str, Any], Marked]]:
    """Return the cases with what their answers were marked as."""
    return [(case, marked(case, documents, marker)) for case in cases]


def main(arguments: Sequence[str] | None = None) -> int:
    """Mark all answers and print the agreement; returns 1 when it is under nine in ten."""
    parser = argparse.ArgumentParser(description="mark our own free answers and compare with their labels")
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--show", action="store_true", help="print the answers that were marked otherwise")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    cases = [json.loads(line) for line in options.cases.read_text("utf-8").splitlines()]
    marker = Marker(open_verifier(open_encoder(), glossary_of(LIBRARY)))
    done = agreement(cases, {d.number: d for d in read_library(LIBRARY).documents}, marker)
    hits = [str(found.mark) == case["label"] for case, found in done]
    halves = [at // 5 % 2 for at in range(len(cases))]
    _LOG.info("agreement %d of %d, %.1f %%", sum(hits), len(hits), 100 * sum(hits) / len(hits))
    for name, half in (("looked at", 0), ("not looked at", 1)):
        mine = [hit for hit, which in zip(hits, halves, strict=True) if which == half]
        _LOG.info("  %-14s %3d of %3d", name, sum(mine), len(mine))
    for name, key in (("by label", "label"), ("by language", "language")):
        every, right = Counter(c[key] for c in cases), Counter(c[key] for c, hit in zip(cases, hits, strict=True) if hit)
        _LOG.info("  %s: %s", name, ", ".join(f"{k} {right[k]} of {every[k]}" for k in every))
    for (case, found), hit, half in zip(done, hits, halves, strict=True):
        if not hit and options.show and half == 0:
            _show(case, found)
    return 0 if sum(hits) >= 0.9 * len(hits) else 1


def _show(case: Mapping[str, Any], found: Marked) -> None:
    """Print an answer that was marked otherwise than its label."""
    _LOG.info("\n%s %s, marked %s: %s", case["id"], case["label"], found.mark, case["answer"])
    for claim in found.claims:
        _LOG.info("   %s: %s\n      %s", claim.finding, claim.text, "; ".join(map(str, claim.reasons)))


if __name__ == "__main__":
    raise SystemExit(main())
