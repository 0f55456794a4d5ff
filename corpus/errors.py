"""Every error of ours descends from one root, and each says what to do next.

AttacheError
├── CorpusError                a document or the library is not as it should be
│   ├── BadLibraryFile         a library file breaks its format; names file, line and reason
│   ├── BadLocator             an address of a provision that cannot be read
│   ├── NotFetched             an official text could not be downloaded, or is not what it was
│   ├── NotText                bytes that are no text in any encoding
│   ├── Unreadable             a file given to be read cannot be; names file and reason
│   ├── NothingRead            of all files given not one document could be taken in
│   ├── UnknownDocument        no document of that number or name
│   ├── UnknownFilter          no document has that issuer or kind
│   └── UnknownProvision       the document has no such provision
├── IndexFault                 drawn in index/errors.py
└── AssistantError             drawn in assistant/errors.py
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = [
    "AttacheError",
    "BadLibraryFile",
    "BadLocator",
    "CorpusError",
    "Fault",
    "NotFetched",
    "NotText",
    "NothingRead",
    "UnknownDocument",
    "UnknownFilter",
    "UnknownProvision",
    "Unreadable",
]


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


class NotFetched(CorpusError):
    """An official text could not be downloaded, or is no longer what it was."""

    advice = "Run `attache corpus fetch` again later; what has arrived is kept."

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class NotText(CorpusError):
    """Bytes that are no text in any encoding; `str(error)` is the reason as part of a sentence."""

    advice = "Give a text file, or the Word or PDF file itself under its own name."


class Fault(NamedTuple):
    """Something that was given and not taken in: its name (`file`, `file:line` or a document's number) and why. Never raised."""

    name: str
    reason: str


class Unreadable(CorpusError):
    """A file given to be read cannot be, or breaks off in the middle."""

    advice = (
        "Give files that exist and may be read: Word (.docx), PDF, scans (PNG, JPEG, TIFF), web pages, Markdown, plain text, EPUB, "
        "a ZIP archive of these, or UTF-8 files of one JSON object a line (.jsonl, .jsonl.xz, .jsonl.gz)."
    )

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}.")
        self.path = path
        self.reason = reason


class NothingRead(CorpusError):
    """Of all files given not one document could be taken in."""

    advice = "See the reason of each file above; give Word, PDF, scanned, web, Markdown, text or JSON-lines files, or folders of them."

    def __init__(self, failed: Sequence[Fault]) -> None:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        why = f"{failed[0].name}: {failed[0].reason}{more}" if failed else "the files are empty"
        super().__init__(f"Nothing could be read: {why}.")
        self.failed = tuple(failed)


class UnknownDocument(CorpusError):
    """No document has that number or name."""

    advice = "List what there is with `attache documents`."

    def __init__(self, name: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no document “{name}” in the library.{hint}")


class UnknownFilter(CorpusError):
    """No document has the issuer or kind that a search is limited to."""

    advice = "See what there is with `attache documents --json`."

    def __init__(self, field: str, value: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"No document has the {field} “{value}”.{hint}")


class UnknownProvision(CorpusError):
    """The document has no provision at that address."""

    def __init__(self, number: str, locator: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f" Near it: {'; '.join(nearest)}." if nearest else ""
        super().__init__(f"{number} has no provision “{locator}”.{hint}", advice=f'Open its outline with `attache show "{number}"`.')
