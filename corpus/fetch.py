"""`attache corpus fetch`: the official texts of the manifest, downloaded once, hashed, and compared ever after.

The first arrival of a text is written into the lock. A later one with other bytes is told of and laid beside the first under another name; it
takes the first one's place only when the caller accepts that. One text's failure stops no other.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from corpus.download import Limits, download
from corpus.errors import NotFetched
from corpus.official import Locked, Manifest, Text, hash_file, read_lock, write_lock

__all__ = ["Fetched", "fetch"]

_ENDINGS = {
    "application/pdf": ".pdf", "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/zip": ".zip",
    "application/msword": ".doc", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one text: `fetched`, `kept` (it was there), `same` (fetched again, no change), `changed`, `accepted` or `failed`."""

    document: str
    url: str
    outcome: str
    file: str = ""
    sha256: str = ""
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure."""
        return asdict(self)


def fetch(
    manifest: Manifest,
    folder: Path,
    *,
    again: bool = False,
    accept: bool = False,
    limits: Limits | None = None,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> tuple[Fetched, ...]:
    """Download the texts of the manifest that are not in `folder`, in its order; with `again` those too that are.

    `accept` lets a changed text take the place of the first one. `progress` is called with a document, its bytes so far and in all. Raises
    CorpusError when the lock cannot be read, OSError when the folder or the lock cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = read_lock(folder)
    done = []
    for text in manifest.texts:
        row = None if again else _kept(text, folder, lock)
        if row is None:
            try:
                row = _one(text, manifest.hosts, folder, lock, accept, limits or Limits(), progress)
            except (NotFetched, OSError) as error:
                reason = str(error) if isinstance(error, NotFetched) else f"it cannot be written ({error.strerror or type(error).__name__})"
                row = Fetched(text.document, text.url, "failed", reason=reason)
        done.append(row)
    return tuple(done)


def _kept(text: Text, folder: Path, lock: dict[str, Locked]) -> Fetched | None:
    """Return the row of a text that is there as it was fetched; None when it is not."""
    entry = lock.get(text.url)
    if entry is None:
        return None
    path = folder / Path(entry.file).name
    if not path.is_file() or hash_file(path) != entry.sha256:
        return None
    return Fetched(text.document, text.url, "kept", path.name, entry.sha256)


def _one(
    text: Text, hosts: frozenset[str], folder: Path, lock: dict[str, Locked], accept: bool, limits: Limits, progress: Callable[[str, int, int], None]
) -> Fetched:
    """Download one text and compare it with what it was; raises NotFetched and OSError."""
    part = folder / f"{text.name}.part"
    media = _persistently(text, part, hosts, limits, progress)
    sha256, size = hash_file(part), part.stat().st_size
    if not size:
        raise NotFetched("the server sent an empty file")
    name = text.name + _ending(media, text.url)
    known = lock.get(text.url)
    outcome = "fetched" if known is None else "same" if known.sha256 == sha256 else "accepted" if accept else "changed"
    if outcome == "changed":
        stem, dot, ending = name.rpartition(".")
        name = f"{stem}.changed{dot}{ending}"
    os.replace(part, folder / name)
    part.with_name(part.name + ".json").unlink(missing_ok=True)
    if outcome == "changed":
        return Fetched(text.document, text.url, outcome, name, sha256, "the text is not what it was when it was first fetched")
    lock[text.url] = Locked(name, sha256, size)
    write_lock(folder, lock)
    return Fetched(text.document, text.url, outcome, name, sha256)


def _persistently(text: Text, part: Path, hosts: frozenset[str], limits: Limits, progress: Callable[[str, int, int], None]) -> str:
    """Download into `part`, going on after a break, and return the media type; raises the last NotFetched."""
    left = _TRIES
    while True:
        left -= 1
        try:
            return download(text.url, part, hosts, limits, lambda done, total: progress(text.document, done, total))
        except NotFetched as error:
            if not left or not error.retryable:
                raise


def _ending(media: str, url: str) -> str:
    """Return the ending of the file's name by the server's word, else by the address."""
    ending = _ENDINGS.get(media) or PurePosixPath(urlsplit(url).path).suffix.lower()
    return ending if ending in _ENDINGS.values() else ".bin"
