"""The originals of what was ingested, byte for byte, and a record of each file: what it gave, so that it need not be read again.

    ATTACHE_HOME/originals/
      <sha256>.<extension>      a file as it was given, of the time when it was last taken in
      records.json              by path: hash, size and time of the file, the documents that it gave and what was said of it

An original is written beside its place and renamed, so that it is whole or not there, and goes with the last record that
names it. The catalogue stays the truth about documents: a record that does not agree with it counts for nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import Fault

__all__ = ["Originals", "Record"]

_CHUNK = 1 << 20
_COMING = "coming: "
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one file. `changed` is its time in nanoseconds, `read_by` names the code and the corrections that it was read with.

    `given` are corrections from the command line, which hold until others are given; `confirmed` tells that nobody need be asked
    again whether it was understood. `documents` are the hashes of the parts that gave a document, the file's own but for archives;
    `held` of them the catalogue took.
    """

    sha256: str
    size: int
    changed: int
    read_by: str
    documents: tuple[str, ...]
    held: int
    given: Mapping[str, Any] = field(default_factory=dict)
    confirmed: bool = False
    failed: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


class Originals:
    """The folder of originals below a data folder; made when the first comes. Used by the one writer."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "originals"
        self._records = self._read()

    def record(self, source: str) -> Record | None:
        """Return what is known of a file, None when it was never taken in."""
        return self._records.get(source)

    def records(self) -> Mapping[str, Record]:
        """Return what is known of every file, by its source."""
        return {name: record for name, record in self._records.items() if not name.startswith(_COMING)}

    def find(self, sha256: str) -> Path | None:
        """Return the original of a document by the document's hash, an archive for a part of it; None when there is none."""
        whole = next((r.sha256 for r in self._records.values() if sha256 in r.documents), sha256)
        return next(iter(self.folder.glob(f"{whole}.*")), None) if re.fullmatch(r"[0-9a-f]{64}", whole) else None

    def keep(self, path: Path) -> str:
        """Copy a file; returns the hash of the bytes that were copied. Raises OSError when it cannot be read, or written here."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"new-{os.getpid()}"
        digest = hashlib.sha256()
        try:
            with path.open("rb") as given, draft.open("wb") as copy:
                while part := given.read(_CHUNK):
                    digest.update(part)
                    copy.write(part)
                copy.flush()
                os.fsync(copy.fileno())
            name = digest.hexdigest()
            suffix = path.suffix.lower() if _SUFFIX.fullmatch(path.suffix) else ".bin"
            if not list(self.folder.glob(f"{name}.*")):
                os.replace(draft, self.folder / f"{name}{suffix}")
        finally:
            draft.unlink(missing_ok=True)
        return name

    def note(self, source: str, record: Record) -> None:
        """Remember what became of a file; raises OSError."""
        self._drop(source)
        self._records[source] = record
        self._write()

    def expect(self, source: str, record: Record) -> None:
        """Remember a file whose documents are about to be written, beside what it was until now; raises OSError.

        Should the writer fall, and the next one too, any of them may be what the catalogue holds, and all their originals are there
        until `note` ends it.
        """
        name = _COMING + source
        while name in self._records and self._records[name].sha256 != record.sha256:
            name = _COMING + name
        self._records[name] = record
        self._write()

    def forget(self, source: str) -> None:
        """Forget a file that is gone; raises OSError."""
        if self._drop(source):
            self._write()

    def _drop(self, source: str) -> bool:
        """Drop the record of a file and those that were to come; returns whether there was one."""
        names = [name for name in self._records if _source_of(name) == source]
        for name in names:
            del self._records[name]
        return bool(names)

    def sweep(self, sources: Collection[str] = ()) -> None:
        """Remove the originals that no record names, and the records of files that gave something and are not among `sources` if given."""
        gone = {_source_of(name) for name, record in self._records.items() if record.held} - set(sources) if sources else ()
        with contextlib.suppress(OSError):  # then they stay until the next time
            for name in gone:
                self.forget(name)
        named = {record.sha256 for record in self._records.values()}
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            if path.name.startswith("new-") or (re.fullmatch(r"[0-9a-f]{64}", path.stem) and path.stem not in named):
                with contextlib.suppress(OSError):  # what cannot be removed does no harm
                    path.unlink()

    def _read(self) -> dict[str, Record]:
        """Return the records; a file of them that cannot be read is as good as none, for everything is then read again."""
        try:
            data = json.loads((self.folder / "records.json").read_text("utf-8"))
            return {source: _record(row) for source, row in data.items()}
        except (OSError, ValueError, TypeError, AttributeError, KeyError):
            return {}

    def _write(self) -> None:
        """Put the records in the place of those before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"new-records-{os.getpid()}"
        try:
            draft.write_text(json.dumps({source: asdict(record) for source, record in self._records.items()}, ensure_ascii=False), "utf-8")
            os.replace(draft, self.folder / "records.json")
        finally:
            draft.unlink(missing_ok=True)


def _source_of(name: str) -> str:
    """Return the file that a record is of, by the name of the record."""
    while name.startswith(_COMING):
        name = name.removeprefix(_COMING)
    return name


def _record(row: Mapping[str, Any]) -> Record:
    """Return a record from its plain form."""
    faults = {name: tuple(Fault(*fault) for fault in row[name]) for name in ("failed", "notes")}
    return Record(**{**row, **faults, "documents": tuple(row["documents"])})
