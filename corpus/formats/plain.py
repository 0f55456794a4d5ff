"""Plain text, and the bytes of every text format made into characters.

UTF-8 and UTF-16 are told by their marks and their form. Bytes that are neither come from old Vietnamese encodings
(TCVN3, VNI, VISCII, CP1258) or from Windows; `corpus.regular.encodings` sees from the whole file which of them it was.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from pathlib import Path

from corpus.errors import NotText, Unreadable
from corpus.normalise import nfc
from corpus.regular.encodings import decode as decode_legacy
from corpus.source import Line, Source

__all__ = ["broken_by_hand", "decode", "read_plain"]

_FEW = 6
_LONGEST = 160
_POINT = re.compile(r"\w{1,2}[.)]")
_DECLARED = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([-\w]{2,40})""", re.I)


def decode(data: bytes, path: Path, *, declared: bool = False) -> str:
    """Return the characters of a text file, in NFC; `declared` lets a web page name its own encoding.

    A valid UTF-8 wins over a declaration, for pages often declare what they are not. Raises Unreadable when the text is
    not in an encoding that is known.
    """
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return nfc(data[len(mark) :].decode(name, "replace"))
    try:
        if 0 not in data:
            return nfc(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        # a text broken off in the middle of its last letter is still UTF-8
        if error.start >= len(data) - 3 and error.start > 0:
            return nfc(data[: error.start].decode("utf-8"))
    sample = data[:65536]
    if sample.count(0) > len(sample) // 5:
        return nfc(data.decode("utf-16-le" if sample[::2].count(0) < sample[1::2].count(0) else "utf-16-be", "replace"))
    if declared and (found := _DECLARED.search(data[:4096])):
        try:
            name = codecs.lookup(found.group(1).decode("ascii")).name
            if name not in ("utf-8", "iso8859-1", "cp1252", "utf-16"):
                return nfc(data.decode(name))
        except (LookupError, UnicodeError):
            pass  # the page declares what it is not, or what nobody knows
    if 0 in data:
        raise Unreadable(path, "it is neither text nor a format that is read here")
    try:
        return decode_legacy(data)[0]
    except NotText:
        return nfc(data.decode("latin-1"))  # full of control signs and yet taken for text: every byte is kept


def read_plain(data: bytes, path: Path) -> Source:
    """Return the lines of a plain text; empty lines are kept, for they part paragraphs. Raises Unreadable."""
    text = decode(data, path)
    lines = [line.rstrip().expandtabs(4) for line in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text)]
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
