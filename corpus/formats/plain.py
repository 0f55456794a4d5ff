"""Plain text, and the bytes of every text format made into characters by `corpus.regular.encodings`."""

from __future__ import annotations

import codecs
import contextlib
import re
from itertools import pairwise
from pathlib import Path

from corpus.errors import NotText, Unreadable
from corpus.normalise import nfc
from corpus.regular import encodings
from corpus.source import Line, Source

__all__ = ["broken_by_hand", "decode", "read_plain"]

_WESTERN = ("utf-8", "utf-16", "iso8859-1", "cp1252")
_FEW = 6
_LONGEST = 160
_POINT = re.compile(r"\w{1,2}[.)]")
_DECLARED = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([-\w]{2,40})""", re.I)


def decode(data: bytes, path: Path, *, declared: bool = False) -> str:
    """Return the characters of a text file, in NFC; `declared` lets a web page name its own encoding.

    A valid UTF-8 wins over a declaration, for pages often declare what they are not. Raises Unreadable when the bytes are
    no text.
    """
    if declared and (text := _as_declared(data)) is not None:
        return nfc(text)
    try:
        return encodings.decode(_without_broken_end(data))[0]
    except NotText as error:
        raise Unreadable(path, "it is neither text nor a format that is read here") from error


def _without_broken_end(data: bytes) -> bytes:
    """Return a UTF-8 text without a last letter of which only the beginning is there, other bytes as they are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 0:
            return data[: error.start]
    return data


def _as_declared(data: bytes) -> str | None:
    """Return a page in the encoding that it declares, None when that says nothing new, is unknown or is not true."""
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        name = found.group(1).decode("ascii").lower()
        with contextlib.suppress(LookupError, UnicodeError):
            # the Western ones are what pages in the old Vietnamese encodings declare
            return None if codecs.lookup(name).name in _WESTERN else data.decode(name)
    return None


def read_plain(data: bytes, path: Path) -> Source:
    """Return the lines of a plain text; empty lines are kept, for they part paragraphs. Raises Unreadable."""
    text = decode(data, path)
    lines = [line.rstrip().expandtabs(4) for line in re.split(r"\r\n|[\n\r\v\f\u2028\u2029]", text)]
    return Source("plain", tuple(Line(line) for line in lines), wrapped=broken_by_hand(lines))


def broken_by_hand(lines: list[str]) -> bool:
    """Tell whether lines end where the paper did: none is very long, and many go on in the middle of a sentence."""
    full = [stripped for line in lines if (stripped := line.strip())]
    if len(full) < _FEW:
        return False
    lengths = sorted(map(len, full))
    longest = lengths[-max(1, len(lengths) // 100)]
    going_on = sum(after[0].islower() and not _POINT.match(after) and before[-1] not in ".;:" for before, after in pairwise(full))
    return longest <= _LONGEST and going_on > len(full) * 0.12
