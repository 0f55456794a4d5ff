"""Bytes become text: Unicode as it says or shows, else the old Vietnamese encoding under which the words are words.

Nothing in a legacy file names its encoding, so every candidate is tried and judged by the share of the words with marks that are
Vietnamese syllables. Where none is convincing, the bytes are read as Western European (French has no other home).
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.errors import NotText
from corpus.normalise import nfc
from corpus.regular.charmaps import TCVN, VISCII
from corpus.regular.fonts import read_vni
from corpus.regular.syllables import share, words

__all__ = ["decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_HARMLESS = frozenset(b"\t\n\v\f\r\x1a\x1b")
_SAMPLE = 1 << 17
_SURE = 0.75


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` in NFC, its line ends as they are, and the name of the encoding.

    Names: `utf-8`, `utf-8-sig`, `utf-8 (damaged)` (U+FFFD stands for what was broken), `utf-16`, `utf-32`, `utf-16-le`,
    `utf-16-be`, `tcvn3`, `viscii`, `cp1258`, `vni`, `cp1252`, `latin-1`. Raises NotText when the bytes are no text.
    """
    text, name = _decoded(data)
    return nfc(text), name


def _decoded(data: bytes) -> tuple[str, str]:
    """Return text and encoding of the bytes."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise NotText(f"it begins as {name} does and is not") from error
    if b"\0" in data:
        return _without_mark(data)
    if sum(byte < 32 and byte not in _HARMLESS for byte in data[:_SAMPLE]) > max(2, min(len(data), _SAMPLE) // 50):
        raise NotText("it is no text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _damaged(data) or _legacy(data)


def _without_mark(data: bytes) -> tuple[str, str]:
    """Return the text of bytes with NUL among them, which must be UTF-16 without a byte order mark."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        latin = sum(c in "\t\n\r" or "\x20" <= c < "\u0370" or "\u1e00" <= c < "\u2200" for c in sample)
        if latin >= 0.95 * len(sample):
            return text, name
    raise NotText("it is no text")


def _damaged(data: bytes) -> tuple[str, str] | None:
    """Return UTF-8 with a few broken bytes as such; None where hardly any sequence is whole."""
    text = data.decode("utf-8", "replace")
    whole = sum(c > "\x7f" and c != "\ufffd" for c in text)
    return (text, "utf-8 (damaged)") if whole > 9 * text.count("\ufffd") else None


def _legacy(data: bytes) -> tuple[str, str]:
    """Return the text under the candidate that makes most words with marks syllables."""
    best, chosen = _SURE, ""
    for name, read in _READERS.items():
        try:
            marked = [word for word in words(read(data[:_SAMPLE])) if len(word) > 1 and not word.isascii()]
        except UnicodeDecodeError:
            continue
        if (found := share(marked)) > best:
            best, chosen = found, name
    if chosen:
        try:
            return _READERS[chosen](data), chosen
        except UnicodeDecodeError:
            pass  # cp1258 leaves bytes undefined, and one stands behind the sample
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def _by(table: Mapping[int, str]) -> Callable[[bytes], str]:
    """Return the reader of an encoding of one byte a letter."""
    return lambda data: nfc(data.decode("latin-1").translate(table))


# The order decides between equals, which are texts without a distinguishing letter.
_READERS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {
        "cp1258": lambda data: nfc(data.decode("cp1258")),
        "tcvn3": _by(TCVN),
        "viscii": _by(VISCII),
        "vni": lambda data: read_vni(data.decode("cp1252")),
    }
)
