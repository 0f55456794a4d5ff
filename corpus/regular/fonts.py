"""Text that was Vietnamese only in its font: TCVN3 and VNI letters, and any encoding that was read as Latin, made Unicode.

What comes out of an old DOCX, PDF or web page are Latin letters and signs (“n­íc”, “nöôùc”, “nÆ°á»›c”). A line is changed only when it
holds no letter that Vietnamese alone has, its words with marks were mostly no syllables, and nearly all its words are syllables afterwards;
a line too short to tell follows the others. Good Vietnamese, English and French stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from corpus.normalise import nfc
from corpus.regular.charmaps import TCVN, VISCII, vni
from corpus.regular.syllables import is_syllable, share, words

__all__ = ["read_vni", "recode", "recode_lines"]

_FOREIGN = re.compile("[\x80-\x9f\xa1-\xff\u0192\u03bc]")
_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
# Of TCVN the signs that the fonts have; the degree sign and its neighbours stand for themselves. PDF gives a Greek mu.
_TCVN3 = MappingProxyType({at: to for at, to in TCVN.items() if at != 0xA0 and not 0xB0 <= at <= 0xB4} | {0x3BC: TCVN[0xB5]})
_RUN = re.compile("[^\\W\\d_\xa1-\xbf]+(?:[^\\W\\d_]|[\xa1-\xbf])*|[\xa1-\xbf]+(?:[^\\W\\d_]|[\xa1-\xbf])+")
# How many words with marks may be syllables before the change (“bò” for “bị”): in a line that proves its font, in one that follows.
_MIXED, _FOLLOWING = 0.34, 0.6
_LEAST = 2  # words of one line that prove a font by themselves


def recode(text: str) -> str:
    """Return `text` with the lines in a legacy font or in misread UTF-8 made Unicode, all others as they are."""
    return "\n".join(recode_lines(text.split("\n")))


def recode_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines of one document, each in Unicode; lines prove the font for each other."""
    suspects = {line for line in lines if _FOREIGN.search(line) and not _VIETNAMESE.search(line)}
    if not suspects:
        return list(lines)
    proofs = {line: found for line in suspects if (found := _proved(line))}
    # a line that would do in two fonts is in the one that more lines are in
    fonts = [name for name, _ in Counter(name for found in proofs.values() for name in found).most_common()]
    changed = {}
    for line in suspects:
        found = proofs.get(line, {})
        changed[line] = next((found[name] for name in fonts if name in found), "") or _following(line, fonts)
    return [changed.get(line, line) for line in lines]


def read_vni(text: str) -> str:
    """Return `text` with VNI letters made Unicode, whether it is VNI or not."""
    table = vni()
    return nfc(_vni_signs().sub(lambda match: table[match.group()], text))


@lru_cache(maxsize=1)
def _vni_signs() -> re.Pattern[str]:
    """Return the pattern of all signs of VNI, pairs before single ones."""
    return re.compile("|".join(sorted(map(re.escape, vni()), key=len, reverse=True)))


def _read_tcvn3(text: str) -> str:
    """Return `text` with TCVN3 letters made Unicode."""
    return nfc(text.translate(_TCVN3))


def _by_bytes(encoding: str) -> Callable[[str], str]:
    """Return a reader of text whose bytes were taken for Windows-1252; what cannot be so stays as it is."""

    def read(text: str) -> str:
        try:
            raw = b"".join(map(_byte, text))
            return nfc(raw.decode("latin-1").translate(VISCII) if encoding == "viscii" else raw.decode(encoding))
        except UnicodeError:
            return text

    return read


def _byte(character: str) -> bytes:
    """Return the byte that was read as `character`; raises UnicodeEncodeError when none was."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")  # the five bytes that Windows leaves undefined


_READERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "utf-8 twice": _by_bytes("utf-8"),
        "tcvn3": _read_tcvn3,
        "vni": read_vni,
        "cp1258": _by_bytes("cp1258"),
        "viscii": _by_bytes("viscii"),
    }
)


def _proved(line: str) -> dict[str, str]:
    """Return the Unicode of a line under each font that it proves alone."""
    found = {}
    for name, read in _READERS.items():
        text = read(line)
        marked = {word for word in words(text) if not word.isascii() and is_syllable(word)}
        if len(marked - set(words(line))) >= _LEAST and _better(line, text, 0.8, _MIXED):
            found[name] = text
    return found


def _following(line: str, fonts: Sequence[str]) -> str:
    """Return a line that proves nothing in a font that other lines prove, if that makes all its words syllables."""
    for name in fonts:
        text = _READERS[name](line)
        # two letters at least: “où” would be “ó”
        if text != line and sum(map(len, words(text))) > 1 and _better(line, text, 1.0, _FOLLOWING):
            return text
    return line


def _better(before: str, after: str, least: float, mixed: float) -> bool:
    """Tell whether the words with marks become syllables, and the line Vietnamese throughout."""
    # a sign such as “©” inside a word is one of its letters
    was = [word for word in _RUN.findall(before) if not word.isascii()]
    now = [word for word in words(after) if not word.isascii()]
    return share(was) <= mixed and share(now) >= max(least, share(was)) and share(words(after)) >= least * 0.75
