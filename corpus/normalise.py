"""Vietnamese text made regular: composed (NFC), cleaned of what nobody can see, and folded for search.

Three forms are kept apart on purpose: the text as written (NFC, quoted to people), the cleaned text of a question, and
the folded form without diacritics, which only ever serves comparison and search. `đ` has no decomposition in Unicode,
so it is folded by hand. Old tone placement (hoà, thuý) is brought to the new one (hòa, thúy) for search alone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["clean", "fold", "has_diacritics", "nfc", "tokens", "tone_style"]

# Syllables, words and numbers; a number keeps its inner separators (7,5 and 1.000), a document number falls into parts.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SPACES = re.compile(r" +")
_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}


def nfc(text: str) -> str:
    """Return `text` in Unicode normalisation form C, the only form that is stored or compared."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return a person's input in NFC without control, zero-width, direction and tag characters.

    Line breaks survive; runs of other white space become one space. Removing category Cf also removes the Unicode tag
    block used to hide instructions in plain sight. What is left is composed again, for a removed character may have
    parted a letter from its tone mark.
    """
    kept = []
    for character in nfc(text):
        category = unicodedata.category(character)
        if character.isspace():
            kept.append("\n" if character in _BREAKS else " ")
        elif category in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        else:
            kept.append(character)
    lines = (_SPACES.sub(" ", line).strip() for line in nfc("".join(kept)).split("\n"))
    return "\n".join(line for line in lines if line)


_WORD, _SHORT = 24, 1000


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics (`Điều lệ` becomes `dieu le`); the length may differ."""
    # syllables recur: remembering short texts makes an answer a third quicker
    if len(text) <= _WORD:
        return _fold_word(text)
    return _fold_short(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    """Return the folded form of any text."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    # composed again, for Hangul comes apart without having any marks
    return nfc(bare.replace("đ", "d"))


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    """Return the folded form of a short text, remembered."""
    return _folded(word)


@lru_cache(maxsize=8192)
def _fold_short(text: str) -> str:
    """Return the folded form of a sentence, remembered: those of a library recur in answer after answer."""
    return _folded(text)


def has_diacritics(text: str) -> bool:
    """Tell whether `text` holds any letter that folding would change."""
    lowered = nfc(text).lower()
    return fold(lowered) != lowered


def _new_style(match: re.Match[str]) -> str:
    """Move the tone mark of an open `oa`, `oe`, `uy` from the last vowel to the one before it."""
    first, second = match.group(1), match.group(2)
    decomposed = unicodedata.normalize("NFD", second)
    marks = [c for c in decomposed if c in _TONES]
    if not marks:
        return match.group(0)
    return nfc(first + marks[0]) + nfc("".join(c for c in decomposed if c not in _TONES))


_OLD_STYLE = re.compile(r"(?<!q)([ou])([àáảãạèéẻẽẹỳýỷỹỵ])(?![^\W\d_])", re.I)


def tone_style(text: str) -> str:
    """Bring old tone placement to the new one (`hoà` → `hòa`, `thuý` → `thúy`); `quý` stays as it is."""
    return _OLD_STYLE.sub(_new_style, text)


def tokens(text: str) -> list[str]:
    """Return the lower-cased syllables, words and numbers of `text` in order, in NFC."""
    return _TOKEN.findall(nfc(text).lower())
