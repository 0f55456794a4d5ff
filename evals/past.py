"""The runs that the data folder holds: one line each, and their pages. A run is only ever found by the list of folders."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.compare import compare
from evals.errors import BadRun
from evals.evaluate import Configuration, read_report
from evals.html_compare import beside_page, comparison_page
from evals.html_report import in_language
from evals.metrics import Score
from evals.running import RunFolder

__all__ = ["PastRun", "past_runs", "run_page"]

_MOST = 100
"""So many of the newest runs are listed."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run: its folder's name, day of asking, files, how many questions, what it came to (None: interrupted), how it was set."""

    name: str
    started: str
    day: str
    files: tuple[str, ...]
    n: int
    right: Score | None
    generator: str
    settings: str
    failed: int = 0


def past_runs(home: Path) -> tuple[PastRun, ...]:
    """Return the runs of a data folder, the newest first; folders that hold no run are passed over."""
    names = sorted((path.parent.name for path in (home / "evals").glob("*/run.json")), reverse=True)
    found = []
    for name in names[:_MOST]:
        try:
            found.append(_past(home / "evals" / name))
        except (BadRun, OSError, ValueError, KeyError, TypeError):
            continue  # written by another version, or by hand
    return tuple(found)


def _past(folder: Path) -> PastRun:
    """Read one run."""
    source, finished = RunFolder(folder).source()
    stamp = folder.name[:15]
    started = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {stamp[9:11]}:{stamp[11:13]}" if stamp[:8].isdigit() and stamp[9:].isdigit() else ""
    varied = {name: value for name, value in source.settings.items() if name != "configuration"}
    told = source.settings.get("configuration") or ", ".join(f"{name} {value}" for name, value in varied.items())
    if finished:
        data = json.loads((folder / "report.json").read_text("utf-8"))
        right = Score(**data["scores"]["right"])
        return PastRun(folder.name, started, source.day, source.files, int(data["n"]), right, source.generator, told, int(data["failed"]))
    rows = folder / "rows.jsonl"
    asked = rows.read_bytes().count(b"\n") if rows.exists() else 0
    return PastRun(folder.name, started, source.day, source.files, asked, None, source.generator, told)


def run_page(home: Path, kind: str, names: Sequence[str], language: str) -> str:
    """Return the page of a run (`report`), of two (`compare`, the later one first) or of several (`beside`); raises BadRun."""
    known = {path.parent.name for path in (home / "evals").glob("*/run.json")}
    unique = tuple(dict.fromkeys(names))
    if not unique or not set(unique) <= known:
        raise BadRun("There is no such run.", advice="Reload the page and choose a run on the list.")
    folders = [home / "evals" / name for name in unique]
    if kind == "report" and len(folders) == 1:
        RunFolder(folders[0]).rows()  # tells of a run that was interrupted
        page = (folders[0] / "report.html").read_text("utf-8")
    elif kind == "compare" and len(folders) == 2:
        after, before = map(read_report, folders)
        page = comparison_page(after, before, compare(after.rows, before.rows))
    elif kind == "beside" and len(folders) > 1:
        page = beside_page([(_configuration(folder), folder.name, read_report(folder)) for folder in folders])
    else:
        raise BadRun("So many runs make no such page.", advice="Choose two runs to compare, two or more to set side by side.")
    return in_language(page, language)


def _configuration(folder: Path) -> str:
    """Return under which configuration a run was made."""
    return RunFolder(folder).source()[0].settings.get("configuration") or Configuration().name
