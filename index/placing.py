"""Where new documents are held: beside another text of the same act, if there is one.

The same words from two files are held twice, for either file may go; who searches is shown them once. The name of a further
text of an act is its number and its kind (“57-NQ/TW~official”). The key of a table's row is no number of an act, so two rows
of one key do not stand side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import RECORD
from corpus.errors import Fault
from index.catalogue import Catalogue
from index.contents import passages_of
from index.held import Change, Known
from index.sketch import NEAR

__all__ = ["Placed", "place"]


@dataclass(frozen=True, slots=True)
class Placed:
    """The changes to be made, what is refused, and what is to be said of the rest."""

    changes: tuple[Change, ...]
    refused: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def place(catalogue: Catalogue, changes: Sequence[Change], known: Mapping[str, Known]) -> Placed:
    """Name the texts that a source does not hold yet, and note those that are the same as others, or nearly so."""
    texts = catalogue.texts([c.document.number for c in changes if c.document.number not in known])
    placed: list[Change] = []
    refused: list[Fault] = []
    notes: list[Fault] = []
    bands: dict[str, list[Change]] = {}
    for change in changes:
        number, others = change.document.number, texts.get(change.document.number, [])
        if others and RECORD in (change.document.kind, *(text.kind for text in others)):
            refused.append(Fault(number, f"a document of this number is there already, from {others[0].source}"))
            continue
        if others:
            name = _name(change, {text.held_as for text in others})
            change = replace(change, held=name, passages=passages_of(change.document, name))
        marks = list(change.sketch.bands())
        near = {c.position: c for band in marks for c in bands.get(band, ())}
        notes.extend(_alike(catalogue, change, list(near.values())))
        for band in marks:
            bands.setdefault(band, []).append(change)
        placed.append(change)
    return Placed(tuple(placed), tuple(refused), tuple(notes))


def _name(change: Change, taken: Collection[str]) -> str:
    """Return a name for a further text of an act."""
    number, kind = change.document.number, change.document.text_kind
    names = (number, f"{number}~{kind}", *(f"{number}~{kind}-{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _alike(catalogue: Catalogue, change: Change, pending: Sequence[Change]) -> list[Fault]:
    """Return a note for each text that a document repeats."""
    there = [(t.number, t.source, t.sketch) for t in catalogue.alike(change.sketch) if t.held_as != change.held_as]
    there += [(c.document.number, "the same source", c.sketch) for c in pending]
    notes = []
    for number, source, sketch in there:
        share = change.sketch.likeness(sketch)
        if share >= NEAR:
            how = "the same as" if change.sketch.said == sketch.said else f"nearly the same ({share:.0%}) as"
            notes.append(Fault(change.document.number, f"its text is {how} that of {number}, from {source}"))
    return notes
