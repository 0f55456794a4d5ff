"""Fit how much the words count and how much the meaning, on development sets for retrieval.

Every share on a grid is tried by the product's own search over every set; the one with the best mean nDCG@10, the sets
counting alike, is written to `assistant/weights.json` beside the other weights. One number is fitted on thousands of
questions, so that it cannot learn any of them by heart; sets kept for measuring still do not belong here.

    python -m evals.fit_fusion DIR... [--limit N] [--out FILE]
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.assistant import Tuning
from assistant.compose import WEIGHTS
from evals.dataset import RetrievalSet, read_set
from evals.fitted import keep
from evals.metrics import judge
from evals.product import open_search
from index.retrieve import Weights

__all__ = ["SHARES", "best_share", "main", "try_shares"]

SHARES = (1.0, 0.9, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.4, 0.3, 0.0)
"""Shares of the words that are tried; the meaning has the rest."""
_LOG = logging.getLogger(__name__)


def try_shares(one: RetrievalSet, shares: Sequence[float] = SHARES) -> dict[float, float]:
    """Return the mean nDCG@10 of the product's search on a set for each share of the words; raises AttacheError."""
    reached: dict[float, float] = {}
    for share in shares:
        tuning = replace(Tuning.read(WEIGHTS), fusion=Weights(lexical=share, dense=1.0 - share))
        search = open_search(one.corpus, _LOG.warning, tuning)
        total = sum(judge(search(text, 10), one.relevant[name])["ndcg@10"] for name, text in one.queries.items())
        reached[share] = total / len(one.queries)
    return reached


def best_share(tried: Sequence[dict[float, float]]) -> float:
    """Return the share with the best mean over the sets, of equals the one nearest to even shares."""
    return max(tried[0], key=lambda share: (round(sum(row[share] for row in tried), 9), -abs(share - 0.5)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the share; logs what every share reached on every set. Returns the exit status."""
    parser = argparse.ArgumentParser(description="fit the shares of words and meaning in the search")
    parser.add_argument("sets", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--limit", type=int, default=400, metavar="N", help="questions of each set (default 400)")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tried = []
    for folder in options.sets:
        tried.append(try_shares(read_set(folder).sample(options.limit)))
        _LOG.info("%-20s %s", folder.name, "  ".join(f"{share:g}: {100 * value:.1f}" for share, value in tried[-1].items()))
    share = best_share(tried)
    keep(options.out, {"fusion": {"lexical": share, "dense": round(1.0 - share, 4), "fitted_on": [folder.name for folder in options.sets]}})
    _LOG.info("words %g, meaning %g", share, 1.0 - share)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
