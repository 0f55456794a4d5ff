"""Files that people give to the library: kept aside while they look at the outline, then taken in, one at a time."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import shutil
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import AssistantError, AttacheError
from assistant.intake import IngestReport
from assistant.outlining import Outlined

__all__ = ["Adding", "Busy", "Pending", "Progressed", "TakingService", "safe_name"]

_LOG = logging.getLogger(__name__)
_LONGEST = 120


class Busy(AssistantError):
    """A file is being taken in, or nothing waits under that name."""

    advice = "Wait until the file that is being taken in is done, then give yours again."


class TakingService(Protocol):
    """What takes files into the library."""

    @property
    def uploads(self) -> Path:
        """The folder in which files that were given are kept."""
        ...

    def sources(self, number: str) -> Sequence[str]:
        """Return the files that an act came from, none for a bundled one."""
        ...

    def beside(self, number: str) -> Sequence[str]:
        """Return the other acts that came from the same files."""
        ...

    def outline(self, path: Path) -> Sequence[Outlined]:
        """Return what a file would be taken in as."""
        ...

    def take(self, path: Path, given: Mapping[str, str], progress: Any) -> IngestReport:
        """Take a file in; raises AttacheError."""
        ...

    def remove(self, number: str) -> IngestReport:
        """Remove an act with the files that it came from; raises AttacheError."""
        ...


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that waits for a person to confirm what it is."""

    token: str
    path: Path
    outlined: tuple[Outlined, ...]


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a file is: `idle`, `taking`, `done` or `failed`, with the report or the error."""

    kind: str = "idle"
    name: str = ""
    stage: str = ""
    done: int = 0
    total: int = 0
    report: IngestReport = field(default_factory=IngestReport)
    problem: str = ""


class Adding:
    """What was given by users and what becomes of it."""

    def __init__(self, service: TakingService) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._pending: dict[tuple[str, str], Pending] = {}
        self.state = Progressed()
        shutil.rmtree(service.uploads / "pending", ignore_errors=True)  # nobody can confirm what a former process was given

    def give(self, user: str, name: str, data: bytes) -> Pending:
        """Keep a file aside and return its outline; what this user gave before and did not confirm is dropped. Raises AttacheError."""
        for other, token in [key for key in self._pending if key[0] == user]:
            self.drop(other, token)
        token = secrets.token_hex(16)
        path = self._service.uploads / "pending" / token / safe_name(name)
        try:
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
        except OSError as error:
            shutil.rmtree(path.parent, ignore_errors=True)
            raise AssistantError(f"The file cannot be kept: {error.strerror or type(error).__name__}.", advice="Make room on the disk.") from error
        pending = Pending(token, path, tuple(self._service.outline(path)))
        self._pending[user, token] = pending
        return pending

    def drop(self, user: str, token: str) -> None:
        """Drop a file that waits, if it does."""
        pending = self._pending.pop((user, token), None)
        if pending:
            shutil.rmtree(pending.path.parent, ignore_errors=True)

    def take(self, user: str, token: str, given: Mapping[str, str]) -> None:
        """Begin to take in a file that waits; raises Busy."""
        with self._lock:
            pending = self._pending.get((user, token))
            if pending is None or self.state.kind == "taking":
                raise Busy("That file cannot be taken in now.")
            del self._pending[user, token]
            self.state = Progressed("taking", pending.path.name, "reading")
        threading.Thread(target=self._take, args=(pending, dict(given)), daemon=True).start()

    def _take(self, pending: Pending, given: dict[str, str]) -> None:
        """Take a file in, under a folder named by its content, so that no two files are one."""
        try:
            folder = self._service.uploads / hashlib.sha256(pending.path.read_bytes()).hexdigest()[:16]
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / pending.path.name
            os.replace(pending.path, path)
            report = self._service.take(path, given, self._moved)
            if not (report.added or report.replaced or report.unchanged):
                shutil.rmtree(folder, ignore_errors=True)
            self.state = replace(self.state, kind="done" if not report.failed or report.changed else "failed", report=report)
        except AttacheError as error:
            self.state = replace(self.state, kind="failed", problem=f"{error} {error.advice}".strip())
        except Exception:  # a thread has nobody to tell but the page
            _LOG.exception("a file could not be taken in")
            self.state = replace(self.state, kind="failed", problem="")
        finally:
            shutil.rmtree(pending.path.parent, ignore_errors=True)

    def _moved(self, stage: str, done: int, total: int) -> None:
        """Note how far it is."""
        self.state = replace(self.state, stage=stage, done=done, total=total)


def safe_name(name: str) -> str:
    """Return a file's name without folders, control characters or leading dots, cut before its ending; `tep` when nothing is left."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    stem, dot, ending = kept.rpartition(".")
    ending = ending[:8]
    most = _LONGEST - len(ending.encode("utf-8", "replace")) - 1
    cut = (stem if dot else ending).encode("utf-8", "ignore")[:most].decode("utf-8", "ignore").strip()
    return f"{cut or 'tep'}.{ending}" if dot else cut or "tep"
