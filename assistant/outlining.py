"""What a file would be taken in as, before it is: a dry run that a lawyer can check. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.intake import Wishes
from corpus.errors import Fault, Unreadable
from corpus.folders import find_files
from corpus.formats.reading import ReadingProcess
from corpus.legal.outline import outline
from corpus.legal.reading import Reading
from corpus.readers import is_json_lines, read_document, read_file
from corpus.sidecar import corrected, find_sidecar, read_sidecar

__all__ = ["Outlined", "outline_paths"]


@dataclass(frozen=True, slots=True)
class Outlined:
    """One document of a file: its outline for people and for machines. A file that cannot be read has a `reason` alone."""

    file: str
    text: str = ""
    data: dict[str, Any] | None = None
    reason: str = ""


def outline_paths(paths: Sequence[Path], wishes: Wishes | None = None) -> Iterator[Outlined]:
    """Yield the outline of every document in files of any format and in folders, as it would be taken in."""
    files, faults = find_files(paths)
    yield from (Outlined(fault.name, reason=fault.reason) for fault in faults)
    with ReadingProcess() as process:
        for file in files:
            try:
                yield from _lines(file) if is_json_lines(file) else _file(file, process, wishes or Wishes())
            except Unreadable as error:
                yield Outlined(str(error.path), reason=error.reason)


def _lines(path: Path) -> Iterator[Outlined]:
    """Yield how many documents a file of JSON lines holds, which says itself what they are."""
    skipped: list[Fault] = []
    documents = provisions = 0
    for document in read_file(path, skipped):
        documents, provisions = documents + 1, provisions + len(document.provisions)
    data = {"documents": documents, "provisions": provisions}
    yield Outlined(str(path), f"{path.name}: {documents} documents of {provisions} provisions, as its lines say.\n", data)
    yield from (Outlined(fault.name, reason=fault.reason) for fault in skipped)


def _file(path: Path, process: ReadingProcess, wishes: Wishes) -> Iterator[Outlined]:
    """Yield the documents of a file of any other format."""
    sidecar = find_sidecar(path)
    said = {**(read_sidecar(sidecar) if sidecar else {}), **wishes.given}
    taken = read_document(path, process)
    for reading in taken.readings:
        whole = replace(reading, document=corrected(reading.document, said if len(taken.readings) == 1 else {}))
        notes = "".join(f"! {note.reason}\n" for note in taken.notes)
        yield Outlined(str(path), f"{_understood(whole)}{outline(whole)}{notes}", _data(whole))
    yield from (Outlined(fault.name, reason=fault.reason) for fault in taken.failed)


def _understood(reading: Reading) -> str:
    """Return what was understood of an act, each with the words that it was read from."""
    return "".join(f"{u.field.replace('_', ' ')}: {u.value}  ← “{u.words}”\n" for u in reading.understood) + "\n"


def _data(reading: Reading) -> dict[str, Any]:
    """Return an outline for machines: the document's head, where each thing was read, and its addresses in order."""
    head = replace(reading.document, provisions=()).to_json()
    provisions = [
        {"locator": str(p.locator), "heading": p.heading.vi or p.heading.en, "role": p.role, "page": p.page} for p in reading.document.provisions
    ]
    understood = [{"field": u.field, "value": u.value, "words": u.words} for u in reading.understood]
    return head | {"signer": reading.signer, "understood": understood, "provisions": provisions, "faults": [f.reason for f in reading.faults]}
