"""What a page, a command or a script calls: start a run with progress, read a finished one, compare two, set several side by side."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from types import MappingProxyType

from assistant.settings import Settings
from evals.asking import Asked
from evals.case import EvalCase, read_cases
from evals.compare import Comparison, compare
from evals.errors import BadRun
from evals.html_report import html_page
from evals.markdown_report import markdown_page
from evals.opening import Plan, open_asked, stands_in
from evals.progress import Progress
from evals.provenance import Provenance, provenance
from evals.report import Report, summarise
from evals.running import RunFolder, rows_of, run_cases

__all__ = [
    "Configuration",
    "compare_runs",
    "finished_runs",
    "read_report",
    "sample_cases",
    "shipped_cases",
    "side_by_side",
    "start_run",
    "write_report",
]

CASES = Path(__file__).parent / "cases"
_OFFICIAL = "own_official"
"""Asks for official texts, which are fetched and not shipped."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What may be varied between runs: an encoder's folder, the model, how many provisions an answer looks at. None: as set.

    `home` holds an index of its own over the library, for another encoder would replace the index in use.
    `price` is what the model costs a million tokens in and out, in whatever money; the report then tells what the run cost.
    """

    name: str = "as shipped"
    encoder: Path | None = None
    model: str | None = None
    provisions: int | None = None
    price: tuple[float, float] | None = None
    home: Path | None = None

    def applied(self, settings: Settings) -> Settings:
        """Return the settings with this configuration's."""
        own = replace(settings, home=self.home, database=None) if self.home else settings
        return replace(own, encoder=self.encoder or settings.encoder, model=self.model or settings.model)


def shipped_cases() -> tuple[Path, ...]:
    """Return the case files that the bundled library answers."""
    return tuple(sorted(path for path in CASES.glob("own_*.jsonl") if path.stem != _OFFICIAL))


def start_run(
    settings: Settings, paths: Sequence[Path], *, out: Path | None = None, day: date | None = None, corpus: Path | None = None,
    configuration: Configuration = Configuration(), jobs: int | None = None, curve: bool = True, progress: Progress | None = None,
    asked: Callable[[], Asked] | None = None, anew: bool = False, limit: int | None = None,
) -> tuple[Path, Report]:  # fmt: skip
    """Ask all cases of some files and write the reports; returns the folder of the run and what it comes to.

    `out` is the folder (default: one under `evals` in the data folder; an interrupted run of the same things goes on there),
    `day` the day of asking (default today), `corpus` a JSON-lines file to ask instead of the index, `jobs` the number of
    processes (default two, where there are two), `asked` another assistant under test, `anew` leaves what an interrupted run
    did, `limit` asks so many of the cases, always the same ones. Raises BadCases before anything is asked, BadRun when `out`
    holds something else, and what opening the assistant raises.
    """
    plan = Plan(configuration.applied(settings), day or date.today(), corpus, configuration.provisions, curve)
    read_cases(paths)  # what needs no documents is told before an index is built
    if asked is None:
        assistant = plan.open(progress)
        cases = read_cases(paths, stands_in(assistant))

        def own() -> Asked:
            return open_asked(plan, assistant)
    else:
        cases, own, jobs = read_cases(paths), asked, 1
    cases = sample_cases(cases, limit)
    source = provenance(plan.settings, cases, plan.day, _options(plan, configuration))
    folder = RunFolder(out or _folder(settings.home / "evals", source, cases))
    count = jobs or min(2, os.cpu_count() or 1)
    rows = run_cases(cases, lambda left: rows_of(plan, left, count, own), folder, source, progress, anew=anew)
    report = summarise(source, rows)
    write_report(folder.path, report)
    return folder.path, report


def sample_cases(cases: tuple[EvalCase, ...], limit: int | None) -> tuple[EvalCase, ...]:
    """Return at most `limit` of the cases, in their order and always the same ones; all of them without a limit."""
    if limit is None or limit >= len(cases):
        return cases
    return tuple(cases[at] for at in sorted(Random(0).sample(range(len(cases)), limit)))


def write_report(folder: Path, report: Report, baseline: Comparison | None = None) -> None:
    """Write report.json, report.html and report.md into the folder of a run."""
    data = report.to_json() | ({"baseline": baseline.to_json()} if baseline else {})
    (folder / "report.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "report.html").write_text(html_page(report, baseline), "utf-8")
    (folder / "report.md").write_text(markdown_page(report, baseline), "utf-8")


def read_report(folder: Path) -> Report:
    """Return the report of a finished run; raises BadRun."""
    run = RunFolder(folder)
    return summarise(run.source()[0], run.rows())


def compare_runs(after: Path, before: Path) -> Comparison:
    """Compare the finished run in a folder with an earlier one; raises BadRun."""
    return compare(RunFolder(after).rows(), RunFolder(before).rows())


def finished_runs(home: Path) -> tuple[Path, ...]:
    """Return the folders of the finished runs in a data folder, the newest first."""
    folders = (path for path in (home / "evals").glob("*") if (path / "report.json").exists())
    return tuple(sorted(folders, key=lambda path: path.name, reverse=True))


def side_by_side(
    settings: Settings, paths: Sequence[Path], configurations: Sequence[Configuration], progress: Progress | None = None
) -> Mapping[str, tuple[Path, Report]]:
    """Run the same cases under several configurations, one after the other; returns folder and report by name."""
    return MappingProxyType({one.name: start_run(settings, paths, configuration=one, progress=progress) for one in configurations})


def _options(plan: Plan, configuration: Configuration) -> dict[str, str]:
    """Return what was varied, as provenance keeps it: names, never paths."""
    given = {
        "configuration": "" if configuration == Configuration() else configuration.name,
        "corpus": plan.corpus.name if plan.corpus else "", "curve": "" if plan.curve else "no",
        "encoder": configuration.encoder.name if configuration.encoder else "", "provisions": str(plan.provisions or ""),
        "price": "{:g} {:g}".format(*configuration.price) if configuration.price else "",
    }  # fmt: skip
    return {name: value for name, value in given.items() if value}


def _folder(home: Path, source: Provenance, cases: Sequence[EvalCase]) -> Path:
    """Return the folder of an interrupted run of the same things, else a fresh one."""
    for path in sorted(home.glob("*/run.json"), reverse=True):
        try:
            known, finished = RunFolder(path.parent).source()
        except BadRun:
            continue  # damaged, or of another version: no reason not to run
        if not finished and known.fingerprint == source.fingerprint:
            return path.parent
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return home / f"{stamp}-{cases[0].set_name}-{source.fingerprint[:6]}"
