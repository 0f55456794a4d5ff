"""Writers killed at random moments lose nothing; the long form is `python -m evals.crash`."""

from __future__ import annotations

from pathlib import Path

from evals.crash import Trial
from evals.crash_work import law, mark, number_of


def test_six_kills_lose_nothing(tmp_path: Path, library_folder: Path) -> None:
    trial = Trial(tmp_path, seed=4, library=library_folder, sizes=(3, 510))
    trial.begin()
    while sum(trial.outcome.killed.values()) < 6:
        trial.turn()
    assert trial.outcome.faults == []


def test_a_made_up_law_bears_its_mark_in_every_clause() -> None:
    text = law(901, 2, 4)
    assert text.count(mark(901, 2)) == 8 and number_of(901) in text
