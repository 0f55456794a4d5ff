"""Sketches of texts: which texts are the same, and which nearly are, without comparing all of them.

A text is the set of its runs of five words. Its sketch is the least hash of that set under each of 64 hash functions
(MinHash, Broder 1997): the share of equal marks in two sketches estimates the share of runs that the texts have in common.
Two texts that share 0.9 agree with a chance of 0.99 on one of eight bands of eight marks, and those are looked up.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.document import RECORD, Document
from corpus.normalise import tokens

__all__ = ["NEAR", "NOTHING", "Sketch", "sketch_of"]

NEAR = 0.9
"""The share of common runs of words from which two texts are called nearly the same."""
_RUN, _LEAST = 5, 20
_BANDS, _ROWS = 8, 8
_PRIME = np.uint64((1 << 31) - 1)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What tells texts apart: the hash of a text's words and its marks; both empty for what is too short to say."""

    said: str = ""
    marks: bytes = b""

    def likeness(self, other: Sketch) -> float:
        """Return the estimated share of common runs of words, nought to one."""
        if not self.marks or not other.marks:
            return 0.0
        mine, others = (np.frombuffer(marks, np.uint32) for marks in (self.marks, other.marks))
        return float((mine == others).mean())

    def bands(self) -> Iterator[str]:
        """Yield what a nearly equal text very likely has one of."""
        width = 4 * _ROWS
        for place in range(_BANDS if self.marks else 0):
            part = self.marks[place * width : (place + 1) * width]
            yield f"{place}:{hashlib.blake2b(part, digest_size=8).hexdigest()}"


NOTHING = Sketch()


def sketch_of(document: Document) -> Sketch:
    """Return the sketch of a document's text in all its languages; nothing for a record of a table or a text of few words."""
    if document.kind == RECORD:
        return NOTHING
    words = [w for p in document.provisions for text in (p.text.vi, p.text.en) for w in tokens(text)]
    runs = {zlib.crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1)}
    if len(runs) < _LEAST:
        return NOTHING
    said = hashlib.sha256(" ".join(words).encode()).hexdigest()
    return Sketch(said, _marks(np.fromiter(runs, np.uint64, len(runs))))


def _marks(runs: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> bytes:
    """Return the least value of the runs under each hash function, as 64 numbers of 32 bits."""
    random = np.random.default_rng(20190927)  # any fixed seed will do, but it may never change
    factors, terms = random.integers(1, int(_PRIME), (2, _BANDS * _ROWS), dtype=np.uint64)
    folded = runs % _PRIME
    least = [int(((folded * factor + term) % _PRIME).min()) for factor, term in zip(factors, terms, strict=True)]
    return np.array(least, np.uint32).tobytes()
