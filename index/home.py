"""The data folder: where everything mutable lives, which generation of the index is current, and who may write.

    ATTACHE_HOME/
      catalogue.sqlite          the truth: documents, provisions, passages
      generations/0001/         one whole index: manifest.json, checksums.json, vectors/ (Chroma), lexical/ (Tantivy)
      current                   the name of the generation that answers, swapped by one rename
      lock                      held by the one writer
      ingesting                 held by whoever takes files in, over all of them
      originals/                the files that were taken in, byte for byte (`index.originals`)
      corpora/                  data folders like this one, each for one file alone (`attache eval`)

Ingesting adds to the current generation and takes from it; only what the catalogue knows is seen by readers, so they never
see half a document. `unfinished` in a generation's folder says that a writer stopped on the way: the next one sweeps. A
generation made anew is built beside the current one, checked and made current by one rename, so a reader sees all of it or
none; who has an older one open holds it (`index.locks`) and ends in peace.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.errors import IndexBusy, NoIndex, StaleIndex, StoreFailed
from index.files import put
from index.locks import SharedLocks, unheld
from index.vectors_at import serve_at, served_at

__all__ = ["FORMAT", "Home", "Manifest"]

FORMAT = 2
_ROOM = "Make sure that the data folder has room and may be written to; what is there goes on answering."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What built a generation: a reader whose own format or encoder differ must not search it.

    `library` is the hash of the bundled documents in it, `left_out` holds a sentence for each of their files that was
    broken and is not in the generation. The counts are of the time of the last writing.
    """

    format: int
    encoder: str
    dimensions: int
    library: str
    documents: int
    passages: int
    seconds: float
    left_out: tuple[str, ...] = ()

    def refuses(self, encoder: str) -> str | None:
        """Return why the encoder of that fingerprint must not search or change this generation, None when it may."""
        if self.format != FORMAT:
            return f"it has format {self.format}, this version reads format {FORMAT}"
        if self.encoder != encoder:
            return f"it was made by the encoder {self.encoder}, the present one is {encoder}"
        return None


class Home:
    """The data folder at `root`; makes no file before it must.

    `vectors` is the Chroma server for its vectors (empty: they lie in the generations), `shared` are the locks that it shares with
    other data folders over one catalogue.
    """

    def __init__(self, root: Path, vectors: str = "", shared: SharedLocks | None = None) -> None:
        self.root, self._vectors, self._shared = root, vectors, shared

    @property
    def catalogue_url(self) -> str:
        """The SQLAlchemy URL of the default catalogue."""
        return f"sqlite:///{self.root / 'catalogue.sqlite'}"

    def generations(self) -> list[Path]:
        """Return the generation folders, oldest first."""
        return sorted(p for p in (self.root / "generations").glob("[0-9]*") if p.is_dir())

    def current(self) -> Path:
        """Return the folder of the generation that answers; raises NoIndex."""
        pointer = self.root / "current"
        try:
            folder = self.root / "generations" / pointer.read_text("utf-8").strip()
        except FileNotFoundError as error:
            raise NoIndex(f"There is no index in {self.root}.") from error
        if not (folder / "manifest.json").exists():
            raise NoIndex(f"The current generation {folder.name} is missing from {self.root}.")
        served = served_at(folder)
        if (served[0] if served else "") != self._vectors:
            raise NoIndex("The current generation of the index has its vectors elsewhere than ATTACHE_VECTORS says.")
        return folder

    def manifest(self, folder: Path | None = None) -> Manifest:
        """Return the manifest of `folder`, by default of the current generation; raises NoIndex or StaleIndex."""
        folder = folder or self.current()
        try:
            data = json.loads((folder / "manifest.json").read_text("utf-8"))
            return Manifest(**{**data, "left_out": tuple(data.get("left_out", ()))})
        except FileNotFoundError as error:
            raise NoIndex(f"The generation {folder.name} is missing from {self.root}.") from error
        except (TypeError, ValueError) as error:
            raise StaleIndex(f"The manifest of generation {folder.name} cannot be read.") from error

    def fresh(self, encoder: str = "") -> Path:
        """Make and return an empty folder for the next generation, by the encoder of that fingerprint; raises StoreFailed."""
        known = self.generations()
        folder = self.root / "generations" / f"{int(known[-1].name) + 1 if known else 1:04d}"
        try:
            folder.mkdir(parents=True)
            if self._vectors:
                serve_at(folder, self._vectors, encoder)
        except OSError as error:
            raise StoreFailed("No new generation of the index can be begun.", advice=_ROOM) from error
        return folder

    def publish(self, folder: Path, manifest: Manifest) -> None:
        """Write the manifest and make `folder` current in one rename; all but it and the one before are removed.

        What somebody reads yet is left for the next time. Raises StoreFailed; then the one before is current still.
        """
        before = self.pointer()
        try:
            put(folder / "manifest.json", json.dumps(asdict(manifest), indent=1))
            self.point(folder)
        except OSError as error:
            raise StoreFailed("The new generation of the index cannot be made current.", advice=_ROOM) from error
        whole = [g for g in self.generations() if g != folder and (g / "manifest.json").exists()]  # a build that was killed is nothing to go back to
        self.prune({folder.name, before if before in {g.name for g in whole} else whole[-1].name if whole else ""})

    def prune(self, kept: Collection[str]) -> list[Path]:
        """Remove the generations of other names; returns those that are there yet because somebody reads them."""
        return [old for old in self.generations() if old.name not in kept and not _removed(old)]

    def previous(self) -> Path | None:
        """Return the newest whole generation but the current one, None when there is none to go back to."""
        name = self.pointer()
        return next((g for g in reversed(self.generations()) if g.name != name and (g / "manifest.json").exists()), None)

    def pointer(self) -> str:
        """Return the name of the generation that answers, whether it is there or not; empty when there was never one."""
        try:
            return (self.root / "current").read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def point(self, folder: Path) -> None:
        """Make an existing generation current."""
        put(self.root / "current", folder.name)

    def amend(self, **changes: Any) -> Manifest:
        """Change values of the current generation's manifest; returns the new one."""
        folder = self.current()
        manifest = replace(self.manifest(folder), **changes)
        try:
            put(folder / "manifest.json", json.dumps(asdict(manifest), indent=1))
        except OSError as error:
            raise StoreFailed("The manifest of the index cannot be written.", advice=_ROOM) from error
        return manifest

    @contextmanager
    def writing(self, seconds: float = 30.0) -> Iterator[None]:
        """Hold the writer's lock for the block; raises IndexBusy when another writer keeps it longer than `seconds`."""
        with self._holding("lock", seconds, "Another process is writing the index."):
            yield

    @contextmanager
    def ingesting(self, seconds: float = 30.0) -> Iterator[None]:
        """Be the one who takes files in for the block; raises IndexBusy when another does longer than `seconds`."""
        with self._holding("ingesting", seconds, "Another process is taking files in."):
            yield

    @contextmanager
    def _holding(self, name: str, seconds: float, busy: str) -> Iterator[None]:
        """Hold the lock of that name."""
        lock = FileLock(self.root / name)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=seconds)
        except Timeout as error:
            raise IndexBusy(busy) from error
        except OSError as error:
            raise StoreFailed("The data folder cannot be written to.", advice=_ROOM) from error
        try:
            with self._shared.holding(name, seconds, busy) if self._shared else nullcontext():
                yield
        finally:
            lock.release()


def _removed(folder: Path) -> bool:
    """Remove a generation that nobody reads; returns whether it is gone."""
    with unheld(folder) as free:
        if free:
            (folder / "manifest.json").unlink(missing_ok=True)  # first, so that half of it is never taken for the whole
            shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
