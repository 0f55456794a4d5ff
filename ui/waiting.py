"""What a person sees while an index is made or files are read: bars with rate and time left, on the error stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

__all__ = ["progress"]

_NAMES = {"passages": "encoding passages"}


class _Count(ProgressColumn):
    """How many passages are done and how many a second; for the bytes of a file, the share that is read."""

    def render(self, task: Task) -> Text:
        """Return the column's text."""
        if task.fields["bytes"]:
            return Text(f"{task.percentage:3.0f} %")
        total = f"/{task.total:,.0f}" if task.total else ""
        speed = task.finished_speed or task.speed
        return Text(f"{task.completed:,.0f}{total}" + (f" · {speed:,.0f} a second" if speed else ""))


@contextmanager
def progress(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to be called with a stage, how much is done and how much there is (nought: not known).

    The bars vanish at the end; where there is nothing to wait for, or nobody who waits at a terminal, none is shown.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), _Count(), TimeRemainingColumn())
    bars = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    tasks: dict[str, TaskID] = {}

    def report(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            bars.start()
            tasks[stage] = bars.add_task(_NAMES.get(stage, stage), total=total or None, bytes=stage not in _NAMES)
        read = stage not in _NAMES and done >= total
        bars.update(tasks[stage], completed=done, total=total or None, visible=not read)

    try:
        yield report
    finally:
        if tasks:
            bars.stop()
