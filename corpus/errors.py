"""Every error of ours descends from one root, and each says what to do next.

    AttacheError
    ├── CorpusError                a document or the library is not as it should be
    │   ├── BadLibraryFile         a library file breaks its format; names file, line and reason
    │   ├── BadLocator             an address of a provision that cannot be read
    │   ├── UnknownDocument        no document of that number or name
    │   └── UnknownProvision       the document has no such provision
    ├── IndexFault                 drawn in index/errors.py
    └── AssistantError             drawn in assistant/errors.py
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["AttacheError", "BadLibraryFile", "BadLocator", "CorpusError", "UnknownDocument", "UnknownProvision"]


class AttacheError(Exception):
    """Root of all errors of this application.

    `str(error)` is one sentence for a person; `advice` is the next step; `retryable` tells whether the same call may
    succeed later without a change.
    """

    advice: str = ""
    retryable: bool = False

    def __init__(self, message: str, *, advice: str | None = None) -> None:
        super().__init__(message)
        if advice is not None:
            self.advice = advice


class CorpusError(AttacheError):
    """A document or the bundled library is not as it should be."""


class BadLibraryFile(CorpusError):
    """A library file breaks its format."""

    advice = "Mend the file and run `attache corpus check`; the other documents keep working meanwhile."

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class BadLocator(CorpusError):
    """An address of a provision that cannot be read."""

    advice = "Write it as printed, for example “Điều 5, khoản 2, điểm a”."


class UnknownDocument(CorpusError):
    """No document has that number or name."""

    advice = "List what there is with `attache documents`."

    def __init__(self, name: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no document “{name}” in the library.{hint}")


class UnknownProvision(CorpusError):
    """The document has no provision at that address."""

    def __init__(self, number: str, locator: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f" Near it: {'; '.join(nearest)}." if nearest else ""
        super().__init__(f"{number} has no provision “{locator}”.{hint}", advice=f'Open its outline with `attache show "{number}"`.')
