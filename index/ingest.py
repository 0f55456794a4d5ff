"""Documents go into the current generation of the index, only what has changed being encoded.

Every document belongs to a source. A document whose hash is known is passed over; a changed one has those passages encoded
whose keys are new; what a source no longer holds is removed everywhere. Batches are bounded, so any number of documents
may come. For each batch the caches are written first, then the catalogue in one transaction, then the keys that nobody
knows any more leave the caches: a reader, who believes the catalogue alone, sees a document as it was or as it is. What a
writer that was killed left in the caches is swept out by the next one.

What an act says of another changes that one's validity (`index.relations`): the entries of the other one then get new keys,
and keep their vectors. An act may come from several sources, its official words and a digest of them: these are held side by side.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from corpus.document import Document
from corpus.errors import CorpusError, Fault
from index.caches import Progress
from index.catalogue import Catalogue, Change
from index.contents import digest_of, entries_of, passages_of
from index.effects import Effects, effects_of
from index.embedding import Encoder
from index.entry import Entry
from index.errors import NoIndex, StaleIndex
from index.files import need_room
from index.generation import BATCH, regenerate
from index.home import Home
from index.mending import mend
from index.placing import place
from index.sketch import sketch_of
from index.writing import Writing

__all__ = ["IngestReport", "ingest", "ingest_locked"]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the documents of a source, by number of documents; `failed` names what was not taken in, and why.

    `notes` name what was taken in and should be known: texts that are the same or nearly so, acts whose force others have
    changed, statements that have no effect. `passages_redated` are those of other documents whose validity changed.
    """

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    removed: int = 0
    failed: tuple[Fault, ...] = ()
    passages_encoded: int = 0
    passages_deleted: int = 0
    seconds: float = 0.0
    notes: tuple[Fault, ...] = ()
    passages_redated: int = 0

    def __add__(self, other: IngestReport) -> IngestReport:
        """Return the report on both."""
        return IngestReport(*(getattr(self, name) + getattr(other, name) for name in IngestReport.__slots__))

    @property
    def changed(self) -> bool:
        """Tell whether the index is another than before."""
        return bool(self.added or self.replaced or self.removed)

    def to_json(self) -> dict[str, Any]:
        """Return the report as the command line prints it."""
        named = {name: [{"name": f.name, "reason": f.reason} for f in faults] for name, faults in (("failed", self.failed), ("notes", self.notes))}
        return asdict(self) | named | {"seconds": round(self.seconds, 2)}


def ingest(
    home: Home, catalogue: Catalogue, encoder: Encoder, documents: Iterable[Document], *, source: str, progress: Progress | None = None
) -> IngestReport:
    """Make the index hold exactly `documents` of `source`; the documents of other sources stay as they are.

    `progress` is called with the stage `passages` and how many are in. A CorpusError out of `documents` ends the reading
    and is reported; then nothing is removed, since it is not known what would have followed. Raises IndexBusy, StaleIndex
    when the index was made by another encoder or format, StoreFailed.
    """
    with home.writing():
        try:
            reason = home.manifest().refuses(encoder.fingerprint)
        except NoIndex:
            regenerate(home, catalogue, encoder, progress)
            reason = None
        if reason:
            raise StaleIndex(f"Nothing can be added to the index: {reason}.")
        return ingest_locked(home, catalogue, encoder, documents, source=source, progress=progress)


def ingest_locked(
    home: Home, catalogue: Catalogue, encoder: Encoder, documents: Iterable[Document], *, source: str, progress: Progress | None = None
) -> IngestReport:
    """Do what `ingest` does, for a caller that holds the writer's lock and has made sure of the generation."""
    started = time.monotonic()
    mended = mend(home, catalogue, encoder, progress)
    need_room(home.root)
    with closing(Writing(home.current(), catalogue, encoder, progress)) as writing:
        run = _Run(catalogue, writing, source)
        whole = True
        try:
            for document in documents:
                run.take(document)
        except CorpusError as error:
            run.failed.append(Fault(source, getattr(error, "reason", None) or str(error)))
            whole = False
        run.finish(whole)
        writing.done()
    report = run.report(time.monotonic() - started) + IngestReport(passages_encoded=mended)
    if report.changed:
        present = catalogue.count()
        home.amend(documents=present[0], passages=present[1])
    return report


class _Run:
    """One reading of a source."""

    def __init__(self, catalogue: Catalogue, writing: Writing, source: str) -> None:
        self._catalogue, self._writing, self._source = catalogue, writing, source
        self._known = catalogue.known(source)
        self._seen: set[str] = set()
        self._moved: dict[str, int] = {}
        self._pending: list[Change] = []
        self._held = self._redated = 0
        self._counts = dict.fromkeys(("added", "unchanged", "replaced", "removed"), 0)
        self.failed: list[Fault] = []
        self.notes: list[Fault] = []

    def take(self, document: Document) -> None:
        """Take in one document of the source; it may be written with later ones."""
        number = document.number
        if number in self._seen:
            self.failed.append(Fault(number, "it stands twice in this source; the first one is kept"))
            return
        position = len(self._seen)
        self._seen.add(number)
        digest, known = digest_of(document), self._known.get(number)
        if known and known.digest == digest:
            self._counts["unchanged"] += 1
            if known.position != position:
                self._moved[known.held_as] = position
            return
        held = known.held_as if known else ""
        change = Change(document, position, digest, passages_of(document, held), held, sketch_of(document))
        self._pending.append(change)
        self._held += len(change.passages) + 1
        if self._held >= BATCH:
            self._flush()

    def _flush(self) -> None:
        """Write what is pending: the caches, the catalogue, then the keys that are gone."""
        if not self._pending:
            return
        placed = place(self._catalogue, self._pending, self._known)
        self.failed.extend(placed.refused)
        effects = effects_of(self._catalogue, placed.changes, (), self._source)
        self.notes.extend((*placed.notes, *effects.notes))
        changes, entries, kept, gone = self._settled(effects)
        self._counts["replaced"] += sum(change.document.number in self._known for change in changes)
        self._counts["added"] += sum(change.document.number not in self._known for change in changes)
        self._writing.write([*entries, *effects.entries], {**kept, **effects.kept})
        if gone or effects.moved:
            self._writing.begin()
        if changes:
            self._catalogue.write(self._source, changes, effects.moved)
        self._writing.delete([*gone, *effects.moved])
        self._redated += len(effects.moved)
        self._pending.clear()
        self._held = 0

    def _settled(self, effects: Effects) -> tuple[list[Change], list[Entry], dict[str, str], list[str]]:
        """Return the changes, the entries to write, the keys under which words are there already, and the keys that are gone."""
        changes = [change for change, _ in effects.changes]
        old = self._catalogue.keys_of([c.held_as for c in changes if c.document.number in self._known])
        entries: list[Entry] = []
        kept: dict[str, str] = {}
        gone: list[str] = []
        for change, document in effects.changes:
            before = old.get(change.held_as, set())
            new = [key for key in change.passages if key not in before]
            entries.extend(entries_of(document, change.passages, new))
            left = sorted(before - change.passages.keys())
            words = {(p.serves, p.embedding_text): key for key, p in self._catalogue.passages(left).items()} if new else {}
            for key in new:
                passage = change.passages[key]
                there = words.get((passage.serves, passage.embedding_text))
                kept.update({key: there} if there else {})
            gone.extend(left)
        return changes, entries, kept, gone

    def finish(self, whole: bool) -> None:
        """Write the rest; when the `whole` source was read, remove what it no longer holds."""
        self._flush()
        removed = [known.held_as for number, known in self._known.items() if number not in self._seen] if whole else []
        effects = effects_of(self._catalogue, (), removed, self._source)
        self.notes.extend(effects.notes)
        keys = [key for row in self._catalogue.keys_of(removed).values() for key in row]
        self._writing.write(effects.entries, effects.kept)
        if keys or effects.moved:
            self._writing.begin()
        if removed or self._moved:
            self._catalogue.settle(self._moved, removed, effects.moved)
        self._writing.delete([*keys, *effects.moved])
        self._redated += len(effects.moved)
        self._counts["removed"] = len(removed)

    def report(self, seconds: float) -> IngestReport:
        """Return what became of the documents."""
        return IngestReport(
            **self._counts, failed=tuple(self.failed), passages_encoded=self._writing.encoded,
            passages_deleted=self._writing.deleted - self._redated, seconds=seconds, notes=tuple(self.notes), passages_redated=self._redated,
        )  # fmt: skip
