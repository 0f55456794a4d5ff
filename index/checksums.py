"""The files of a generation as the last writer left them: a hash of each that nobody changes until the next writer comes.

Chroma writes into its own database whenever it is opened, by a reader too; of a database it is asked whether it is whole. A
file of the size and time that are written down is not read again when a writer seals, so that sealing costs what was changed; but for
one that was written so shortly before that the clock of the file system cannot tell a later writing from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from index.files import hash_of, is_whole, put

__all__ = ["NAME", "distrusted", "faults", "is_sealed", "seal"]

NAME = "checksums.json"
_PLACED = "index_metadata.pickle"
"""Chroma's sign that vectors lie in the files beside it; before the first thousand they lie in its database. It is hashed, never read."""
_DATABASES = ("chroma.sqlite3", "fields.sqlite3")
_TICK = 1_000_000_000
"""Nanoseconds: coarser than the clock of any file system that is in use."""
_Seal = dict[str, tuple[int, int, str]]


def is_sealed(folder: Path) -> bool:
    """Tell whether there are hashes of a generation; one of an earlier version has none."""
    return (folder / NAME).exists()


def seal(folder: Path) -> None:
    """Write the hashes down; raises OSError."""
    known, before = _read(folder), _sealed_at(folder)
    found: _Seal = {}
    for path in _settled(folder):
        name, stat = str(path.relative_to(folder)), path.stat()
        size, changed, digest = known.get(name, (-1, 0, ""))
        same = (size, changed) == (stat.st_size, stat.st_mtime_ns) and changed < before - _TICK
        found[name] = (stat.st_size, stat.st_mtime_ns, digest if same else hash_of(path))
    put(folder / NAME, json.dumps(found, indent=1, sort_keys=True))


def faults(folder: Path) -> list[str]:
    """Return what is not as it was written, one sentence a file."""
    found = []
    for name, (_, _, digest) in _read(folder).items():
        try:
            found.extend([] if hash_of(folder / name) == digest else [f"{name} has changed"])
        except OSError:
            found.append(f"{name} is missing")
    return found + [f"{path.relative_to(folder)} is damaged" for path in sorted(folder.rglob("*.sqlite3")) if not is_whole(path)]


def distrusted(folder: Path) -> bool:
    """Tell whether files of vectors were written after the last seal: a writer that was killed may have left them half written.

    Chroma writes these in place. The lexical index never does so, and a database undoes what was not ended.
    """
    known = {name: digest for name, (_, _, digest) in _read(folder).items() if name.startswith("vectors/")}
    present = {str(path.relative_to(folder)): path for path in _settled(folder) if path.is_relative_to(folder / "vectors")}
    return present.keys() != known.keys() or any(hash_of(present[name]) != digest for name, digest in known.items())


def _read(folder: Path) -> _Seal:
    """Return what is written down; nothing where it cannot be read."""
    try:
        return {
            name: (int(size), int(changed), str(digest)) for name, (size, changed, digest) in json.loads((folder / NAME).read_text("utf-8")).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _sealed_at(folder: Path) -> int:
    """Return when a folder was sealed last, in nanoseconds as its file system counts; 0 where it never was."""
    try:
        return (folder / NAME).stat().st_mtime_ns
    except OSError:
        return 0


def _settled(folder: Path) -> Iterator[Path]:
    """Yield the files that stay as they are until the next writer."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not path.is_file() or len(inside) < 2 or inside[-1].startswith((".", *_DATABASES)):
            continue
        if inside[0] == "vectors" and not (path.parent / _PLACED).exists():
            continue
        yield path
