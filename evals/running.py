"""Many cases asked, by one process or several, each row kept the moment it is there, so that an interrupted run resumes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from evals.asking import Asked, ask_case
from evals.case import EvalCase
from evals.errors import BadRun
from evals.opening import Plan, open_asked
from evals.progress import Progress
from evals.provenance import Provenance
from evals.row import Row

__all__ = ["RunFolder", "rows_of", "run_cases"]

_HANDFUL = 8
_FEW = 60
"""Below this many cases opening further processes takes longer than asking."""


class RunFolder:
    """A folder of one run: run.json (where it comes from, whether it is finished) and rows.jsonl (a case a line)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows = path / "rows.jsonl"

    def begin(self, source: Provenance, *, anew: bool = False) -> tuple[Row, ...]:
        """Prepare the folder for a run; returns the rows that an interrupted run of the same things left.

        A finished run is begun anew, with `anew` any. Raises BadRun when the folder holds another run that was not finished, or other files.
        """
        done: tuple[Row, ...] = ()
        if (self.path / "run.json").exists():
            known, finished = self.source()
            finished = finished or anew
            if not finished and known.fingerprint == source.fingerprint:
                done = self._kept()
            elif not finished:
                raise BadRun(f"{self.path} holds an unfinished run of something else.", advice="Remove it, or give another folder with --out.")
        elif self.path.exists() and any(self.path.iterdir()):
            raise BadRun(f"{self.path} holds other files.", advice="Give an empty folder with --out.")
        self.path.mkdir(parents=True, exist_ok=True)
        self._mark(source, False)
        self._rows.write_text("".join(f"{row.line()}\n" for row in done), "utf-8")  # drops a half-written last line, too
        return done

    def keep(self, row: Row) -> None:
        """Add a row."""
        with self._rows.open("a", encoding="utf-8") as file:
            file.write(row.line() + "\n")

    def finish(self, source: Provenance, rows: Sequence[Row]) -> None:
        """Write the rows in their order and mark the run as whole."""
        self._rows.write_text("".join(f"{row.line()}\n" for row in rows), "utf-8")
        self._mark(source, True)

    def source(self) -> tuple[Provenance, bool]:
        """Return where the run comes from and whether it is finished; raises BadRun."""
        try:
            data = json.loads((self.path / "run.json").read_text("utf-8"))
            return Provenance.from_json(data["source"]), bool(data["finished"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadRun(f"There is no run in {self.path}.") from error

    def rows(self) -> tuple[Row, ...]:
        """Return all rows; raises BadRun when the run is not finished."""
        _, finished = self.source()
        if not finished:
            raise BadRun(f"The run in {self.path} was interrupted.", advice="Give the same command again; it goes on where it stopped.")
        return self._kept()

    def _kept(self) -> tuple[Row, ...]:
        """Return the rows that read well and did not fail: those are asked again."""
        found = []
        try:
            lines = self._rows.read_text("utf-8").split("\n")
        except OSError:
            return ()
        for line in lines:
            try:
                found.append(Row.from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError):
                continue  # a line that the interruption cut short
        return tuple(found)

    def _mark(self, source: Provenance, finished: bool) -> None:
        """Write run.json in one step."""
        draft = self.path / "run.json.new"
        draft.write_text(json.dumps({"finished": finished, "source": source.to_json()}, ensure_ascii=False, indent=1) + "\n", "utf-8")
        os.replace(draft, self.path / "run.json")


def run_cases(cases: Sequence[EvalCase], ask: Callable[[Sequence[EvalCase]], Generator[Row]], folder: RunFolder, source: Provenance,
              progress: Progress | None = None, *, anew: bool = False) -> tuple[Row, ...]:  # fmt: skip
    """Ask what an interrupted run has not asked yet, keep every row at once, and return all of them in the order of the cases."""
    done = {row.case.key: row for row in folder.begin(source, anew=anew) if not row.error}
    if progress:
        progress("questions", len(done), len(cases))
    with closing(ask([case for case in cases if case.key not in done])) as rows_to_come:
        for row in rows_to_come:
            done[row.case.key] = row
            folder.keep(row)
            if progress:
                progress("questions", len(done), len(cases))
    rows = tuple(done[case.key] for case in cases)
    folder.finish(source, rows)
    return rows


def rows_of(plan: Plan, cases: Sequence[EvalCase], jobs: int, own: Callable[[], Asked]) -> Generator[Row]:
    """Yield the rows of cases as they come, asked by `own` in this process or by `jobs` processes that open the plan."""
    if jobs < 2 or len(cases) < _FEW:
        asked = own()
        yield from (ask_case(case, asked) for case in cases)
        return
    handfuls = [cases[at : at + _HANDFUL] for at in range(0, len(cases), _HANDFUL)]
    # spawned, not forked: the libraries of the index have threads, which a fork would lose
    pool = ProcessPoolExecutor(jobs, get_context("spawn"))
    try:
        for future in as_completed([pool.submit(_ask_handful, plan, handful) for handful in handfuls]):
            yield from future.result()
    finally:
        pool.shutdown(cancel_futures=True)  # who stops a run waits for the handfuls in hand, not for all of them


@cache
def _opened(plan: Plan) -> Asked:
    """Open a plan once a process."""
    return open_asked(plan)


def _ask_handful(plan: Plan, cases: Sequence[EvalCase]) -> list[Row]:
    """Ask some cases in a worker process."""
    asked = _opened(plan)
    return [ask_case(case, asked) for case in cases]
