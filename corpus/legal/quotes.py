"""Which lines stand inside words that are quoted: an amending act prints whole articles that are not its own."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["quoted"]

_OPEN, _CLOSE = "“", "”"
_FARTHEST = 1500
"""Lines after which a quotation counts as never closed."""


def quoted(texts: Sequence[str]) -> tuple[bool, ...]:
    """Tell of each line whether it begins inside a quotation or with one, and so opens nothing.

    A quotation runs over several lines when it begins a line or follows a colon. One that is never closed holds its
    first line alone: a missing mark must not swallow the rest of an act.
    """
    inside = [False] * len(texts)
    depths = [text.count(_OPEN) - text.count(_CLOSE) for text in texts]
    index = 0
    while index < len(texts):
        if not _begins(texts[index], texts[index - 1] if index else ""):
            index += 1
            continue
        last = _closing(texts, depths, index)
        starts = texts[index].lstrip("-*• ")[:1] in (_OPEN, '"')
        for place in range(index if starts else index + 1, last + 1):
            inside[place] = True
        index = last + 1
    return tuple(inside)


def _begins(text: str, before: str) -> bool:
    """Tell whether a quotation of several lines may begin in this line."""
    bare = text.lstrip("-*• ")
    if bare.startswith(_OPEN):
        return True
    if bare.startswith('"'):
        return before.rstrip().endswith(":")
    tail = text.rsplit(_OPEN, 1)
    return len(tail) == 2 and _CLOSE not in tail[1] and tail[0].rstrip().endswith(":")


def _closing(texts: Sequence[str], depths: Sequence[int], first: int) -> int:
    """Return the line in which the quotation begun in line `first` ends, `first` itself when it never does."""
    if texts[first].lstrip("-*• ").startswith('"'):
        for place in range(first, min(len(texts), first + _FARTHEST)):
            bare = texts[place].rstrip(" .;,")
            if bare.endswith('"') and (place > first or bare.count('"') > 1):
                return place
        return first
    depth = 0
    for place in range(first, min(len(texts), first + _FARTHEST)):
        depth += depths[place]
        if depth <= 0:
            return place
    return first
