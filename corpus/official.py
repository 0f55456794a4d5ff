"""The manifest of official texts and the lock that says what was fetched: two small files, read and written here alone.

The manifest (`library/official.yaml`) ships with the program: the hosts that may be spoken to, and one address for each file. The lock
(`official.lock.json`, beside the files) is the user's: the hash of each file as it first arrived.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus.bundle import LIBRARY, load_yaml
from corpus.errors import BadLibraryFile, CorpusError
from corpus.normalise import fold

__all__ = ["LOCK", "MANIFEST", "Locked", "Manifest", "Text", "hash_file", "read_lock", "read_manifest", "write_lock"]

MANIFEST = LIBRARY / "official.yaml"
LOCK = "official.lock.json"


@dataclass(frozen=True, slots=True)
class Text:
    """One official text: the document's number, its address, and the name of its file without the ending."""

    document: str
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The texts to fetch and the only hosts that may be spoken to."""

    hosts: frozenset[str]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Locked:
    """A file as it first arrived: its name, its hash and its size in bytes."""

    file: str
    sha256: str
    bytes: int


def read_manifest(path: Path = MANIFEST) -> Manifest:
    """Read a manifest; raises BadLibraryFile when it breaks its format or names an address on a host that is not on its list."""
    try:
        data = load_yaml(path.read_text("utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise BadLibraryFile(path, 1, "the manifest cannot be read") from error
    try:
        hosts = frozenset(str(host) for host in data["hosts"])
        given = [(str(entry["document"]), str(entry["url"])) for entry in data["texts"]]
    except (KeyError, TypeError) as error:
        raise BadLibraryFile(path, 1, "the manifest needs `hosts` and `texts`, each text with `document` and `url`") from error
    texts: list[Text] = []
    used: dict[str, int] = {}
    for document, url in given:
        if urlsplit(url).hostname not in hosts:
            raise BadLibraryFile(path, 1, f"{url} is on no host of the list")
        stem = re.sub(r"[^a-z0-9]+", "-", fold(document)).strip("-") or "text"
        used[stem] = used.get(stem, 0) + 1
        texts.append(Text(document, url, stem if used[stem] == 1 else f"{stem}-{used[stem]}"))
    return Manifest(hosts, tuple(texts))


def read_lock(folder: Path) -> dict[str, Locked]:
    """Return what was fetched by address, nothing where there is no lock; raises CorpusError when it cannot be read."""
    path = folder / LOCK
    if not path.exists():
        return {}
    try:
        return {str(url): Locked(**entry) for url, entry in json.loads(path.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        advice = "Restore it from a copy, or remove it and fetch everything anew."
        raise CorpusError(f"The list of fetched texts {path} cannot be read.", advice=advice) from error


def write_lock(folder: Path, lock: Mapping[str, Locked]) -> None:
    """Write the lock in one step; raises OSError."""
    fresh = folder / f"{LOCK}.new"
    fresh.write_text(json.dumps({url: asdict(entry) for url, entry in sorted(lock.items())}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    os.replace(fresh, folder / LOCK)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
