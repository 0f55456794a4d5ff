"""Words set in capitals brought to the case in which the same act prints them elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["cased"]

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_SURE = {"việt": "Việt", "asean": "ASEAN", "vneid": "VNeID"}
_ALWAYS = re.compile(r"\b(?:việt nam|hà nội|quốc hội|chính phủ|liên hợp quốc)\b")


def cased(text: str, body: Sequence[str]) -> str:
    """Return words in capitals in small letters, but for those that `body` prints with a capital beside the same neighbour.

    Two neighbours are looked at, for “Quốc hội” has a capital and “quốc gia” has none.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for line in body:
        words = _WORD.findall(line)
        if line.isupper():
            continue
        # the first word of a line has its capital from the sentence
        pairs.update(pairwise(words[1:]))
    known: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for pair, count in pairs.items():
        known.setdefault((pair[0].lower(), pair[1].lower()), Counter())[pair] += count
    words = _WORD.findall(text)
    shown = [word if _ROMAN.fullmatch(word) and word else word.lower() for word in words]
    for place in range(len(words) - 1):
        seen = known.get((words[place].lower(), words[place + 1].lower()))
        if seen:
            best = max(seen, key=lambda pair: seen[pair])
            shown[place] = best[0] if best[0][0].isupper() and not best[0].isupper() else shown[place]
            shown[place + 1] = best[1] if best[1][0].isupper() and not best[1].isupper() else shown[place + 1]
    parts = iter(shown)
    plain = _WORD.sub(lambda _: next(parts), text)
    plain = _ALWAYS.sub(lambda found: found.group().title() if found.group() in ("việt nam", "hà nội") else found.group().capitalize(), plain)
    return _WORD.sub(lambda found: _SURE.get(found.group().lower(), found.group()), plain)
