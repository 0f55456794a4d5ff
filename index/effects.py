"""What coming and leaving documents do to the force of others, before anything is written.

Only documents that are named by what comes or leaves, or that name it, are looked at. Where the days of validity of one change,
its entries are to be written under new keys; their words, and so their vectors, stay.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from corpus.bundle import INVERSE
from corpus.document import Document, Relation
from corpus.errors import Fault
from index.catalogue import LIBRARY, Catalogue
from index.contents import entries_of, passages_of, rekeyed
from index.entry import Entry
from index.held import Change, Head
from index.relations import CHANGING, Web, names_of, said_of

__all__ = ["Effects", "effects_of"]

_CHANGED = frozenset(INVERSE[kind] for kind in CHANGING)


@dataclass(frozen=True, slots=True)
class Effects:
    """The changes with their documents as they will be read; of others the entries to write, and new keys by old ones."""

    changes: list[tuple[Change, Document]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    notes: list[Fault] = field(default_factory=list)

    @property
    def kept(self) -> dict[str, str]:
        """The old key, under which the vector is, by the new one."""
        return {new: old for old, new in self.moved.items()}


def effects_of(catalogue: Catalogue, coming: Sequence[Change], leaving: Collection[str], source: str) -> Effects:
    """Return what follows when documents come, in place of those of the same names, and others leave."""
    effects = Effects()
    old, new, others = _webs(catalogue, coming, leaving, source)
    for change in coming:
        document = new.effective(change.document, change.held_as, source)
        if document is not change.document:
            change = replace(change, passages=passages_of(document, change.held_as))
        effects.changes.append((change, document))
        if source != LIBRARY:  # the bundled library points at much that it does not hold
            effects.notes.extend(Fault(change.document.number, fault) for fault in new.faults(change.document))
    for head in others:
        before, after = (web.effective(head.document, head.held_as, head.source) for web in (old, new))
        effects.notes.extend(Fault(head.document.number, told) for told in _told(before, after))
        if before.valid_between() != after.valid_between():
            had = catalogue.passages(sorted(catalogue.keys_of([head.held_as]).get(head.held_as, ())))
            have = rekeyed(after, had)
            effects.entries.extend(entries_of(after, have, have))
            effects.moved.update(zip(had, have, strict=True))
    return effects


def _webs(catalogue: Catalogue, coming: Sequence[Change], leaving: Collection[str], source: str) -> tuple[Web, Web, list[Head]]:
    """Return what is said now and what will be said, of the documents concerned, and those of them that neither come nor leave."""
    there = catalogue.statements
    gone = {change.held_as for change in coming} | set(leaving)
    names = [name for c in coming for name in names_of(c.document, c.held_as)]
    said = [row for c in coming for row in said_of(c.document, c.held_as, source)]
    old_names, old_said = there.names_of(gone), there.said_by(gone)
    if not (names or old_names):
        return Web((), ()), Web((), ()), []
    every = [*names, *old_names]
    # a name is of interest where somebody speaks of it: a thousand laws may have the same title
    spoken = {row.target for row in there.said_of({n.norm for n in every})}
    meant = there.bearing({row.target for row in (*said, *old_said)} | spoken | {n.act for n in every})
    others = {n.document for n in there.bearing({n.act for n in meant}) if n.norm == n.act} - gone
    about = there.names_of(others | gone)
    old = Web(*there.around(about, there.said_by(others | gone)))
    rows, bearers = there.around([*about, *names], [*there.said_by(others), *said])
    kept = [row for row in rows if row.document not in gone or row in said]
    new = Web(dict.fromkeys([*kept, *said]), dict.fromkeys([n for n in bearers if n.document not in gone] + names))
    return old, new, catalogue.stated(others)


def _told(before: Document, after: Document) -> list[str]:
    """Return a sentence for each act that now changes the force of this one, or no longer does."""
    had, have = ({_bare(r) for r in document.related(*_CHANGED)} for document in (before, after))
    gained = [f"it is {_words(relation)}" for relation in sorted(have - had, key=str)]
    return gained + [f"it is no longer {_words(relation)}" for relation in sorted(had - have, key=str)]


def _bare(relation: Relation) -> tuple[str, str, str]:
    """Return what a relation says, without its note."""
    return relation.type, relation.target, relation.since or ""


def _words(relation: tuple[str, str, str]) -> str:
    """Return a relation in words."""
    kind, target, since = relation
    return f"{kind.replace('_', ' ')} {target}{f' from {since}' if since else ''}"
