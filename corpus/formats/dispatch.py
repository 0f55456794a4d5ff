"""One file's bytes to its sources, by the reader for what the file is. Archives give one source for each file in them.

Runs in the child process (see `child`), for what is read here comes from anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Fault, Unreadable
from corpus.formats.archive import Budget, members
from corpus.formats.limits import MEGABYTE, Limits
from corpus.formats.sniff import sniff
from corpus.source import Source

__all__ = ["Piece", "load", "read_pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """What was read of one file: its name inside an archive (empty for a file by itself), the hash of its bytes, its lines."""

    name: str
    sha256: str
    source: Source


def load(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a file; raises Unreadable."""
    try:
        if path.is_dir():
            raise Unreadable(path, "it is a folder")
        if path.exists() and not path.is_file():
            raise Unreadable(path, "it is no ordinary file")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise Unreadable(path, f"it has {size // MEGABYTE} MB, more than the {limits.file_bytes // MEGABYTE} MB that are read of one file")
        return path.read_bytes()
    except OSError as error:
        words = error.strerror or type(error).__name__
        raise Unreadable(path, words[0].lower() + words[1:]) from error


def read_pieces(path: Path, limits: Limits, earn: Callable[[float], None]) -> Iterator[Piece | Fault]:
    """Yield what stands in a file; a fault for each file of an archive that could not be read.

    `earn` is called with the seconds that the next step may take. Raises Unreadable when nothing of the file can be read.
    """
    data = load(path, limits)
    kind = sniff(data, path)
    if kind != "zip":
        yield Piece("", hashlib.sha256(data).hexdigest(), _read(kind, data, path, limits, earn))
        return
    found = False
    for part in _unzipped(data, path, limits, earn, Budget(limits.unpacked_bytes), depth=0):
        found = True
        yield part
    if not found:
        raise Unreadable(path, "the archive holds no files")


def _unzipped(data: bytes, path: Path, limits: Limits, earn: Callable[[float], None], budget: Budget, depth: int) -> Iterator[Piece | Fault]:
    """Yield what stands in the files of an archive, and of archives inside it."""
    for member in members(data, path, limits, budget):
        if isinstance(member, Fault):
            yield member
            continue
        name, content = member
        inner = path / name
        earn(limits.member_seconds)
        try:
            kind = sniff(content, inner)
            if kind != "zip":
                yield Piece(name, hashlib.sha256(content).hexdigest(), _read(kind, content, inner, limits, earn))
            elif depth:
                yield Fault(str(inner), "it is an archive in an archive in an archive")
            else:
                for part in _unzipped(content, inner, limits, earn, budget, depth + 1):
                    yield part if isinstance(part, Fault) else Piece(f"{name}/{part.name}", part.sha256, part.source)
        except Unreadable as error:
            yield Fault(str(inner), error.reason)


def _read(kind: str, data: bytes, path: Path, limits: Limits, earn: Callable[[float], None]) -> Source:
    """Return the source of a file of a known kind. Its reader is loaded when the first of the kind comes."""
    if kind == "docx":
        from corpus.formats.docx import read_docx

        return read_docx(data, path, limits)
    if kind == "pdf":
        from corpus.formats.pdf import read_pdf

        return read_pdf(data, path, limits, earn)
    if kind == "image":
        from corpus.formats.scan import read_image

        return read_image(data, path, limits, earn)
    if kind == "html":
        from corpus.formats.html import read_html

        return read_html(data, path)
    if kind == "epub":
        from corpus.formats.epub import read_epub

        return read_epub(data, path, limits)
    if kind == "markdown":
        from corpus.formats.markdown import read_markdown

        return read_markdown(data, path)
    from corpus.formats.plain import read_plain

    return read_plain(data, path)
