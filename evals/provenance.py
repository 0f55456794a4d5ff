"""Where a figure comes from: the commit, the settings, the index, the cases and the code, so that a run can be made again."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.compose import WEIGHTS
from assistant.settings import Settings
from corpus.bundle import LIBRARY
from evals.case import EvalCase, cases_hash
from index.errors import IndexFault
from index.home import Home

__all__ = ["Provenance", "code_hash", "inputs_hash", "provenance"]

ROOT = Path(__file__).parent.parent
_FOLDERS = ("assistant", "corpus", "evals", "index")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a run rests on. `commit` is empty outside a checkout and ends in `+` when files were changed since."""

    commit: str
    code: str
    cases: str
    files: tuple[str, ...]
    day: str
    generator: str
    encoder: str = ""
    generation: str = ""
    documents: int = 0
    passages: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What must be equal for two runs to be one and the same."""
        parts = (self.code, self.cases, self.day, self.generator, self.encoder, self.generation, self.documents, sorted(self.settings.items()))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure from which `from_json` makes an equal value."""
        return asdict(self) | {"files": list(self.files), "settings": dict(self.settings)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Provenance:
        """Make a provenance from what `to_json` returned."""
        return cls(**{**data, "files": tuple(data["files"])})


def provenance(settings: Settings, cases: Sequence[EvalCase], day: date, options: Mapping[str, str]) -> Provenance:
    """Return what a run over these cases rests on; `options` are those of the run itself. No path is told."""
    encoder = generation = ""
    documents = passages = 0
    try:
        home = Home(settings.home)
        manifest, generation = home.manifest(), home.current().name
        encoder, documents, passages = manifest.encoder, manifest.documents, manifest.passages
    except IndexFault:
        pass  # a run over a corpus of its own has no index here
    return Provenance(
        _commit(), code_hash(), cases_hash(cases), tuple(dict.fromkeys(case.file for case in cases)), day.isoformat(), settings.model,
        encoder, generation, documents, passages, dict(options),
    )  # fmt: skip


def code_hash(root: Path = ROOT) -> str:
    """Return a hash of the code and the fitted weights that answers are made and measured by."""
    files = [path for folder in _FOLDERS for path in sorted((root / folder).rglob("*.py"))]
    return _hash([*files, WEIGHTS], root)


def inputs_hash(cases: Sequence[EvalCase], library: Path = LIBRARY) -> str:
    """Return a hash of what published scores rest on: the cases, the bundled library and the fitted weights."""
    files = sorted(path for path in library.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return hashlib.sha256(f"{cases_hash(cases)} {_hash([*files, WEIGHTS], library.parent)}".encode()).hexdigest()[:16]


def _hash(files: Sequence[Path], root: Path) -> str:
    """Return one hash of names and bytes of files."""
    total = hashlib.sha256()
    for path in files:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        total.update(name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def _commit() -> str:
    """Return the short hash of the commit that the code was checked out from."""
    commands = (["git", "rev-parse", "--short=12", "HEAD"], ["git", "status", "--porcelain", "--untracked-files=no"])
    try:
        head, changed = (subprocess.run(c, cwd=ROOT, capture_output=True, text=True, check=True, timeout=20).stdout.strip() for c in commands)
    except (OSError, subprocess.SubprocessError):
        return ""
    return f"{head}+" if changed else head
