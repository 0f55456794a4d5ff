"""A script's review of case files against the documents: what a reader of the figures may take for granted.

Faults end the review (a place that does not exist, a duplicate id). Doubts are for a person: an expected figure that stands in
no gold provision, its heading or its document's title, which is right where it is counted or computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.assistant import Assistant
from corpus.document import LANGUAGES
from corpus.figures import number_set
from evals.case import EvalCase

__all__ = ["Review", "review"]


@dataclass(frozen=True, slots=True)
class Review:
    """How many cases there are of what kind, and a sentence a doubt."""

    n: int
    shares: dict[str, float]
    doubts: tuple[str, ...]


def review(cases: Sequence[EvalCase], assistant: Assistant) -> Review:
    """Return the make-up of cases and the figures that stand in no gold provision."""
    n = len(cases)
    counted: Counter[str] = Counter()
    for case in cases:
        counted.update({f"{dimension} {value}" for dimension, value in case.slices() if dimension in ("language", "type", "diacritics")})
        counted["as of a day"] += bool(case.as_of) or case.type == "temporal"
        counted["unanswerable"] += not case.answerable
    doubts = tuple(doubt for case in cases if case.answerable for doubt in _strange_figures(case, assistant))
    return Review(n, {name: times / n for name, times in sorted(counted.items())}, doubts)


def _strange_figures(case: EvalCase, assistant: Assistant) -> list[str]:
    """Return a doubt for the expected figures of a case that its gold provisions do not hold."""
    words = [case.question]
    for gold in case.gold:
        for text in assistant.texts(gold.document):
            provision = text.find(gold.locator) if gold.locator else None
            found = [provision] if provision else [] if gold.locator else list(text.provisions)
            words += [text.number, text.title.vi, text.title.en, text.issued or "", text.effective_from or ""]
            words += [part.only(language) for p in found for part in (p.text, p.heading) for language in LANGUAGES]
            words += [str(p.locator) for p in found]
    strange = sorted(number_set(case.expected) - number_set(" ; ".join(words)))
    return [f"{case.file}:{case.line}: {case.id} expects {', '.join(strange)}, which no gold provision says"] if strange else []
