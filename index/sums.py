"""Whether the files of an encoder are what they were when it was made: the hashes that lie beside them, in the form of `sha256sum`.

They tell of damage and of a copy that went wrong; who can change the files can change the hashes too.
"""

from __future__ import annotations

from pathlib import Path

from index.files import hash_of

__all__ = ["NAME", "altered", "summed", "write_sums"]

NAME = "SHA256SUMS"


def write_sums(folder: Path) -> None:
    """Write the hash of every file of a folder but pages to read; called when an encoder or its lexicon has been made. Raises OSError."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != NAME and path.suffix != ".md")
    (folder / NAME).write_text("".join(f"{hash_of(path)}  {path.name}\n" for path in files), "utf-8")


def summed(folder: Path) -> dict[str, str]:
    """Return the hash of each file that the hashes of a folder name; nothing where there are none that can be read."""
    try:
        lines = (folder / NAME).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: digest for digest, mark, name in (line.partition("  ") for line in lines) if mark}


def altered(folder: Path) -> tuple[str, ...]:
    """Return the files of a folder that are not as its hashes say, missing ones too."""
    found = []
    for name, digest in summed(folder).items():
        try:
            same = hash_of(folder / name) == digest
        except OSError:
            same = False
        if not same:
            found.append(name)
    return tuple(found)
