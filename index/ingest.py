"""Documents go into the current generation of the index, only what has changed being encoded.

Every document belongs to a source. A document whose hash is known is passed over; a changed one has those passages encoded
whose keys are new; what a source no longer holds is removed everywhere. Batches are bounded, so any number of documents
may come. For each batch the caches are written first, then the catalogue in one transaction, then the keys that nobody
knows any more leave the caches: a reader, who believes the catalogue alone, sees a document as it was or as it is. What a
writer that was killed left in the caches is swept out by the next one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.errors import CorpusError, Fault
from corpus.passages import Passage
from index.caches import Caches, Progress, is_unfinished
from index.catalogue import Catalogue, Change
from index.contents import digest_of, entries_of, passages_of
from index.embedding import Encoder
from index.entry import Entry
from index.errors import NoIndex, StaleIndex
from index.generation import BATCH, in_parts, regenerate
from index.home import Home

__all__ = ["IngestReport", "ingest", "ingest_locked"]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the documents of a source, by number of documents; `failed` names what was not taken in, and why."""

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    removed: int = 0
    failed: tuple[Fault, ...] = ()
    passages_encoded: int = 0
    passages_deleted: int = 0
    seconds: float = 0.0

    def __add__(self, other: IngestReport) -> IngestReport:
        """Return the report on both."""
        return IngestReport(*(getattr(self, name) + getattr(other, name) for name in IngestReport.__slots__))

    @property
    def changed(self) -> bool:
        """Tell whether the index is another than before."""
        return bool(self.added or self.replaced or self.removed)

    def to_json(self) -> dict[str, Any]:
        """Return the report as the command line prints it."""
        return asdict(self) | {"failed": [{"name": f.name, "reason": f.reason} for f in self.failed], "seconds": round(self.seconds, 2)}


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
    with closing(_Writing(home.current(), catalogue, encoder, progress or (lambda stage, done, total: None))) as writing:
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
    report = run.report(time.monotonic() - started)
    if report.changed:
        present = catalogue.count()
        home.amend(documents=present[0], passages=present[1])
    return report


class _Writing:
    """The caches of a generation, opened and marked as unfinished when the first change comes, swept when they were left so."""

    def __init__(self, folder: Path, catalogue: Catalogue, encoder: Encoder, report: Progress) -> None:
        self._folder, self._catalogue, self._encoder, self._report = folder, catalogue, encoder, report
        self._caches: Caches | None = None
        self.encoded = self.deleted = 0
        if is_unfinished(folder):
            self._sweep()

    def begin(self) -> Caches:
        """Return the open caches; the generation is marked from the first call on, which must come before the catalogue changes."""
        if self._caches is None:
            self._caches = Caches(self._folder)
            self._caches.begin()
        return self._caches

    def write(self, entries: Sequence[Entry]) -> None:
        """Encode and add entries."""
        if entries:
            self.begin().write(entries, self._encoder, lambda done: self._report("passages", self.encoded + done, 0))
            self.encoded += len(entries)

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys."""
        if keys:
            self.begin().delete(keys)
            self.deleted += len(keys)

    def _sweep(self) -> None:
        """Bring the caches to what the catalogue knows: a writer before stopped on its way."""
        strange, missing = self.begin().differences(self._catalogue.keys())
        self.begin().delete(sorted(strange | missing))  # a key that one cache alone has is written anew to both
        for part in in_parts(sorted(missing), BATCH):
            found = self._catalogue.passages(part)
            per: dict[str, dict[str, Passage]] = {}
            for key, passage in found.items():
                per.setdefault(passage.document, {})[key] = passage
            heads = [(self._catalogue.document(number), passages) for number, passages in per.items()]
            self.write([entry for head, passages in heads if head for entry in entries_of(head, passages, passages)])

    def done(self) -> None:
        """Take away the mark: all is written."""
        if self._caches is not None:
            self._caches.end()

    def close(self) -> None:
        """Let go of the files."""
        if self._caches is not None:
            self._caches.close()


class _Run:
    """One reading of a source."""

    def __init__(self, catalogue: Catalogue, writing: _Writing, source: str) -> None:
        self._catalogue, self._writing, self._source = catalogue, writing, source
        self._known = catalogue.known(source)
        self._seen: set[str] = set()
        self._moved: dict[str, int] = {}
        self._pending: list[Change] = []
        self._held = 0
        self._counts = dict.fromkeys(("added", "unchanged", "replaced", "removed"), 0)
        self.failed: list[Fault] = []

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
                self._moved[number] = position
            return
        change = Change(document, position, digest, passages_of(document))
        self._pending.append(change)
        self._held += len(change.passages) + 1
        if self._held >= BATCH:
            self._flush()

    def _flush(self) -> None:
        """Write what is pending: the caches, the catalogue, then the keys that are gone."""
        owners = self._catalogue.owners([c.document.number for c in self._pending if c.document.number not in self._known])
        for number, owner in owners.items():
            self.failed.append(Fault(number, f"a document of this number is there already, from {owner}"))
        changes = [c for c in self._pending if c.document.number not in owners]
        old = self._catalogue.keys_of([c.document.number for c in changes if c.document.number in self._known])
        entries: list[Entry] = []
        gone: list[str] = []
        for change in changes:
            before = old.get(change.document.number, set())
            entries.extend(entries_of(change.document, change.passages, [k for k in change.passages if k not in before]))
            gone.extend(before - change.passages.keys())
            self._counts["replaced" if change.document.number in self._known else "added"] += 1
        self._writing.write(entries)
        if gone:
            self._writing.begin()
        if changes:
            self._catalogue.write(self._source, changes)
        self._writing.delete(gone)
        self._pending.clear()
        self._held = 0

    def finish(self, whole: bool) -> None:
        """Write the rest; when the `whole` source was read, remove what it no longer holds."""
        self._flush()
        removed = [number for number in self._known if number not in self._seen] if whole else []
        keys = [key for row in self._catalogue.keys_of(removed).values() for key in row]
        if keys:
            self._writing.begin()
        if removed or self._moved:
            self._catalogue.settle(self._moved, removed)
        self._writing.delete(keys)
        self._counts["removed"] = len(removed)

    def report(self, seconds: float) -> IngestReport:
        """Return what became of the documents."""
        return IngestReport(
            **self._counts, failed=tuple(self.failed), passages_encoded=self._writing.encoded, passages_deleted=self._writing.deleted,
            seconds=seconds,
        )  # fmt: skip
