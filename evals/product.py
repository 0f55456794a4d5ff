"""The product's own retrieval over one corpus file, as a function from a question to document ids.

All measuring of retrieval goes through here, so that what is measured is what a user gets.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from evals.progress import progress

if TYPE_CHECKING:
    from assistant.assistant import Tuning

__all__ = ["Search", "open_search"]

_NAMED = 5
Search = Callable[[str, int], list[str]]
"""Returns up to so many document ids for a question, best first, each once."""


def open_search(corpus: Path, complain: Callable[[str], None], tuning: Tuning | None = None) -> Search:
    """Index a file of JSON lines, or open the index kept of it, and return its search; raises AttacheError.

    The index lies in the data folder that ATTACHE_HOME names and holds nothing but that file. `complain` gets a sentence for
    each of the first lines that cannot be searched, and one with their number; `tuning` replaces the fitted weights.
    """
    from assistant.compose import open_corpus
    from assistant.settings import Settings

    with progress() as report:
        assistant = open_corpus(Settings.read(), corpus, report, tuning)
    for sentence in assistant.left_out[:_NAMED]:
        complain(f"skipped {sentence}.")
    if assistant.left_out:
        complain(f"lines of {corpus.name} that are not searched: {len(assistant.left_out)}.")
    return lambda query, k: list(dict.fromkeys(found.passage.document for found in assistant.search(query, k)))
