"""Whether anything of a text is left in the files of a folder: its telling words looked for byte by byte.

Words are told in pieces that stand in this text and in no other. Each is looked for as UTF-8, as JSON writes it in ASCII, and
as UTF-16. What is compressed hides them, so originals are known by their hash as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.files import hash_of

__all__ = ["Trace", "telling", "traces"]

_PIECE, _PIECES = 40, 200
_CHUNK = 1 << 22
_STAYS = {"lock", "ingesting"}


@dataclass(frozen=True, slots=True)
class Trace:
    """A file of a folder that still holds something, and what."""

    path: Path
    words: str


def telling(texts: Iterable[str], others: Iterable[str] = (), most: int = _PIECES) -> tuple[str, ...]:
    """Return pieces of the texts that stand in none of the others, at most `most`, spread over them.

    A piece is some whole words of one line, of about forty characters, with nothing that a file would write another way.
    """
    found = list(dict.fromkeys(piece for text in texts for piece in _pieces(text)))
    if len(found) > most:
        found = [found[at * len(found) // most] for at in range(most)]
    for other in others:
        found = [piece for piece in found if piece not in other]
    return tuple(found)


def _pieces(text: str) -> Iterator[str]:
    """Yield the pieces of one text, one after the other; shorter ones only where there is no longer one."""
    for line in re.split(r'[\n"\\/<>&]+', text):
        words, held = line.split(), ""
        for word in words:
            held = f"{held} {word}".strip()
            if len(held) >= _PIECE:
                yield held
                held = ""
        if held and len(held) >= _PIECE // 2:
            yield held


def traces(folder: Path, words: Sequence[str], hashes: Collection[str] = ()) -> list[Trace]:
    """Return every file below a folder that holds one of the words, or whose own hash is one of those. Raises OSError."""
    forms = {form: piece for piece in words for form in _forms(piece)}
    sought = re.compile(b"|".join(map(re.escape, forms))) if forms else None
    longest = max(map(len, forms), default=0)
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink() and p.name not in _STAYS):
        try:
            said = _first(path, sought, longest) if sought else None
            if said is not None:
                found.append(Trace(path, forms[said]))
            elif hashes and hash_of(path) in hashes:
                found.append(Trace(path, "the file itself"))
        except FileNotFoundError:  # it went while we looked
            continue
    return found


def _forms(piece: str) -> set[bytes]:
    """Return the ways in which a file may write a piece."""
    return {piece.encode(), json.dumps(piece)[1:-1].encode(), piece.encode("utf-16-le"), piece.encode("utf-16-be")}


def _first(path: Path, sought: re.Pattern[bytes], longest: int) -> bytes | None:
    """Return the first of the words in a file, None when it has none."""
    with path.open("rb") as file:
        kept = b""
        while part := file.read(_CHUNK):
            match = sought.search(kept + part)
            if match:
                return match[0]
            kept = (kept + part)[-longest:]
    return None
