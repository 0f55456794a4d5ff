"""How much a single file may cost to read. Each bound exists because a file once did without it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MEGABYTE", "Limits"]

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading.

    `seconds` is for a whole file, of wall clock and of processor; after that, each page whose letters must be recognised
    has `page_seconds` and each file of an archive `member_seconds`, up to `longest` in all. `memory` is the address space
    of the child in bytes, `file_bytes` the size of a file, `unpacked_bytes` of all that an archive unpacks to, `ratio` how
    many times larger than the archive that may be, `members` how many files it may hold.
    """

    seconds: float = 30
    page_seconds: float = 30
    member_seconds: float = 15
    longest: float = 3600
    memory: int = 1024 * MEGABYTE
    file_bytes: int = 256 * MEGABYTE
    pages: int = 3000
    scanned_pages: int = 300
    members: int = 2000
    unpacked_bytes: int = 512 * MEGABYTE
    ratio: int = 200
