"""Corpora of any size for measuring speed: a big file of articles cut into short pieces, each with words of its own.

A piece is one record and, being short, one passage in any search that cuts at a thousand characters, so that rates of
different searches are for the same passages. Pieces whose words are the same, but for case and spaces, are taken once. A
smaller corpus is every n-th piece of the larger, not its beginning: laws stand together by topic.
"""

from __future__ import annotations

import gzip
import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from evals.errors import BadSet

__all__ = ["Piece", "cut", "pieces", "questions", "thin", "write"]

PIECE = 450
"""The greatest length of a piece in characters; a word that is longer is a piece by itself."""
_SHORTEST = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one article under the article's title."""

    id: str
    title: str
    text: str


def cut(text: str, size: int = PIECE) -> list[str]:
    """Return the words of a text in stretches of at most `size` characters, about equal in length, spaces made single."""
    words = text.split()
    length = sum(len(word) + 1 for word in words)
    aim = length / max(1, -(-length // size))
    found: list[str] = []
    line: list[str] = []
    held = 0
    for word in words:
        if line and (held + len(word) > size or held >= aim):
            found.append(" ".join(line))
            line, held = [], 0
        line.append(word)
        held += len(word) + 1
    return [*found, " ".join(line)] if line else found


def pieces(source: Path, size: int = PIECE) -> list[Piece]:
    """Return the distinct pieces of a file of JSON lines {title, text}, plain or packed; raises BadSet."""
    found: list[Piece] = []
    seen: set[int] = set()
    for at, row in enumerate(_rows(source), 1):
        for part, text in enumerate(cut(str(row.get("text") or ""), size), 1):
            mark = hash(text.casefold())
            if len(text) >= _SHORTEST and mark not in seen:
                seen.add(mark)
                found.append(Piece(f"{at}-{part}", str(row.get("title") or ""), text))
    if not found:
        raise BadSet(f"There is no text in {source}.", advice="Give a file of JSON lines {title, text}.")
    return found


def thin(found: Sequence[Piece], n: int) -> list[Piece]:
    """Return `n` pieces spread evenly over `found`; all of them when there are no more."""
    return list(found) if n >= len(found) else [found[place * len(found) // n] for place in range(n)]


def questions(found: Sequence[Piece], n: int, seed: int = 7) -> list[str]:
    """Return up to `n` different titles to ask for, always the same; raises BadSet when there are none."""
    titles = sorted({piece.title for piece in found if len(piece.title.split()) > 2})
    if not titles:
        raise BadSet("No title has three words or more.", advice="Give questions of your own with --questions-file.")
    random.Random(seed).shuffle(titles)
    return titles[:n]


def write(found: Sequence[Piece], path: Path) -> None:
    """Write pieces as a file that the product and other searches read."""
    with path.open("w", encoding="utf-8") as file:
        for piece in found:
            file.write(json.dumps({"id": piece.id, "title": piece.title, "text": piece.text}, ensure_ascii=False) + "\n")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines; raises BadSet."""
    openers: dict[str, Any] = {".xz": lzma.open, ".gz": gzip.open}
    try:
        file: IO[Any]
        with openers.get(path.suffix, open)(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if isinstance(row, dict):
                    yield row
    except (OSError, ValueError, EOFError, lzma.LZMAError) as error:
        raise BadSet(f"{path} cannot be read ({type(error).__name__}).", advice="Give a file of JSON lines {title, text}.") from error
