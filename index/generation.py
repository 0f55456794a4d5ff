"""A new generation of the caches made from the catalogue alone: for another encoder or format, or when caches were lost."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

from corpus.document import Document
from corpus.passages import Passage
from index.caches import Caches, Progress, mark_unfinished
from index.canaries import canaries_found
from index.catalogue import Catalogue
from index.checksums import seal
from index.contents import entries_of, passages_of
from index.embedding import Encoder
from index.errors import NoIndex, StoreFailed
from index.files import need_room
from index.home import FORMAT, Home, Manifest

__all__ = ["BATCH", "in_parts", "regenerate"]

BATCH = 4096
"""How many passages are held and written at once; a single document may have more."""


def in_parts(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield the values in parts of at most `size`."""
    return (values[start : start + size] for start in range(0, len(values), size))


def regenerate(
    home: Home, catalogue: Catalogue, encoder: Encoder, progress: Progress | None = None, *, library: str = "", left_out: Sequence[str] = ()
) -> Manifest:
    """Encode everything in the catalogue into a fresh generation, check it and publish it; the caller holds the writer's lock.

    Documents are cut anew, so that a new way of cutting takes effect. Whether the library in it is the present one is not
    known unless `library` says so. Raises StoreFailed; then the current generation is the one before.
    """
    report = progress or (lambda stage, done, total: None)
    started = time.monotonic()
    need_room(home.root, _size_of_current(home))
    folder = home.fresh(encoder.fingerprint)
    try:
        with closing(Caches(folder)) as caches:
            documents, passages, recut = _fill(caches, catalogue, encoder, report)
            # recut documents have other keys than the current generation knows, should this one come to nothing
            _rewrite(home, catalogue, recut)
            if not caches.lexical.size() == caches.vectors.size() == passages:
                raise StoreFailed(f"The new index holds {caches.lexical.size()} and {caches.vectors.size()} of {passages} passages.")
            canaries = canaries_found(catalogue, caches, encoder)
            if not canaries.enough:
                raise StoreFailed(f"Passages of the new index found by their own words: {canaries}.")
            if caches.vectors.shared:  # of an earlier way of cutting, or of a writer that fell
                caches.vectors.delete(sorted(set(caches.vectors.keys()) - catalogue.keys()))
        seal(folder)
    except BaseException:  # whatever stopped the build, an unfinished folder must not stay behind
        shutil.rmtree(folder, ignore_errors=True)
        raise
    seconds = round(time.monotonic() - started, 2)
    manifest = Manifest(FORMAT, encoder.fingerprint, encoder.dimensions, library, documents, passages, seconds, tuple(left_out))
    home.publish(folder, manifest)
    return manifest


def _size_of_current(home: Home) -> int:
    """Return the bytes of the current generation, nought when there is none."""
    try:
        return sum(path.stat().st_size for path in home.current().rglob("*") if path.is_file())
    except (NoIndex, OSError):
        return 0


def _rewrite(home: Home, catalogue: Catalogue, recut: Sequence[str]) -> None:
    """Give documents that are now cut otherwise their passages; the current generation is marked first, for it lacks them."""
    if recut:
        with suppress(NoIndex):
            mark_unfinished(home.current())
        catalogue.rewrite_passages((name, passages_of(d, name)) for name in recut if (d := catalogue.document(name)))


def _fill(caches: Caches, catalogue: Catalogue, encoder: Encoder, report: Progress) -> tuple[int, int, list[str]]:
    """Write all passages; returns how many documents and passages there are, and which documents are now cut otherwise."""
    total, done, count = catalogue.count()[1], 0, 0
    recut: list[str] = []
    for batch in _batches(catalogue.held()):
        known = catalogue.keys_of([name for name, *_ in batch])
        recut.extend(name for name, _, passages in batch if known.get(name, set()) != passages.keys())
        entries = [entry for _, document, passages in batch for entry in entries_of(document, passages, passages)]
        start = done
        caches.write(entries, encoder, lambda n, start=start: report("passages", start + n, max(total, start + n)))  # type: ignore[misc]
        done, count = done + len(entries), count + len(batch)
    return count, done, recut


def _batches(documents: Iterator[tuple[str, Document]]) -> Iterator[list[tuple[str, Document, dict[str, Passage]]]]:
    """Yield documents with the names they are held under and their passages in batches of bounded size."""
    batch: list[tuple[str, Document, dict[str, Passage]]] = []
    held = 0
    for name, document in documents:
        batch.append((name, document, passages_of(document, name)))
        held += len(batch[-1][-1]) + 1
        if held >= BATCH:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
