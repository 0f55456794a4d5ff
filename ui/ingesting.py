"""`attache ingest`: files taken in, watched, or only outlined, and what became of them in a few lines."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from threading import Event

from rich.markup import escape

from assistant.compose import IngestReport, ingest_paths
from assistant.errors import AttacheError, NothingRead
from assistant.intake import Wishes, wishes_of
from assistant.outlining import outline_paths
from assistant.settings import Settings
from assistant.watching import watch_folders
from ui.console import ERR, OUT, write
from ui.waiting import progress

__all__ = ["ingest"]

_FIELDS = ("number", "title", "issuer", "kind", "issued", "effective_from", "effective_to")
_NOTES = 20


def ingest(options: Namespace) -> int:
    """Read files and folders into the index; exit status 1 when anything failed."""
    paths = [Path(path) for path in options.paths]
    wishes = _wishes(options, paths)
    if options.outline:
        return _outline(options, paths, wishes)
    if options.watch:
        return _watch(options, paths, wishes)
    try:
        with progress(ERR) as report:
            done = ingest_paths(Settings.read(), paths, report, wishes)
    except NothingRead as error:
        if options.json:
            write(json.dumps(IngestReport(failed=error.failed).to_json(), ensure_ascii=False))
        elif len(error.failed) > 1:
            _print_failed(IngestReport(failed=error.failed))
        raise
    _print(done, options)
    return 1 if done.failed else 0


def _wishes(options: Namespace, paths: list[Path]) -> Wishes:
    """Return the corrections of the options; raises AttacheError when they are wrong or it is not clear what they are of."""
    given = {name: value for name in _FIELDS if (value := getattr(options, name, None)) is not None}
    if given and (options.watch or len(paths) != 1 or paths[0].is_dir()):
        raise AttacheError(
            f"--{next(iter(given)).replace('_', '-')} corrects one document.",
            advice="Give its file alone, or write NAME.meta.yaml beside each file.",
        )
    return wishes_of(given, confirmed=options.yes)


def _outline(options: Namespace, paths: list[Path], wishes: Wishes) -> int:
    """Print what would be taken in; exit status 1 when a file cannot be read."""
    bad = 0
    rows = []
    for outlined in outline_paths(paths, wishes):
        if outlined.reason:
            bad += 1
            ERR.print(f"[yellow]not read[/] {escape(outlined.file)}: {escape(outlined.reason)}", soft_wrap=True)
        if options.json:
            rows.append({"file": outlined.file, "failed": outlined.reason} if outlined.reason else {"file": outlined.file} | (outlined.data or {}))
        elif outlined.text:
            OUT.print(f"[bold]{escape(outlined.file)}[/]", soft_wrap=True)
            OUT.print(escape(outlined.text), soft_wrap=True)
    if options.json:
        write(json.dumps(rows, ensure_ascii=False))
    return 1 if bad else 0


def _watch(options: Namespace, paths: list[Path], wishes: Wishes) -> int:
    """Take in what comes until the person stops it, one report a change."""
    stop = Event()
    ERR.print("[dim]Watching; Ctrl-C ends it.[/]")
    try:
        with progress(ERR) as report:
            for done in watch_folders(Settings.read(), paths, stop=stop, progress=report, wishes=wishes):
                if done.changed or done.failed or options.json:
                    _print(done, options)
    except KeyboardInterrupt:  # the way to end it, so no failure
        ERR.print("[dim]No longer watching.[/]")
    finally:
        stop.set()
    return 0


def _print(done: IngestReport, options: Namespace) -> None:
    """Print a report."""
    if options.json:
        write(json.dumps(done.to_json(), ensure_ascii=False))
        return
    OUT.print(f"{done.added} added, {done.unchanged} unchanged, {done.replaced} replaced, {done.removed} removed, {len(done.failed)} failed.")
    OUT.print(f"[dim]{done.passages_encoded} passages encoded, {done.passages_deleted} deleted, in {done.seconds:.1f} s.[/]")
    _print_failed(done)
    for name, reason in done.notes[:_NOTES]:
        OUT.print(f"[dim]note: {escape(name)}: {escape(reason)}[/]", soft_wrap=True)
    if len(done.notes) > _NOTES:
        OUT.print(f"[dim]and {len(done.notes) - _NOTES} more notes; --json tells all.[/]")


def _print_failed(done: IngestReport) -> None:
    """Print one line for each thing that failed."""
    for name, reason in done.failed:
        ERR.print(f"[yellow]not read[/] {escape(name)}: {escape(reason)}", soft_wrap=True)
