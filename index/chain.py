"""The chain of an act: what it replaced and what replaced that, both ways, and what amends it or is amended by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.bundle import INVERSE
from corpus.document import Document

__all__ = ["Step", "chain_of"]

_ENDING = ("replaces", "repeals", "replaced_by", "repealed_by")
_CHANGING = ("amends", "partially_repeals", "amended_by", "partially_repealed_by")
_FURTHEST = 100


@dataclass(frozen=True, slots=True)
class Step:
    """What one act does to another, since when it is known: `document` replaces, repeals (in part) or amends `target`."""

    type: str
    document: str
    target: str
    since: str | None


def chain_of(document: Document, documents: Mapping[str, Document]) -> tuple[Step, ...]:
    """Return the steps of an act's chain, the earliest first, those without a date before all others.

    Replacements are followed over any number of acts, changes only where they touch the act itself.
    """
    steps: dict[tuple[str, str, str], Step] = {}
    seen, waiting = {document.number}, [document]
    for step in _steps(document, _CHANGING):
        _keep(steps, step)
    while waiting:
        for step in _steps(waiting.pop(), _ENDING):
            _keep(steps, step)
            for number in {step.document, step.target} - seen if len(seen) < _FURTHEST else ():
                seen.add(number)
                other = documents.get(number)
                waiting.extend([other] if other else [])
    return tuple(sorted(steps.values(), key=lambda s: (s.since or "", s.document, s.target)))


def _steps(document: Document, types: tuple[str, ...]) -> Iterator[Step]:
    """Yield the relations of a document of some types as steps of the acting document."""
    for relation in document.related(*types):
        if relation.type.endswith("_by"):
            yield Step(INVERSE[relation.type], relation.target, document.number, relation.since)
        else:
            yield Step(relation.type, document.number, relation.target, relation.since)


def _keep(steps: dict[tuple[str, str, str], Step], step: Step) -> None:
    """Keep a step once, with its date when either side knows it."""
    key = (step.type, step.document, step.target)
    if key not in steps or (steps[key].since is None and step.since):
        steps[key] = step
