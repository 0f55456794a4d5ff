"""Building a generation: documents are cut, encoded and written beside the current index, verified, then published.

Tantivy and Chroma in a fresh folder, a check of the counts, the SQL catalogue in one transaction, then one rename. The
catalogue changes last because the current generation reads it too: a build that is interrupted leaves both as they were.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.passages import Passage, cut
from index.catalogue import Catalogue
from index.embedding import Encoder
from index.errors import StaleIndex, StoreFailed
from index.home import FORMAT, Home, Manifest
from index.lexical import TantivyIndex
from index.retrieve import HybridRetriever, Query
from index.store import ChromaStore

__all__ = ["Progress", "build", "open_retriever", "stale", "verify"]

Progress = Callable[[str, int, int], None]
_BATCH = 512


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
    documents: Sequence[Document],
    encoder: Encoder,
    library: str,
    progress: Progress | None = None,
    left_out: Sequence[str] = (),
) -> Manifest:
    """Build and publish a generation that holds exactly `documents`; returns its manifest.

    `library` is the hash that tells later whether the sources have changed. `progress` is called with a stage, how many
    are done and how many there are. Raises IndexBusy, StoreFailed.
    """
    report = progress or (lambda stage, done, total: None)
    started = time.monotonic()
    with home.writing():
        pairs = [(document, cut(document)) for document in documents]
        passages = [passage for _, row in pairs for passage in row]
        folder = home.fresh()
        try:
            _fill(folder, passages, encoder, report)
            catalogue.replace_all(pairs)
        except BaseException:  # whatever stopped the build, an unfinished folder must not stay behind
            shutil.rmtree(folder, ignore_errors=True)
            raise
        seconds = round(time.monotonic() - started, 2)
        manifest = Manifest(FORMAT, encoder.fingerprint, encoder.dimensions, library, len(pairs), len(passages), seconds, tuple(left_out))
        home.publish(folder, manifest)
    return manifest


def _fill(folder: Path, passages: Sequence[Passage], encoder: Encoder, report: Progress) -> None:
    """Write the lexical index and the vectors of a generation and count them."""
    report("words", 0, len(passages))
    lexical = TantivyIndex(folder / "lexical")
    lexical.write(passages)
    with closing(ChromaStore(folder / "vectors")) as store:
        for start in range(0, len(passages), _BATCH):
            part = passages[start : start + _BATCH]
            store.write(part, encoder.encode_documents([p.embedding_text for p in part]))
            report("vectors", min(start + _BATCH, len(passages)), len(passages))
        if not lexical.size() == store.size() == len(passages):
            raise StoreFailed(f"The new index holds {lexical.size()} and {store.size()} of {len(passages)} passages.")


def stale(manifest: Manifest, encoder: Encoder, library: str) -> str | None:
    """Return why a generation must not answer for this encoder and library, None when it may."""
    if manifest.format != FORMAT:
        return f"the index has format {manifest.format}, this version reads format {FORMAT}"
    if manifest.encoder != encoder.fingerprint:
        return f"the index was made by the encoder {manifest.encoder}, the present one is {encoder.fingerprint}"
    if manifest.library != library:
        return "the library has changed since the index was made"
    return None


def open_retriever(home: Home, catalogue: Catalogue, encoder: Encoder, library: str) -> HybridRetriever:
    """Open the current generation for reading; raises NoIndex or StaleIndex."""
    folder = home.current()
    reason = stale(home.manifest(folder), encoder, library)
    if reason:
        raise StaleIndex(f"The index cannot be searched: {reason}.")
    return HybridRetriever(catalogue, TantivyIndex(folder / "lexical"), ChromaStore(folder / "vectors"), encoder)


def verify(home: Home, catalogue: Catalogue, encoder: Encoder, library: str, canaries: int = 20) -> Verdict:
    """Check the current generation: counts agree, values match, and `canaries` passages find themselves by their words."""
    folder: Path = home.current()
    manifest = home.manifest(folder)
    documents, passages = catalogue.count()
    lexical, store = TantivyIndex(folder / "lexical"), ChromaStore(folder / "vectors")
    reason = stale(manifest, encoder, library)
    checks = [
        (f"made by this version, encoder and library{f' ({reason})' if reason else ''}", reason is None),
        (f"catalogue: {documents} documents, {passages} passages", (documents, passages) == (manifest.documents, manifest.passages)),
        (f"lexical index: {lexical.size()} passages", lexical.size() == passages),
        (f"vector store: {store.size()} vectors", store.size() == passages),
    ]
    if reason is None:
        retriever = HybridRetriever(catalogue, lexical, store, encoder)
        sample = _sample(catalogue, passages, canaries)
        found = sum(_finds_itself(retriever, passage) for passage in sample)
        checks.append((f"canary passages found by their own words: {found} of {len(sample)}", found == len(sample)))
    return Verdict(tuple(checks))


def _sample(catalogue: Catalogue, total: int, size: int) -> list[Passage]:
    """Return passages spread evenly over the catalogue."""
    step = max(1, total // max(1, size))
    everything = [passage for batch in catalogue.all_passages() for passage in batch]
    return everything[::step][:size]


def _finds_itself(retriever: HybridRetriever, passage: Passage) -> bool:
    """Tell whether a passage is among the first five for its own words."""
    language = passage.language if passage.serves == "any" else passage.serves
    found = retriever.retrieve(Query(passage.embedding_text, language, k=5))
    return any((r.passage.document, r.passage.locator) == (passage.document, passage.locator) for r in found)
