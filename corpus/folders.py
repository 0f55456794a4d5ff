"""Which files stand for the paths that a person gives: a folder for all in it and below, links out of it refused."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import Fault
from corpus.sidecar import SUFFIX

__all__ = ["find_files", "passed_over", "reason_of"]

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")


def find_files(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Fault, ...]]:
    """Return the files to read that `paths` name, each once, and a fault for every path that cannot be followed.

    A folder stands for all files in it and below it, in the order of their names. Hidden files, files of corrections and
    downloads on their way are passed over; a link inside a folder that leads out of it is refused.
    """
    files: dict[Path, None] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            if not path.is_dir():
                path.stat()
                files[path.resolve()] = None
                continue
            found = list(_below(path, faults))
        except (OSError, RuntimeError) as error:  # RuntimeError: Python's word for a link that leads to itself
            faults.append(Fault(str(path), reason_of(error)))
            continue
        if not found:
            faults.append(Fault(str(path), "there is no file in this folder"))
        files.update(dict.fromkeys(found))
    return tuple(files), tuple(faults)


def passed_over(path: Path) -> bool:
    """Tell whether a path below a folder is hidden, a lock of an office program, a file of corrections or not whole yet."""
    name = path.name.lower()
    return any(part.startswith((".", "~$")) for part in path.parts) or name.endswith((SUFFIX, *_UNFINISHED))


def reason_of(error: Exception) -> str:
    """Return the system's words for why a path cannot be read, in lower case as part of a sentence."""
    words = (error.strerror if isinstance(error, OSError) else "") or "it is a link that leads to itself"
    return words[0].lower() + words[1:]


def _below(folder: Path, faults: list[Fault]) -> Iterator[Path]:
    """Yield the files below a folder, resolved, in the order of their paths; appends what cannot be followed to `faults`."""
    home = folder.resolve()

    def unreadable(error: OSError) -> None:
        faults.append(Fault(str(error.filename), reason_of(error)))

    found: list[Path] = []
    for parent, folders, names in os.walk(home, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(parent, name).is_symlink()]  # not followed: what they show inside is found anyway
        found += [Path(parent, name) for name in (*names, *links)]
    for path in sorted(found):
        if passed_over(path.relative_to(home)):
            continue
        try:
            target = path.resolve() if path.is_symlink() else path
        except (OSError, RuntimeError) as error:
            faults.append(Fault(str(path), reason_of(error)))
            continue
        if not target.is_relative_to(home):
            faults.append(Fault(str(path), "it is a link to a place outside the folder"))
        elif path.is_symlink() and not target.exists():
            faults.append(Fault(str(path), "it is a link to nothing"))
        elif target.is_file():
            yield target
