"""ZIP archives: their files one by one, in memory, within limits. Nothing is ever unpacked to the disk."""

from __future__ import annotations

import contextlib
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import Fault, Unreadable
from corpus.formats.limits import MEGABYTE, Limits
from corpus.normalise import nfc

__all__ = ["Budget", "members", "open_zip"]

_CHUNK = 1 << 16
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked, shared by an archive and those inside it."""

    left: int


def open_zip(data: bytes, path: Path, limits: Limits) -> zipfile.ZipFile:
    """Return an archive opened for reading; raises Unreadable when it is damaged or would unpack beyond the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise Unreadable(path, "it is damaged: its table of contents is missing or broken off") from error
    entries = archive.infolist()
    if len(entries) > limits.members:
        raise Unreadable(path, f"it holds {len(entries)} files, more than the {limits.members} that are read of one archive")
    size = sum(entry.file_size for entry in entries)
    if size > limits.unpacked_bytes or (size > 16 * MEGABYTE and size > limits.ratio * len(data)):
        raise Unreadable(path, f"it would unpack to {size // MEGABYTE} MB; this looks like a zip bomb")
    return archive


def members(data: bytes, path: Path, limits: Limits, budget: Budget) -> Iterator[tuple[str, bytes] | Fault]:
    """Yield the name and the bytes of every file in an archive, a fault for each that is refused.

    Raises Unreadable when the archive as a whole is refused.
    """
    with open_zip(data, path, limits) as archive:
        for entry in archive.infolist():
            name = _name(entry)
            if entry.is_dir() or _is_litter(name):
                continue
            if reason := _refusal(entry, name):
                yield Fault(f"{path}/{name}", reason)
                continue
            try:
                content = _unpack(archive, entry, budget)
            except _DAMAGED:
                yield Fault(f"{path}/{name}", "it is damaged in the archive")
                continue
            if content is None:
                raise Unreadable(path, "it unpacks to more than it declares or than is allowed; this looks like a zip bomb")
            yield name, content


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes | None:
    """Return the bytes of a file, None when they are more than the budget allows."""
    parts = []
    with archive.open(entry) as packed:
        while part := packed.read(_CHUNK):
            budget.left -= len(part)
            if budget.left < 0:
                return None
            parts.append(part)
    return b"".join(parts)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a file's name in NFC; a name in UTF-8 that does not say so was read as CP437."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):  # else it is in CP437, or in a code page that nobody names
            name = name.encode("cp437").decode("utf-8")
    return nfc(name.replace("\\", "/"))


def _is_litter(name: str) -> bool:
    """Tell whether a file is what systems leave in archives by themselves."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1:] in (("Thumbs.db",), ("desktop.ini",)) or any(p.startswith(".") and p.strip(".") for p in parts)


def _refusal(entry: zipfile.ZipInfo, name: str) -> str:
    """Return why a file of an archive is not read, empty when it is."""
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\0" in name:
        return "its name climbs out of the archive"
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "it is a link to elsewhere"
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "it is no ordinary file"
    if entry.flag_bits & 1:
        return "it is encrypted"
    return ""
