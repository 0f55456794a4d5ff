"""Items made from documents, by rule and without a model: as many as are wanted, every kind and language in turn.

The same documents, glossary, seed and wishes give the same items. An item that does not verify is thrown away, and so is one
that asks what another one asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.study import acting, cloze, matching, shelving
from assistant.study.checking import Checker
from assistant.study.distractor import Distractors
from assistant.study.ground import Ground
from assistant.study.item import Item, Kind
from assistant.study.statement import Statement

__all__ = ["Maker", "Wishes"]

_CLOZES = (Kind.FIGURE, Kind.DATE, Kind.NAME, Kind.TERM)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How many items are wanted, of which kinds and languages (none: all), by which seed, and of which provisions (none: all).

    `only` holds documents by the name they are held under, or provisions as `Cited.provision` names them.
    """

    count: int = 20
    kinds: frozenset[Kind] = frozenset()
    languages: tuple[str, ...] = ("vi", "en")
    seed: int = 0
    only: frozenset[str] = frozenset()
    about: str = ""


class Maker:
    """Makes items on one ground."""

    def __init__(self, ground: Ground, checker: Checker) -> None:
        self._ground, self.checker = ground, checker
        self._distractors = Distractors(ground, checker)

    def make(self, wishes: Wishes) -> tuple[Item, ...]:
        """Return up to `wishes.count` items; fewer where the documents give no more."""
        kinds = [kind for kind in Kind if not wishes.kinds or kind in wishes.kinds]
        lines = [self._stream(kind, language, wishes) for kind in kinds for language in wishes.languages]
        found: list[Item] = []
        asked: set[tuple[str, ...]] = set()
        while lines and len(found) < wishes.count:
            for line in list(lines):
                if len(found) == wishes.count:
                    break
                item = next((i for i in line if not _asked(i) & asked and not self.checker.faults(i)), None)
                if item is None:
                    lines.remove(line)
                else:
                    found.append(item)
                    asked |= _asked(item)
        return tuple(found)

    def _stream(self, kind: Kind, language: str, wishes: Wishes) -> Iterator[Item]:
        """Yield candidates of one kind and language, in an order that the seed decides."""
        chance = Random(f"{wishes.seed} {kind} {language}")
        if kind is Kind.MATCH:
            terms = matching.told(self._ground)
            places = [i for i, (_, _, vi, _) in enumerate(terms) if _wanted(vi, wishes)]
            chance.shuffle(places)
            for at in places:
                yield from matching.match(at, terms, language, chance)
        elif kind is Kind.ORDER:
            known = shelving.dated(self._ground, language)
            places = [i for i, (_, s) in enumerate(known) if _wanted(s, wishes)]
            for _ in range(8):  # a document may stand in several orders, each time among others
                chance.shuffle(places)
                for at in places:
                    yield from shelving.order(at, known, chance)
        else:
            yield from self._of_statements(kind, language, wishes, chance)

    def _of_statements(self, kind: Kind, language: str, wishes: Wishes, chance: Random) -> Iterator[Item]:
        """Yield candidates of a kind that is made of one statement."""
        chosen = [s for s in self._ground.statements if s.language == language and _wanted(s, wishes)]
        chance.shuffle(chosen)
        for statement in chosen:
            found = list(self._ground.slots(statement))
            chance.shuffle(found)
            if kind in _CLOZES:
                one = [slot for slot in found if slot.kind is kind]
                yield from cloze.cloze(statement, one[:1], self._distractors, chance)
            elif kind is Kind.SAYS:
                yield from shelving.says(statement, self._ground, chance)
            elif kind is Kind.WHICH:
                yield from acting.which(statement, self._ground, chance)
            else:
                for make in _FROM_SLOTS[kind]:
                    yield from make(statement, found, self._distractors, chance)


_FromSlots = Callable[..., Iterator[Item]]
_FROM_SLOTS: Mapping[Kind, Sequence[_FromSlots]] = {
    Kind.WHO: (acting.issuer, cloze.who), Kind.WHEN: (acting.when,), Kind.TRUTH: (cloze.true_or_false,),
}  # fmt: skip


def _wanted(statement: Statement, wishes: Wishes) -> bool:
    """Tell whether items of a statement are wanted."""
    cited = statement.cited()
    if wishes.only and not wishes.only & {cited.text_name, cited.provision}:
        return False
    return wishes.about.casefold() in f"{statement.text}\n{statement.provision.heading.vi}\n{statement.provision.heading.en}".casefold()


def _asked(item: Item) -> set[tuple[str, ...]]:
    """Return what an item asks: two items that share any of it would be the same question twice."""
    asked: set[tuple[str, ...]] = {("stem", item.language, item.stem)}
    if item.kind is Kind.TRUTH:
        asked.add(("judged", item.language, item.citations[0].quote))
    elif item.kind is not Kind.ORDER:
        asked.add(("answer", item.language, item.citations[0].quote, item.right))
    return asked
