"""Relations become validity: what one act says of another is true of that other one too, from its own date on.

Every document keeps the relations that its source states. What others state of it is added when it is read: whom B
replaces is replaced by B. So nothing is rewritten when B comes, changes or goes. A target may be written in any way that
holds the act's number, or be a name of it; one that names no act here waits until the act comes, and one that names
several acts is believed of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.bundle import INVERSE
from corpus.document import RECORD, Document, Relation, first_day
from corpus.normalise import fold, tokens

__all__ = ["CHANGING", "Name", "Said", "Web", "names_of", "norm_of", "said_of"]

CHANGING = frozenset(("replaces", "repeals", "amends", "partially_repeals"))
"""What an act may do to the force of another."""
_ENDING = frozenset(("replaces", "repeals"))
_ENDS = "ends"
"""What a text that knows the last day of its act says to other texts of the same act."""
_LIVING = frozenset(("in_force", "amended", "not_yet_in_force", "unknown"))
_NUMBER = re.compile(r"\d[\d.]*(?: ?/ ?\w+|-\w+| [A-ZĐ]{2,}[/-]\w+)(?: ?/ ?\w+|-\w+)*")
_LETTER = re.compile(r"[^\W\d_]")
_KINDS = frozenset(
    "nghi quyet quyet dinh luat bo thong tu lien tich chi thi ket luan cong van dien phap lenh hien so no nq qd nd tt ct kl law decree "
    "decision resolution circular directive conclusion".split()
)
_LONG_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A relation as a document's source states it: `document` is the name of the text, `target` is normal as in `norm_of`."""

    document: str
    number: str
    source: str
    official: bool
    begins: str | None
    place: int
    type: str
    target: str
    printed: str
    since: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """A name under which a document may be meant, in its normal form; `act` is the normal form of its number."""

    norm: str
    document: str
    number: str
    act: str


def norm_of(text: str) -> str:
    """Return the form in which names of acts are compared.

    It is the first act's number in the text, else all of its words, folded, whatever stands between its parts: “Nghị định số
    13/2023/NĐ-CP”, “13/2023/ND-CP” and “13-2023-nđ-cp” are one.
    """
    numbers = (match.group() for match in _NUMBER.finditer(text))
    number = next((n for n in numbers if _LETTER.search(n)), None)
    bracket = re.search(r"\((\d{4})\)\s*$", text) if number else None  # the library tells acts of one number apart by their year
    words = tokens(number) if number else tokens(text)
    return "/".join(fold(word).lstrip("0") or "0" for word in (*words, *(bracket.groups() if bracket else ())))


def _whole(alias: str) -> str:
    """Return the normal form of another name of an act: of the number in it only where nothing but the kind of act stands before."""
    kind = {fold(word) for word in tokens(_NUMBER.split(alias)[0])}
    return norm_of(alias) if kind <= _KINDS else "/".join(fold(word).lstrip("0") or "0" for word in tokens(alias))


def names_of(document: Document, held_as: str) -> tuple[Name, ...]:
    """Return the names of a document: its number, its aliases and its title; none for a record of a table."""
    if document.kind == RECORD:
        return ()
    act = norm_of(document.number)
    others = [n for n in map(_whole, (*document.aliases, document.title.vi, document.title.en)) if n.count("/") >= _LONG_ENOUGH - 1]
    return tuple(Name(norm, held_as, document.number, act) for norm in dict.fromkeys((act, *others)) if norm)


def said_of(document: Document, held_as: str, source: str) -> tuple[Said, ...]:
    """Return what a document's source states of other acts."""
    official, begins = document.text_kind == "official", document.effective_from or document.issued
    said = [
        Said(held_as, document.number, source, official, begins, place, r.type, target, r.target, r.since)
        for place, r in enumerate(document.relations)
        if r.type in INVERSE and (target := norm_of(r.target))
    ]
    act = norm_of(document.number)
    if document.effective_to and act and document.kind != RECORD:
        place = len(document.relations)
        said.append(Said(held_as, document.number, source, official, begins, place, _ENDS, act, document.number, document.effective_to))
    return tuple(said)


class Web:
    """What some documents say of each other; knows all names by which the targets in it may be meant."""

    def __init__(self, said: Iterable[Said], names: Iterable[Name]) -> None:
        self._of: dict[str, list[Said]] = {}
        self._on: dict[str, list[Said]] = {}
        self._named: dict[str, list[Name]] = {}
        self._held: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda n: n.document):
            self._named.setdefault(name.norm, []).append(name)
            if name.norm == name.act:
                self._held.setdefault(name.act, []).append(name.document)
        for row in said:
            self._of.setdefault(row.document, []).append(row)
            act = self.act(row.target)
            if act is not None:
                self._on.setdefault(act, []).append(row)

    def act(self, target: str) -> str | None:
        """Return the one act that a name in its normal form means, None when there is none or several."""
        named = self._named.get(target, [])
        acts = {n.act for n in named if n.act == target} or {n.act for n in named}
        return acts.pop() if len(acts) == 1 else None

    def printed(self, target: str) -> str:
        """Return a relation's target as the act itself prints its number, or as it is when no act is known by it."""
        norm = norm_of(target)
        act = self.act(norm) if norm in self._named else None
        numbers = [n.number for n in self._named.get(norm, ()) if n.act == act]
        return target if not numbers or target in numbers else numbers[0]

    def effective(self, document: Document, held_as: str, source: str) -> Document:
        """Return the document with what others say of it, and the status that follows from that."""
        if document.kind == RECORD or not (self._of or self._on):
            return document
        relations = [replace(relation, target=self.printed(relation.target)) for relation in document.relations]
        places = {(r.type, norm_of(r.target)): place for place, r in reversed([*enumerate(relations)])}
        derived: list[Relation] = []
        for relation, told_by in self._derived(document, held_as):
            place = places.setdefault((relation.type, norm_of(relation.target)), len(relations))
            if place == len(relations):
                relations.append(relation)
                derived.append(relation)
            elif relations[place].since is None and relation.since and told_by != source and place < len(document.relations):
                # a source that was read whole has said all that it knows of its own documents
                relations[place] = replace(relations[place], since=relation.since)
                derived.append(relations[place])
        changed = document if tuple(relations) == document.relations else replace(document, relations=tuple(relations))
        changed = _with_status(changed, derived) if derived else changed
        ends = [row.since for row in self._siblings(document, held_as) if row.type == _ENDS and row.since]
        return replace(changed, effective_to=min(ends)) if ends and not changed.effective_to else changed

    def _siblings(self, document: Document, held_as: str) -> list[Said]:
        """Return what other texts of the same act say."""
        others = (name for name in self._held.get(norm_of(document.number), ()) if name != held_as)
        return [row for name in others for row in self._of.get(name, ())]

    def faults(self, document: Document) -> Iterator[str]:
        """Yield a sentence for each statement of a document on the force of an act that has no effect, and why."""
        mine = norm_of(document.number)
        missing: list[str] = []
        for relation in document.relations:
            if relation.type not in CHANGING:
                continue
            act = self.act(norm_of(relation.target))
            told = f"it says “{relation.type.replace('_', ' ')} {relation.target}”"
            if act is None and norm_of(relation.target) not in self._named:
                missing.append(relation.target)
            elif act is None:
                yield f"{told}: several documents bear that name"
            elif act == mine:
                yield f"{told}, which is itself; that has no effect"
            elif relation.type in _ENDING and self._denied(act, mine, document.effective_from or document.issued):
                yield f"{told}, which says the same of it; the later of the two is believed"
        if missing:
            yield f"what it says of the force of {', '.join(missing)} takes effect once that is here"

    def _derived(self, document: Document, held_as: str) -> list[tuple[Relation, str]]:
        """Return what others say of a document, turned round, with the source that says so; the best witness of each first.

        Other texts of the same act say it of the act: their relations are this text's too.
        """
        mine = norm_of(document.number)
        begins = document.effective_from or document.issued
        found: list[tuple[bool, bool, str, Relation, str]] = []
        for row in self._on.get(mine, ()):
            if self._is_of(row, mine) or (row.type in _ENDING and self._denied(mine, norm_of(row.number), begins, row.begins)):
                continue
            since = row.since or (row.begins if row.type in CHANGING else None)
            found.append((row.since is None, not row.official, since or "~", Relation(INVERSE[row.type], row.number, since), row.source))
        for row in self._siblings(document, held_as):
            if self.act(row.target) != mine:
                relation = Relation(row.type, self.printed(row.printed), row.since)
                found.append((row.since is None, not row.official, row.since or "~", relation, row.source))
        return [(relation, source) for *_, relation, source in sorted(found, key=lambda f: (f[:3], f[3].type, f[3].target))]

    def _is_of(self, row: Said, act: str) -> bool:
        """Tell whether a statement is one of the act's own."""
        return norm_of(row.number) == act

    def _denied(self, ended: str, ending: str, begins: str | None, later: str | None = None) -> bool:
        """Tell whether the act that is said to be ended says the same of the other one, and does not begin before it."""
        if not any(row.type in _ENDING and self._is_of(row, ended) for row in self._on.get(ending, ())):
            return False
        if later is None:
            return True
        mine, other = first_day(begins), first_day(later)
        return not (mine and other and mine < other)


def _with_status(document: Document, derived: Sequence[Relation]) -> Document:
    """Return a document with the status, and the last day, that follow from what others say of it."""
    types = {relation.type for relation in derived}
    if "repealed_by" in types:
        days = [day - timedelta(1) for r in derived if r.type == "repealed_by" and (day := first_day(r.since)) and day > date.min]
        end = first_day(document.effective_to)
        if days:
            document = replace(document, effective_to=min([*days, *([end] if end else [])]).isoformat())
        elif not end and document.status in _LIVING:
            document = replace(document, status="expired")
    if "replaced_by" in types and document.status in _LIVING and not any(r.since for r in document.related("replaced_by")):
        document = replace(document, status="replaced")
    begun = document.effective_from or document.issued
    if types & {"amended_by", "partially_repealed_by"} and (document.status == "in_force" or (document.status == "not_yet_in_force" and begun)):
        document = replace(document, status="amended")
    return document
