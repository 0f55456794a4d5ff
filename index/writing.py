"""The one writer's hand on the caches of a generation: opened and marked at the first change, sealed at the end, swept after a fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from corpus.passages import Passage
from index.caches import Caches, Progress, mark_finished
from index.catalogue import Catalogue
from index.contents import entries_of
from index.embedding import Encoder
from index.entry import Entry
from index.generation import BATCH, in_parts

__all__ = ["Writing"]

_NONE: Mapping[str, str] = MappingProxyType({})


class Writing:
    """The caches in `folder`, opened and marked as unfinished when the first change comes; to be closed."""

    def __init__(self, folder: Path, catalogue: Catalogue, encoder: Encoder, report: Progress | None = None) -> None:
        self._folder, self._catalogue, self._encoder = folder, catalogue, encoder
        self._report = report or (lambda stage, done, total: None)
        self._caches: Caches | None = None
        self._done = False
        self.encoded = self.deleted = self.written = 0

    def begin(self) -> Caches:
        """Return the open caches; the generation is marked from the first call on, which must come before the catalogue changes."""
        if self._caches is None:
            self._caches = Caches(self._folder)
            self._caches.begin()
        return self._caches

    def write(self, entries: Sequence[Entry], kept: Mapping[str, str] = _NONE) -> None:
        """Add entries, encoded but for those whose words are there under another key, which `kept` gives."""
        if entries:
            caches, before = self.begin(), self.written
            self.encoded += caches.write(entries, self._encoder, lambda done: self._report("passages", before + done, 0), kept)
            self.written += len(entries)

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys."""
        if keys:
            self.begin().delete(keys)
            self.deleted += len(keys)

    def sweep(self) -> None:
        """Bring the caches to what the catalogue knows, whatever they hold."""
        strange, missing = self.begin().differences(self._catalogue.keys())
        self.begin().delete(sorted(strange))
        self.begin().forget_half(sorted(missing))  # a key that one cache alone has is written anew to both
        for part in in_parts(sorted(missing), BATCH):
            found = self._catalogue.passages(part)
            per: dict[str, dict[str, Passage]] = {}
            for key, passage in found.items():
                per.setdefault(passage.held_as, {})[key] = passage
            heads = [(self._catalogue.document(name), passages) for name, passages in per.items()]
            self.write([entry for head, passages in heads if head for entry in entries_of(head, passages, passages)])

    def done(self) -> None:
        """Say that all is written; the files are sealed and the mark is taken away when they are closed."""
        self._done = True

    def close(self) -> None:
        """Let go of the files. Raises StoreFailed when what was written cannot be ended; then the mark stays."""
        if self._caches is not None:
            try:
                if self._done:
                    self._caches.settle()
            finally:
                self._caches.close()
            if self._done:
                mark_finished(self._folder)
