"""Files become documents: JSON lines by their name, everything else by what it is.

A file that is no JSON lines goes through the child process that reads (`corpus.formats`), is made regular (`corpus.regular`)
and read as law (`corpus.legal`). An archive gives a document for each file in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

import corpus
from corpus.document import Document
from corpus.errors import Fault, Unreadable
from corpus.folders import find_files
from corpus.formats.dispatch import Piece
from corpus.formats.reading import ReadingProcess
from corpus.jsonlines import read_json_lines
from corpus.legal.document_of import document_of, kept
from corpus.legal.reading import Reading
from corpus.regular.regular import regular

__all__ = ["JSON_LINES", "Taken", "find_files", "is_json_lines", "read_document", "read_file", "reading_version"]

JSON_LINES = (".jsonl", ".jsonl.xz", ".jsonl.gz")
_LOST = 0.995
_DOUBTFUL = 0.8


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gave: its documents as read, what of it could not be read at all, and what was left out of the rest.

    `archive` tells that the documents are those of files inside it.
    """

    readings: tuple[Reading, ...]
    failed: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    archive: bool = False


def is_json_lines(path: Path) -> bool:
    """Tell whether a file is read as JSON lines, by the end of its name."""
    return path.name.lower().endswith(JSON_LINES)


def read_file(path: Path, faults: list[Fault], progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Document]:
    """Yield the documents of a file of JSON lines; appends to `faults` the lines that had to be skipped.

    `progress` is called with the bytes read so far and in all. Raises Unreadable, for a file of another name too.
    """
    if not is_json_lines(path):
        raise Unreadable(path, f"its name does not end in {', '.join(JSON_LINES)}")
    yield from read_json_lines(path, faults, progress)


def read_document(path: Path, process: ReadingProcess) -> Taken:
    """Return the documents in a file of any other format; raises Unreadable when there is none."""
    read = process.read(path)
    readings: list[Reading] = []
    failed = list(read.faults)
    notes: list[Fault] = []
    for piece in read.pieces:
        where = str(path / piece.name) if piece.name else str(path)
        reading, told = _reading(piece, path, where)
        if reading is None:
            failed.append(Fault(where, told[0].reason if told else "it holds no text"))
        else:
            readings.append(reading)
            notes.extend(told)
    if not readings:
        raise Unreadable(path, failed[0].reason if len(failed) == 1 else f"no file in it can be read: {failed[0].reason}")
    return Taken(tuple(readings), tuple(failed), tuple(notes), any(piece.name for piece in read.pieces))


def _reading(piece: Piece, path: Path, where: str) -> tuple[Reading | None, list[Fault]]:
    """Return one piece as a document, None when it has no text, and notes on what was left out of it."""
    source = regular(piece.source)
    name = PurePath(piece.name or path.name).name
    notes = [_told(fault, name, where) for fault in source.faults]
    notes += [Fault(where, told) for told in _doubts(source.confidence)]
    reading = document_of(source, name, sha256=piece.sha256) if source.characters else None
    if reading is None or not reading.document.provisions:
        return None, notes
    notes += [Fault(where, fault.reason) for fault in reading.faults]
    share = kept(source, reading.document)
    if share < _LOST:
        notes.append(Fault(where, f"{1 - share:.1%} of its characters found no place in the structure"))
    return reading, notes


def _told(fault: Fault, name: str, where: str) -> Fault:
    """Return a fault of a part under the path that was given, with the part before the reason."""
    part = fault.name.removeprefix(name).strip(" ,")
    return Fault(where, f"{part}: {fault.reason}" if part else fault.reason)


def _doubts(confidence: tuple[float | None, ...]) -> Iterator[str]:
    """Yield a sentence on the pages whose letters were recognised badly."""
    bad = [str(page) for page, share in enumerate(confidence, 1) if share is not None and share < _DOUBTFUL]
    if bad:
        yield f"the letters of page {', '.join(bad[:20])} were recognised badly; compare them with the original"


@cache
def reading_version() -> str:
    """Return a hash of the code that reads: what another version has read is read again."""
    digest = hashlib.sha256()
    for path in sorted(Path(corpus.__file__).parent.rglob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
