"""The index as a whole: brought up to date with the bundled library, opened for reading, verified.

The bundled library is one source among others and is ingested as they are. A generation for another encoder or format is
made first, from the catalogue.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from weakref import finalize

from corpus.document import Document
from index.caches import Caches, Progress, is_unfinished
from index.canaries import CANARIES, canaries_found
from index.catalogue import LIBRARY, Catalogue
from index.checksums import faults, is_sealed
from index.embedding import Encoder
from index.errors import NoIndex, StaleIndex, StoreFailed
from index.generation import regenerate
from index.home import Home, Manifest
from index.ingest import ingest_locked
from index.retrieve import HybridRetriever, Weights

__all__ = ["Progress", "Verdict", "build", "open_retriever", "ready", "stale", "verify"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: one line a check, each true or false."""

    checks: tuple[tuple[str, bool], ...]

    @property
    def sound(self) -> bool:
        """Tell whether every check passed."""
        return all(passed for _, passed in self.checks)


def build(
    home: Home,
    catalogue: Catalogue,
    documents: Iterable[Document],
    encoder: Encoder,
    library: str,
    progress: Progress | None = None,
    left_out: Sequence[str] = (),
    *,
    anew: bool = False,
) -> Manifest:
    """Make the index hold exactly `documents` as the bundled library, beside what was ingested; returns its manifest.

    `library` is the hash that tells later whether the library has changed. A generation that this version or encoder cannot
    use, or any with `anew`, is replaced by one made from the catalogue. Raises IndexBusy, StoreFailed.
    """
    started = time.monotonic()
    with home.writing():
        if anew or not _usable(home, encoder):
            regenerate(home, catalogue, encoder, progress)
        report = ingest_locked(home, catalogue, encoder, documents, source=LIBRARY, progress=progress)
        refused = tuple(f"{name}: {reason}" for name, reason in report.failed)
        seconds = round(time.monotonic() - started, 2)
        return home.amend(library=library, left_out=(*left_out, *refused), seconds=seconds)


def ready(home: Home, catalogue: Catalogue, encoder: Encoder, progress: Progress | None = None) -> None:
    """Make sure that there is a generation for this version and encoder, made from the catalogue if need be."""
    with home.writing():
        if not _usable(home, encoder):
            regenerate(home, catalogue, encoder, progress)


def _usable(home: Home, encoder: Encoder) -> bool:
    """Tell whether the current generation is for this version and encoder."""
    try:
        return home.manifest().refuses(encoder.fingerprint) is None
    except (NoIndex, StaleIndex):
        return False


def stale(manifest: Manifest, encoder: Encoder, library: str) -> str | None:
    """Return why a generation must not answer for this encoder and library, None when it may."""
    reason = manifest.refuses(encoder.fingerprint)
    if reason:
        return reason
    return None if manifest.library == library else "the library has changed since it was made"


def open_retriever(home: Home, catalogue: Catalogue, encoder: Encoder, library: str, weights: Weights | None = None) -> HybridRetriever:
    """Open the current generation for reading; what is returned lets go of its files when nobody uses it any more.

    Raises NoIndex, StaleIndex or StoreFailed.
    """
    folder = home.current()
    reason = stale(home.manifest(folder), encoder, library)
    if reason:
        raise StaleIndex(f"The index cannot be searched: {reason}.")
    caches = Caches(folder)
    retriever = HybridRetriever(catalogue, caches.lexical, caches.vectors, encoder, weights)
    finalize(retriever, _let_go, caches).atexit = False
    return retriever


def _let_go(caches: Caches) -> None:
    """Close caches that nobody uses any more."""
    with suppress(StoreFailed):  # there is nobody left to be told
        caches.close()


def verify(home: Home, catalogue: Catalogue, encoder: Encoder, library: str, canaries: int = CANARIES) -> Verdict:
    """Check the current generation: the caches hold what the catalogue knows, and `canaries` passages are found by their words."""
    folder = home.current()
    documents, passages = catalogue.count()
    reason = stale(home.manifest(folder), encoder, library)
    known = catalogue.keys()
    wrong = faults(folder)  # first: opening them lets Chroma write
    files = "no file has changed since the last writing" if is_sealed(folder) else "files: not sealed by the version that wrote them"
    checks = [
        (f"made by this version, encoder and library{f' ({reason})' if reason else ''}", reason is None),
        (f"catalogue: {documents} documents, {passages} passages", len(known) == passages),
        ("the catalogue's file is whole" if catalogue.is_whole() else "the catalogue's file is damaged", catalogue.is_whole()),
        (f"files: {'; '.join(wrong)}" if wrong else files, not wrong),
        ("the last writing was ended" if not is_unfinished(folder) else "a writing broke off; the next one sweeps", not is_unfinished(folder)),
    ]
    try:
        caches = Caches(folder)
    except StoreFailed as error:
        return Verdict((*checks, (str(error), False)))
    checks.extend(_compared(name, set(cache.keys()), known) for name, cache in (("lexical index", caches.lexical), ("vector store", caches.vectors)))
    if reason is None:
        looked = canaries_found(catalogue, caches, encoder, canaries)
        checks.append((f"canary passages found by their own words: {looked}", looked.enough))
    caches.release()
    return Verdict(tuple(checks))


def _compared(name: str, keys: set[str], known: set[str]) -> tuple[str, bool]:
    """Return the check of one cache's keys against those that the catalogue knows."""
    missing, strange = len(known - keys), len(keys - known)
    said = f"{name}: {len(keys)} passages" + (f", {missing} missing, {strange} that the catalogue does not know" if missing or strange else "")
    return said, not missing and not strange
