"""The ground that items are made on: all statements of the documents studied, their slots, and what is like what.

Made once for a set of documents and read only from then on.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from assistant.study.item import Kind
from assistant.study.slot import Namer, Slot, slots
from assistant.study.statement import Statement, statements
from assistant.verification.quantities import acts
from corpus.document import Document
from corpus.glossary import Glossary

__all__ = ["Ground"]

_ALIKE = 0.6
_COMMON = 60
_FARTHEST = 10.0


class Ground:
    """The statements of documents (each with the name it is held under) and the slots in them."""

    def __init__(self, documents: Sequence[tuple[str, Document]], glossary: Glossary) -> None:
        self.documents = tuple(documents)
        self.glossary = glossary
        self.statements = tuple(statements(documents))
        namer = Namer(glossary)
        self._slots = {s: slots(s, namer) for s in self.statements}
        self._pool: dict[tuple[str, Kind, str], list[Slot]] = defaultdict(list)
        self._saying: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for statement, found in self._slots.items():
            for slot in found:
                self._pool[statement.language, slot.kind, slot.group].append(slot)
            for key in statement.sayings:
                self._saying[statement.language, key].append(statement)
        self._named = {name: frozenset(acts("\n".join(p.text.vi for p in d.provisions))) for name, d in documents}

    def slots(self, statement: Statement) -> tuple[Slot, ...]:
        """Return the slots of a statement."""
        return self._slots[statement]

    def of(self, document: Document, language: str) -> Iterator[Statement]:
        """Yield the statements of one document in one language."""
        return (s for s in self.statements if s.document is document and s.language == language)

    def naming(self, document: Document) -> Iterator[Document]:
        """Yield the documents that a relation, or words of theirs, tie to a document."""
        mine = acts(document.number)[:1]
        targets = {relation.target for relation in document.relations}
        for name, other in self.documents:
            tied = other.number in targets or any(relation.target == document.number for relation in other.relations)
            if tied or any(act.may_be(own) for own in mine for act in self._named[name]):
                yield other

    def neighbours(self, statement: Statement, slot: Slot) -> list[Slot]:
        """Return the slots of the same group elsewhere, one a value, the nearest first.

        Near are provisions beside this one, then those of documents beside its own; of figures, those of about the same size.
        """
        others = [s for s in self._pool[statement.language, slot.kind, slot.group] if s.value != slot.value]
        others.sort(key=lambda s: (_distance(slot, s), s.place, s.start))
        return list({s.value: s for s in reversed(others)}.values())[::-1]

    def kin(self, statement: Statement) -> tuple[Statement, ...]:
        """Return statements elsewhere that say much of the same, one a provision: a wrong option must not be right there either."""
        keys = statement.sayings
        shared: Counter[Statement] = Counter()
        for key in keys:
            saying = self._saying[statement.language, key]
            if len(saying) <= _COMMON:
                shared.update(s for s in saying if s.place != statement.place)
        rare = sum(len(self._saying[statement.language, key]) <= _COMMON for key in keys)
        found = {s.place: s for s, count in shared.items() if count >= max(2, _ALIKE * rare)}
        return tuple(found[place] for place in sorted(found))


def _distance(mine: Slot, other: Slot) -> float:
    """Return how far a slot lies from another: provisions within a document, then documents, and the size of a figure or a date."""
    apart = abs(mine.place[1] - other.place[1]) / 10 if mine.place[0] == other.place[0] else 2 + abs(mine.place[0] - other.place[0]) / 20
    if mine.group == "year":
        # targets are set for round years: another year would tell itself
        odd = int(mine.value) % 5 == 0 and int(other.value) % 5 != 0
        return apart + abs(int(mine.value) - int(other.value)) / 3 + 2 * odd
    if mine.kind is Kind.FIGURE:
        a, b = float(mine.value), float(other.value)
        size = abs(math.log(a / b)) if a > 0 and b > 0 else _FARTHEST
        return apart + 2 * min(size, _FARTHEST)
    if mine.kind is Kind.DATE:
        return apart + 3 * min(abs(int(mine.value[:4]) - int(other.value[:4])), _FARTHEST)
    if mine.kind is Kind.NAME:
        return apart + 2 * (mine.value.split()[0] != other.value.split()[0])  # a ministry beside ministries
    if mine.kind is Kind.TERM:
        words = set(mine.words.lower().split())
        return apart - 2 * len(words & set(other.words.lower().split())) / len(words)
    return apart
