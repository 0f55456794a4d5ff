"""Text to search terms: lower-cased syllables, pairs of neighbours, and whole dates, with and without diacritics.

Vietnamese is searched by syllable unigrams and bigrams: word segmentation measured one to five points worse. Dates of
every spelling meet in one term (`@2019-09-27`), so “27 tháng 9 năm 2019”, “27/9/2019” and “September 27, 2019” find each
other.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from corpus.figures import canonical, dates
from corpus.normalise import fold, tokens, tone_style

__all__ = ["accented_terms", "both_terms", "plain_terms", "stem", "words"]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return an English word without its plural, -ed and -ing endings; Vietnamese syllables never end so and stay.

    After Harman's S-stemmer (How effective is suffixing?, 1991) with the two verb endings added; it never maps to a word
    of another meaning that the two languages share.
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def words(text: str) -> list[str]:
    """Return the lower-cased tokens in new tone style, numbers in canonical form."""
    return [canonical(token) if token[0].isdigit() else token for token in tokens(tone_style(text))]


def accented_terms(text: str, *, spaced_dates: bool = False) -> list[str]:
    """Return the terms of `text` with diacritics."""
    return _terms(words(text), _dates(text, spaced_dates))


def plain_terms(text: str, *, spaced_dates: bool = False) -> list[str]:
    """Return the terms of `text` without diacritics."""
    return _terms(map(fold, words(text)), _dates(text, spaced_dates))


def both_terms(text: str, *, spaced_dates: bool = False) -> tuple[list[str], list[str]]:
    """Return the terms of `text` with and without diacritics, reading it once."""
    row, days = words(text), _dates(text, spaced_dates)
    return _terms(row, days), _terms(map(fold, row), days)


def _dates(text: str, spaced: bool) -> list[str]:
    """Return one term a date."""
    return [f"@{day}" for day in dates(text, spaced=spaced)]


def _terms(row: Iterable[str], days: list[str]) -> list[str]:
    """Return stems, pairs of neighbours and dates."""
    stems = [stem(word) for word in row]
    return stems + [f"{first}_{second}" for first, second in pairwise(stems)] + days
