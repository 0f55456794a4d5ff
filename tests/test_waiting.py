"""The bars that are shown while files are read."""

from __future__ import annotations

import io

from rich.console import Console

from ui.waiting import progress


def _shown(*steps: tuple[str, int, int], terminal: bool = True) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=120, legacy_windows=False)
    with progress(console) as report:
        for step in steps:
            report(*step)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_file_shows_its_share_and_passages_their_number() -> None:
    shown = _shown(("reading a.jsonl", 50, 200), ("passages", 1234, 0), ("passages", 5000, 0))
    assert "reading a.jsonl" in shown and "25 %" in shown and "encoding passages" in shown and "5,000" in shown


def test_a_known_total_is_told() -> None:
    assert "512/1,024" in _shown(("passages", 512, 1024))


def test_where_there_is_nothing_to_wait_for_nothing_is_shown() -> None:
    assert _shown() == ""
    assert _shown(("passages", 512, 1024), terminal=False) == ""
