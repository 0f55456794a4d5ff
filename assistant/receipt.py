"""A receipt: all that an answer rests on, as one JSON object that tells by its hash when it was changed afterwards.

The hash covers the canonical form (keys in order, no spaces, UTF-8) of everything else in the object. It notices a change; it is
no signature, for whoever changes a receipt on purpose can hash it anew. That is why checking does not end with the hash:
`assistant.receipt_check` compares every quote with the library.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import NotSaved

__all__ = ["FORMAT", "SEAL", "Receipt", "canonical", "sha256_of", "writable"]

FORMAT = "attache-receipt/1"
SEAL = "sha256"
"""The key of the hash over everything else."""


def canonical(value: Any) -> bytes:
    """Return the one form of a JSON value that is hashed. Raises ValueError for a number that JSON does not have."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The content of a receipt as plain JSON values, and the hash that it bears."""

    body: Mapping[str, Any]
    sha256: str

    @classmethod
    def seal(cls, body: Mapping[str, Any]) -> Receipt:
        """Return a receipt of `body` with its own hash."""
        # half of a surrogate pair, which a model may send and UTF-8 does not have, becomes a question mark
        plain = json.loads(json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))
        return cls(plain, hashlib.sha256(canonical(plain)).hexdigest())

    @property
    def intact(self) -> bool:
        """Tell whether the content is what was hashed."""
        return hashlib.sha256(canonical(self.body)).hexdigest() == self.sha256

    def to_bytes(self) -> bytes:
        """Return the receipt as a file holds it and a page offers it: UTF-8, indented, the hash last."""
        return (json.dumps({**self.body, SEAL: self.sha256}, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8")

    def save(self, path: Path) -> None:
        """Write the receipt to `path`, all of it or nothing; what was there is replaced. Raises NotSaved."""
        writable(path)
        draft = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.new")
        try:
            with draft.open("xb") as file:
                file.write(self.to_bytes())
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise NotSaved(f"The receipt {path.name} cannot be written: {error.strerror or type(error).__name__}.") from error


def writable(path: Path) -> None:
    """Raise NotSaved when a receipt can certainly not be written to `path`; asked before a question is, so that no answer is lost."""
    if path.is_dir() or not path.name:
        raise NotSaved(f"{path.name or path} is a folder, not a file for a receipt.")
    if not path.parent.is_dir():
        raise NotSaved(f"There is no folder {path.parent.name} for the receipt {path.name}.")
    if not os.access(path.parent, os.W_OK):
        raise NotSaved(f"The folder {path.parent.name} for the receipt {path.name} may not be written to.")
