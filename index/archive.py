"""The one file of a backup: a ZIP archive whose parts are named in it with their hashes, and that ends with the hash of itself.

    backup.json     what made it, when, and every part with its size and SHA-256
    data/…          the parts, by their paths in the data folder
    (the comment)   64 hexadecimal figures: the SHA-256 of all bytes before them

So any tool for ZIP files opens it, and a byte that changed anywhere is seen. The hash tells of damage, not of forgery: names are
looked at as those of a stranger.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from index.errors import BadBackup

__all__ = ["FORM", "Contents", "Part", "check_archive", "extract", "write_archive"]

FORM = 1
_ABOUT = "backup.json"
_DATA = "data/"
_END = 64
_CHUNK = 1 << 20
_MOST = 64 << 20
_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the data folder: its path there, its bytes and their hash."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself: `about` names version and time, `parts` every file."""

    about: Mapping[str, Any]
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """The bytes of all parts."""
        return sum(part.size for part in self.parts)


def write_archive(target: Path, files: Iterable[tuple[str, Path]], about: Mapping[str, Any]) -> Contents:
    """Write files under their names into a new archive, which is at `target` whole or not at all. Raises OSError."""
    draft = target.with_name(f"{target.name}.part-{os.getpid()}")
    parts: list[Part] = []
    try:
        with draft.open("w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                parts.extend(_put(archive, name, path) for name, path in files)
                told = {"form": FORM, **about, "parts": [[part.name, part.size, part.sha256] for part in parts]}
                archive.writestr(_info(_ABOUT), json.dumps(told, ensure_ascii=False, indent=0))
                archive.comment = b"0" * _END
            digest = _digest(file)
            file.seek(-_END, os.SEEK_END)
            file.write(digest.encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return Contents({"form": FORM, **about}, tuple(parts))


def _info(name: str) -> zipfile.ZipInfo:
    """Return the head of a part: packed, and of no day, so that the same files make the same archive."""
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> Part:
    """Add a file; the hash is of the bytes that were written."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(_info(_DATA + name), "w", force_zip64=True) as copy:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            copy.write(chunk)
    return Part(name, size, digest.hexdigest())


def _digest(file: IO[bytes]) -> str:
    """Return the hash of an open file but for its last 64 bytes."""
    left = file.seek(0, os.SEEK_END) - _END
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


def check_archive(path: Path) -> Contents:
    """Return what a backup holds, every byte of it and every name looked at. Raises BadBackup."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _END))
            if size <= _END or file.read() != _digest(file).encode():
                raise BadBackup(f"{path.name} is no backup, or not as it was written: a byte of it has changed or is missing.")
        with zipfile.ZipFile(path) as archive:
            return _contents(archive, path.name)
    except OSError as error:
        raise BadBackup(f"{path.name} cannot be read ({error.strerror or type(error).__name__}).") from error
    except (zipfile.BadZipFile, ValueError, TypeError, KeyError) as error:
        raise BadBackup(f"{path.name} is no backup of Attaché.") from error


def _contents(archive: zipfile.ZipFile, name: str) -> Contents:
    """Read and check the list of parts against what is in the archive."""
    inside = {info.filename: info for info in archive.infolist()}
    if inside[_ABOUT].file_size > _MOST:
        raise BadBackup(f"{name} is no backup of Attaché.")
    told = json.loads(archive.read(_ABOUT))
    if told["form"] != FORM:
        raise BadBackup(f"{name} has form {told['form']}, this version reads form {FORM}.", advice="Restore it with the version that made it.")
    parts = tuple(Part(str(part), int(size), str(digest)) for part, size, digest in told.pop("parts"))
    names = [_DATA + part.name for part in parts]
    if len(inside) != len(archive.infolist()) or sorted(names) != sorted(inside.keys() - {_ABOUT}):
        raise BadBackup(f"{name} holds other parts than it says.")
    for part in parts:
        info = inside[_DATA + part.name]
        if not _is_plain(part.name) or stat.S_ISLNK(info.external_attr >> 16) or info.file_size != part.size:
            raise BadBackup(f"{name} holds a part that may not be restored: {part.name[:100]!r}.")
    return Contents(told, parts)


def _is_plain(name: str) -> bool:
    """Tell whether a name stays within the folder that it is taken for, on any system."""
    path = PurePosixPath(name)
    usual = str(path) == name and not path.is_absolute() and ".." not in path.parts
    return usual and bool(path.parts) and not any(character in "\\:\0" or ord(character) < 32 for character in name)


def extract(path: Path, contents: Contents, folder: Path) -> None:
    """Write the parts of a checked archive into a folder; raises BadBackup when one is not what its hash says, OSError."""
    with zipfile.ZipFile(path) as archive:
        for part in contents.parts:
            place = folder / part.name
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.resolve().is_relative_to(folder.resolve()):
                raise BadBackup(f"{path.name} holds a part that may not be restored: {part.name[:100]!r}.")
            digest, left = hashlib.sha256(), part.size
            with archive.open(_DATA + part.name) as source, place.open("xb") as copy:
                while chunk := source.read(min(_CHUNK, left + 1)):
                    left -= len(chunk)
                    digest.update(chunk)
                    copy.write(chunk)
                    if left < 0:
                        break
            if left or digest.hexdigest() != part.sha256:
                raise BadBackup(f"{path.name} is damaged: {part.name} is not what it says.")
