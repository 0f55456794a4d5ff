"""The locked packages held to the floors of `docs/advisories.toml`; and, where its database can be reached, to what `pip-audit` knows.

    python -m evals.audit [--floors-alone]

Exit status 1 when a package is below its floor or pip-audit knows a hole that is not explained in that file. A database out of reach is told.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import Version

from evals.provenance import ROOT

__all__ = ["LOCKS", "Advisories", "asked", "below", "locked", "main", "told"]

LOCKS = ("requirements.lock", "requirements-dev.lock")
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.M)
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Advisories:
    """Floors by package, with the holes that each keeps out; and the holes that do not reach us, with the reason."""

    floors: Mapping[str, tuple[Version, tuple[str, ...]]]
    without_effect: Mapping[str, str]

    @classmethod
    def read(cls, path: Path = ROOT / "docs" / "advisories.toml") -> Advisories:
        """Read the file of advisories."""
        data = tomllib.loads(path.read_text("utf-8"))
        floors = {name: (Version(row["from"]), tuple(row["keeps_out"])) for name, row in data["floors"].items()}
        return cls(floors, data["without_effect"])


def locked(text: str) -> dict[str, Version]:
    """Return the version of each package that a lock file pins, by its name as registries write it."""
    return {re.sub(r"[-_.]+", "-", name).lower(): Version(version) for name, version in _PIN.findall(text)}


def below(pins: Mapping[str, Version], advisories: Advisories) -> Iterator[str]:
    """Yield a sentence for each pin below its floor."""
    for name, version in sorted(pins.items()):
        floor, holes = advisories.floors.get(name, (version, ()))
        if version < floor:
            yield f"{name} {version} is below {floor}: {', '.join(holes)}"


def asked(path: Path, advisories: Advisories) -> tuple[bool, str]:
    """Ask pip-audit for the holes of a lock file; returns whether it found none that is not explained, and what it came to."""
    ignored = [part for hole in advisories.without_effect for part in ("--ignore-vuln", hole)]
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(path), "--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    try:
        done = subprocess.run([*command, *ignored], capture_output=True, text=True, timeout=_PATIENCE, check=False)
        rows = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, LookupError):
        return True, "its database cannot be reached, so that the floors alone were held"
    return told(rows)


def told(rows: Sequence[Mapping[str, Any]]) -> tuple[bool, str]:
    """Return whether no package has a hole, and a sentence; packages that the database does not know are no proof of anything."""
    holes = [f"{row['name']} {row['version']}: {hole['id']}" for row in rows for hole in row.get("vulns", ())]
    unknown = sum("skip_reason" in row for row in rows)
    if unknown == len(rows):
        return True, "its database cannot be reached, so that the floors alone were held"
    beside = f" ({unknown} are not known there)" if unknown else ""
    return not holes, f"{len(rows) - unknown} packages looked up{beside}; " + ("; ".join(holes) or "no known hole")


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.audit", description="Hold the locked packages to known advisories.")
    parser.add_argument("--floors-alone", action="store_true", help="do not ask pip-audit")
    options = parser.parse_args(arguments)
    advisories, sound = Advisories.read(), True
    for name in LOCKS:
        wrong = list(below(locked((ROOT / name).read_text("utf-8")), advisories))
        sys.stdout.write("".join(f"{name}: {sentence}\n" for sentence in wrong) or f"{name}: no package is below its floor\n")
        sound = sound and not wrong
        if not options.floors_alone:
            passed, said = asked(ROOT / name, advisories)
            sys.stdout.write(f"{name}: pip-audit: {said}\n")
            sound = sound and passed
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
