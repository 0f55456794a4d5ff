"""Files become documents: one reader for each kind of file, chosen by the end of its name.

A new format is a function with the signature of `Reader` and a row in `READERS`. A reader that needs a heavy library
imports it when it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from corpus.document import Document
from corpus.errors import Fault, Unreadable
from corpus.jsonlines import read_json_lines

__all__ = ["READERS", "Reader", "find_files", "read_file", "reader_of"]


class Reader(Protocol):
    """Reads one file."""

    def __call__(self, path: Path, faults: list[Fault], progress: Callable[[int, int], None], /) -> Iterator[Document]:
        """Yield the documents of a file; appends to `faults` the parts that had to be skipped.

        `progress` is called with the bytes read so far and in all. Raises Unreadable when the file cannot be opened or
        breaks off.
        """
        ...


READERS: Mapping[str, Reader] = MappingProxyType({".jsonl": read_json_lines, ".jsonl.xz": read_json_lines, ".jsonl.gz": read_json_lines})


def reader_of(path: Path) -> Reader | None:
    """Return the reader for a file's name, None when there is none."""
    name = path.name.lower()
    return next((reader for suffix, reader in READERS.items() if name.endswith(suffix)), None)


def find_files(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Fault, ...]]:
    """Return the files to read that `paths` name, each once, and a fault for every other.

    A folder stands for all files in it and below it, in the order of their names; hidden ones are passed over.
    """
    files: dict[Path, None] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            if path.is_dir():
                found = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
                if not found:
                    faults.append(Fault(str(path), "there is no file in this folder"))
            else:
                path.stat()
                found = [path]
        except OSError as error:
            faults.append(Fault(str(path), _reason(error)))
            continue
        for file in found:
            if reader_of(file):
                files[file.resolve()] = None
            else:
                faults.append(Fault(str(file), "not a readable format"))
    return tuple(files), tuple(faults)


def read_file(path: Path, faults: list[Fault], progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Document]:
    """Yield the documents of a file by the reader for its name; raises Unreadable."""
    reader = reader_of(path)
    if reader is None:
        raise Unreadable(path, "not a readable format")
    yield from reader(path, faults, progress)


def _hidden(path: Path) -> bool:
    """Tell whether a path below a folder is hidden or lies in a hidden folder."""
    return any(part.startswith(".") for part in path.parts)


def _reason(error: OSError) -> str:
    """Return the system's words for why a path cannot be read, in lower case as part of a sentence."""
    words = error.strerror or type(error).__name__
    return words[0].lower() + words[1:]
