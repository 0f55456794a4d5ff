"""Diacritics that a tool for PDF tore off: “Đi ều” is “Điều” again, but only where nothing else can have been meant.

Mended are a mark after a space, a mark that was written as a sign of its own, and a syllable in two pieces of which one is no syllable
while both together are. What could be two words stays two words.
"""

from __future__ import annotations

import re

from corpus.normalise import nfc
from corpus.regular.syllables import is_syllable

__all__ = ["mend_marks"]

_MARKS = "\u0300-\u0303\u0306\u0309\u031b\u0323"
_AFTER_SPACE = re.compile(f"(?<=[aeiouyAEIOUYăâêôơưĂÂÊÔƠƯ])[ \xa0]+(?=[{_MARKS}])")
# Marks as signs of their own, without ` ^ ~, which keyboards have and which mean something else.
_SIGNS = {"\xb4": "\u0301", "\u02ca": "\u0301", "\u02cb": "\u0300", "\u02dc": "\u0303", "\u02c6": "\u0302", "\u02d8": "\u0306", "\u02c0": "\u0309"}
_SIGN = re.compile(r"([^\W\d_]*[aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ]) ?([" + "".join(_SIGNS) + r"])( ?)([^\W\d_]*)")
_VOWEL = "aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
# A piece begins the syllable, the other goes on with a vowel that has a mark: that is where the tools tear.
_TORN = re.compile(rf"(?<![^\W_])([^\W\d_]{{1,4}}) ((?![aeiouy])[{_VOWEL}][^\W\d_]{{0,4}})(?![^\W_])", re.I)
_TAIL = re.compile(rf"(?<![^\W_])([^\W\d_]{{0,5}}[{_VOWEL}]) (ng|nh|ch|[cmnpt])(?![\w).:/’'-])", re.I)
_THREE = re.compile(rf"(?<![^\W_])([bcdđghklmnpqrstvx]{{1,3}}) ([^\W\d_]{{0,2}}[{_VOWEL}]) (ng|nh|ch|[cmnpt])(?![\w).:/’'-])", re.I)
_LETTERED = re.compile(r"(?:điểm|mục|nhóm|loại|hạng|bảng|khối|phụ lục|mẫu|phần|,|;|và|hoặc|đến|các)\s*$", re.I)


def mend_marks(text: str) -> str:
    """Return `text` in NFC with torn syllables whole where that is sure, all else as it is."""
    text = nfc(_AFTER_SPACE.sub("", text))
    text = _SIGN.sub(_signed, text)
    if " " not in text:
        return text
    return _TAIL.sub(_tailed, _TORN.sub(_joined, _THREE.sub(_in_three, text)))


def _signed(match: re.Match[str]) -> str:
    """Return the syllable with its mark in place, the match itself when that makes none."""
    marked, space, rest = nfc(match[1] + _SIGNS[match[2]]), match[3], match[4]
    if is_syllable(marked + rest) and not (space and rest and is_syllable(rest)):
        return marked + rest + (space if not rest else "")
    return marked + space + rest if space and is_syllable(marked) else match[0]


def _joined(match: re.Match[str]) -> str:
    """Return both pieces as one syllable, or as they are when they may be two words."""
    first, second = match[1], match[2]
    if not is_syllable(first + second) or not _one_case(first, second):
        return match[0]
    if not is_syllable(second):
        return first + second
    if is_syllable(first):
        return match[0]
    if len(first) > 1:
        return first + second
    # “c ông” may be a point named c and a man, “B ấy” somebody's initial: a single letter must not be a name
    before = match.string[: match.start()]
    named = not before.strip() or _LETTERED.search(before) or (first.isupper() and not match.string.isupper())
    return match[0] if named else first + second


def _in_three(match: re.Match[str]) -> str:
    """Return a beginning, a vowel and an end as one syllable, or as they are."""
    whole = match[1] + match[2] + match[3]
    sure = (is_syllable(whole) and not is_syllable(match[1] + match[2])) or not is_syllable(match[2] + match[3])
    return whole if sure and is_syllable(whole) and _one_case(match[1], match[2] + match[3]) else match[0]


def _tailed(match: re.Match[str]) -> str:
    """Return a syllable with the consonants that end it, or both as they are."""
    first, last = match[1], match[2]
    return first + last if is_syllable(first + last) and not is_syllable(first) and _one_case(first, last) else match[0]


def _one_case(first: str, rest: str) -> bool:
    """Tell whether two pieces can be one word: small after small or one capital, capitals after capitals."""
    return (rest.islower() and (first.islower() or first.istitle())) or (rest.isupper() and first.isupper())
