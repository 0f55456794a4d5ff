"""Files of any format taken in: read, corrected, completed, kept, and written to the index; one bad file stops no other.

Each file is a source of the catalogue. A file whose bytes, corrections and reading code are those of its record is not read
again. What was understood is taken in at once; what is doubtful is taken in too, with a note that asks a person to confirm it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.errors import BadSettings
from corpus.document import Document
from corpus.errors import Fault, Unreadable
from corpus.folders import reason_of
from corpus.formats.reading import ReadingProcess
from corpus.legal.reading import Reading
from corpus.readers import Taken, is_json_lines, read_document, read_file, reading_version
from corpus.sidecar import checked, corrected, find_sidecar, read_sidecar
from index.borrowed import completed
from index.build import Progress
from index.catalogue import LIBRARY, Catalogue
from index.embedding import Encoder
from index.errors import StoreFailed
from index.files import ROOM
from index.home import Home
from index.ingest import IngestReport, ingest
from index.originals import Originals, Record

__all__ = ["ROOM", "IngestReport", "Intake", "Wishes", "gone_from", "wishes_of"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says of the files: corrections of the one document given, and that what was understood is right."""

    given: Mapping[str, Any] = field(default_factory=dict)
    confirmed: bool = False


def wishes_of(given: Mapping[str, str], *, confirmed: bool = False) -> Wishes:
    """Return wishes of corrections by field as a person typed them; raises BadSettings for one that cannot be."""
    try:
        return Wishes(checked(given), confirmed)
    except ValueError as error:
        raise BadSettings(f"A correction cannot be used: {error}.", advice="Write days as 2026-07-01, and text that is not empty.") from error


class Intake:
    """Takes files into one index; to be used within `home.ingesting()` and closed after."""

    def __init__(
        self, home: Home, catalogue: Catalogue, encoder: Encoder, library: str, wishes: Wishes, progress: Progress | None = None, room: int = ROOM
    ) -> None:
        self._home, self._catalogue, self._encoder = home, catalogue, encoder
        self._library, self._wishes, self._progress, self._room = library, wishes, progress, room
        self._process = ReadingProcess()
        self._originals = Originals(home.root)

    def close(self) -> None:
        """End the process that reads, and remove the originals that nothing rests on."""
        self._process.close()
        sources = self._catalogue.sources()
        self._originals.sweep(sources if sources.keys() - {LIBRARY} else ())

    def take(self, path: Path) -> IngestReport:
        """Take one file in; what went wrong with it is in the report. Raises IndexBusy, StaleIndex."""
        try:
            if shutil.disk_usage(self._home.root).free < self._room:
                return IngestReport(failed=(Fault(str(path), f"less than {self._room >> 20} MB are free on the disk of the data folder"),))
            return self._lines(path) if is_json_lines(path) else self._file(path)
        except Unreadable as error:
            return IngestReport(failed=(Fault(str(error.path), error.reason),))
        except OSError as error:
            return IngestReport(failed=(Fault(str(path), reason_of(error)),))
        except StoreFailed as error:
            return IngestReport(failed=(Fault(str(path), f"it could not be written: {error}"),))

    def remove(self, source: str) -> IngestReport:
        """Remove what a file that is gone gave."""
        report = self._ingest((), source)
        self._originals.forget(source)
        return report

    def _ingest(self, documents: Iterable[Document], source: str) -> IngestReport:
        """Make the index hold these documents of a file."""
        return ingest(self._home, self._catalogue, self._encoder, documents, source=source, progress=self._progress)

    def _lines(self, path: Path) -> IngestReport:
        """Take in a file of JSON lines."""
        skipped: list[Fault] = []
        progress = self._progress
        reading = (lambda done, total: progress(f"reading {path.name}", done, total)) if progress else (lambda done, total: None)
        report = self._ingest(read_file(path, skipped, reading), str(path))
        return report + IngestReport(failed=tuple(skipped))

    def _file(self, path: Path) -> IngestReport:
        """Take in a file of any other format."""
        source = str(path)
        record = self._originals.record(source)
        given = {**(record.given if record else {}), **self._wishes.given}
        sidecar = find_sidecar(path)
        said = {**(record.given if record else {}), **(read_sidecar(sidecar) if sidecar else {}), **self._wishes.given}
        read_by = _hash(reading_version(), self._library, said)
        before = path.stat()
        fresh = record is not None and record.read_by == read_by and (record.confirmed or not self._wishes.confirmed)
        if record and fresh and (record.size, record.changed) == (before.st_size, before.st_mtime_ns) and self._held(source, record):
            return IngestReport(unchanged=record.held, failed=record.failed)
        taken = read_document(path, self._process)
        sha256 = self._originals.keep(path)
        if _moved(before, path.stat()) or not (taken.archive or taken.readings[0].document.sha256 == sha256):
            raise Unreadable(path, "it changed while it was read; give it again")
        confirmed = self._wishes.confirmed or bool(record and record.confirmed)
        documents, notes = self._documents(taken, path, said, confirmed)
        hashes = tuple(document.sha256 for document in documents)
        coming = Record(sha256, before.st_size, before.st_mtime_ns, read_by, hashes, len(documents), given, confirmed, taken.failed)
        self._originals.expect(source, coming)
        report = self._ingest(documents, source)
        self._originals.note(source, replace(coming, held=len(self._catalogue.known(source)), failed=(*taken.failed, *report.failed)))
        return report + IngestReport(failed=taken.failed, notes=notes)

    def _held(self, source: str, record: Record) -> bool:
        """Tell whether the catalogue still holds what a file gave, and the original is there."""
        return len(self._catalogue.known(source)) == record.held and self._originals.find(record.sha256) is not None

    def _documents(self, taken: Taken, path: Path, said: Mapping[str, Any], confirmed: bool) -> tuple[list[Document], tuple[Fault, ...]]:
        """Return the documents as corrected and completed, and what is to be said of them."""
        documents: list[Document] = []
        notes = list(taken.notes)
        if said and len(taken.readings) > 1:
            notes.append(Fault(str(path), "corrections are for a file of one document; they were not used"))
            said = {}
        for reading in taken.readings:
            read = {understood.field for understood in reading.understood} | said.keys()
            document, borrowed = completed(corrected(reading.document, said), self._catalogue, read)
            if borrowed:
                what = ", ".join(name.replace("_", " ") for name in borrowed)
                notes.append(Fault(document.number, f"{what}: not in its text, taken from the library's record of the same number"))
            doubts = _doubts(reading, document, said)
            if doubts and not confirmed:
                how = f"correct it in {path.name}.meta.yaml beside it or by --number, --kind, --issued; --yes confirms it"
                notes.append(Fault(document.number, f"to be confirmed: {'; '.join(doubts)} ({how})"))
            documents.append(document)
        return documents, tuple(notes)


def gone_from(catalogue: Catalogue, paths: Sequence[Path], files: Sequence[Path]) -> tuple[str, ...]:
    """Return the files that were ingested once and are no longer in the folders given; none for a folder that gives nothing."""
    present = {str(file) for file in files}
    folders = [f"{path.resolve()}{os.sep}" for path in paths if path.is_dir()]
    lively = tuple(folder for folder in folders if any(name.startswith(folder) for name in present))
    return tuple(name for name in catalogue.sources() if name.startswith(lively) and name not in present) if lively else ()


def _doubts(reading: Reading, document: Document, said: Mapping[str, Any]) -> list[str]:
    """Return what of number, kind and date of issue its text did not say."""
    if document.text_kind != "official" or document.kind == "codified":
        return []
    words = {understood.field: understood.words for understood in reading.understood}
    found = []
    if "number" not in said and words.get("number", "(").startswith("("):
        named = f"the number {document.number} is from the name of the file"
        found.append(named if "number" in words else "it has no number, so it bears its file's name")
    if document.kind == "document" and "kind" not in said:
        found.append("its kind is not known")
    if not document.issued:
        found.append("its date of issue is not known")
    return found


def _moved(before: os.stat_result, after: os.stat_result) -> bool:
    """Tell whether a file was written while it was read."""
    return (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)


def _hash(*parts: Any) -> str:
    """Return a short hash of plain values."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
