"""The two caches of a generation together: words in Tantivy, vectors in Chroma, for the same keys.

Both can be made again from the catalogue. Who has them open holds the generation, so that nobody removes it. A writer
marks the generation as unfinished for as long as it writes; whoever finds the mark knows that the caches may hold keys that the
catalogue does not know, or lack some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np

from index.checksums import seal
from index.embedding import Encoder
from index.entry import Entry
from index.errors import NoIndex, StoreFailed
from index.lexical import TantivyIndex
from index.locks import Hold
from index.store import ChromaStore, ServedStore, VectorStore
from index.vectors_at import served_at

__all__ = ["Caches", "Progress", "is_unfinished", "mark_finished", "mark_unfinished"]

Progress = Callable[[str, int, int], None]
"""Called with a stage, how many are done and how many there are, nought where that is not known."""
_ENCODED = 512
_TOLD = 128
_MARK = "unfinished"
_NONE: Mapping[str, str] = MappingProxyType({})


class Caches:
    """The lexical index and the vectors of the generation in `folder`. Raises NoIndex when it is gone, StoreFailed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._hold = Hold(folder)
        except OSError as error:
            raise NoIndex(f"The generation {folder.name} is missing.") from error
        try:
            self.lexical = TantivyIndex(folder / "lexical")
            self.vectors: VectorStore = _vectors(folder)
        except BaseException:  # whatever it was, the folder must not stay held
            self._hold.release()
            raise

    def write(
        self, entries: Sequence[Entry], encoder: Encoder, report: Callable[[int], None] = lambda done: None, kept: Mapping[str, str] = _NONE
    ) -> int:
        """Encode and add entries; returns how many had to be encoded. `report` is called with how many of them are in.

        `kept` gives, for the key of an entry, the key under which the same words are here already: their vector is taken.
        """
        if not entries:
            return 0
        if self.vectors.shared:  # a key names one content: what another worker wrote under it is the same
            kept = {**{entry.key: entry.key for entry in entries}, **kept}
        known = self.vectors.vectors(sorted(set(kept.values()))) if kept else {}
        new = [entry for entry in entries if kept.get(entry.key, "") not in known]
        parts = (new[start : start + _ENCODED] for start in range(0, len(new), _ENCODED))
        rows = iter(row for part in parts for row in encoder.encode_documents([entry.text for entry in part]))
        self.vectors.write(entries, np.stack([known[old] if (old := kept.get(entry.key, "")) in known else next(rows) for entry in entries]))
        self.lexical.write(_told(entries, report))
        return len(new)

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys; those that are not there are no error."""
        if keys:
            self.lexical.delete(keys)
            self.vectors.delete(keys)

    def forget_half(self, keys: Sequence[str]) -> None:
        """Remove keys that are to be written anew; vectors that others share stay, for they are what will be written."""
        if keys:
            self.lexical.delete(keys)
            if not self.vectors.shared:
                self.vectors.delete(keys)

    def differences(self, known: set[str]) -> tuple[set[str], set[str]]:
        """Return the keys that either cache has and `known` lacks, and those of `known` that either cache lacks."""
        lexical, vectors = set(self.lexical.keys()), set(self.vectors.keys())
        return (lexical | vectors) - known, known - (lexical & vectors)

    def begin(self) -> None:
        """Mark the generation as unfinished; raises StoreFailed."""
        mark_unfinished(self._folder)

    def settle(self) -> None:
        """Wait until all that was written stands in its files, so that no reader changes them any more. Raises StoreFailed."""
        self.vectors.size()  # Chroma counts only when it has put into place what it was given

    def close(self) -> None:
        """Let go of the files and of the generation."""
        try:
            self.vectors.close()
        finally:
            self.release()

    def release(self) -> None:
        """Let go of the generation and not of the files, which others of this process may have open by the same path."""
        self._hold.release()


def _vectors(folder: Path) -> VectorStore:
    """Return the vectors of a generation: on the server that it names, else in its folder."""
    served = served_at(folder)
    return ServedStore(folder / "vectors", *served) if served else ChromaStore(folder / "vectors")


def _told(entries: Sequence[Entry], report: Callable[[int], None]) -> Iterator[Entry]:
    """Yield the entries, telling how many have been taken: the lexical index, the last to be written, takes the longest."""
    for count, entry in enumerate(entries, 1):
        yield entry
        if count % _TOLD == 0 or count == len(entries):
            report(count)


def mark_unfinished(folder: Path) -> None:
    """Say that a writer is on its way in a generation; raises StoreFailed."""
    try:
        (folder / _MARK).touch()
    except OSError as error:
        raise StoreFailed("The index cannot be written to.", advice="Make sure that the data folder has room and may be written to.") from error


def mark_finished(folder: Path) -> None:
    """Say that all is written: the files are sealed first. Raises StoreFailed."""
    try:
        seal(folder)
        (folder / _MARK).unlink(missing_ok=True)
    except OSError as error:
        raise StoreFailed(
            "What was written to the index cannot be ended.", advice="Make room in the data folder; the next writing goes on."
        ) from error


def is_unfinished(folder: Path) -> bool:
    """Tell whether a writer stopped on its way in this generation."""
    return (folder / _MARK).exists()
