"""`attache backup` and `attache restore`: what is kept and brought back."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from rich.markup import escape

from ui.console import ERR, OUT

__all__ = ["add_backup", "backup", "restore"]


def add_backup(commands: Any) -> None:
    """Add the commands to those of the command line."""
    backup: argparse.ArgumentParser = commands.add_parser("backup", help="save the data folder to one file, while it serves")
    backup.add_argument("file", metavar="FILE", help="a new file, best on another disk")
    restore: argparse.ArgumentParser = commands.add_parser("restore", help="put a backup in the place of the data folder, once it is verified")
    restore.add_argument("file", metavar="FILE", help="what `attache backup` wrote")
    restore.add_argument("--check", action="store_true", help="look at every byte of it and change nothing")


def backup(options: Namespace) -> int:
    """Save the data folder."""
    from assistant.compose_backup import make_backup
    from assistant.settings import Settings

    target = Path(options.file)
    contents = make_backup(Settings.read(), target)
    size = target.stat().st_size
    OUT.print(f"{len(contents.parts)} files, {_bytes(contents.size)}, saved to {escape(str(target))} ({_bytes(size)}).", soft_wrap=True)
    OUT.print("Check it with `attache restore FILE --check`.")
    return 0


def restore(options: Namespace) -> int:
    """Restore a backup, or look at it."""
    from assistant.compose_backup import check_backup, restore_backup
    from assistant.settings import Settings
    from ui.waiting import progress

    source = Path(options.file)
    if options.check:
        contents = check_backup(source)
        made = f"made {contents.about.get('made')} by version {contents.about.get('attache')}"
        OUT.print(f"{escape(source.name)} is whole: {len(contents.parts)} files, {_bytes(contents.size)}, {made}.", soft_wrap=True)
        return 0
    settings = Settings.read()
    with progress(ERR) as report:
        contents, documents = restore_backup(settings, source, report)
    OUT.print(f"{len(contents.parts)} files are restored and verified; {documents} documents answer.", soft_wrap=True)
    OUT.print(f"What was there before lies in {escape(str(settings.home / 'before-restore'))}. Start again what is running now.", soft_wrap=True)
    return 0


def _bytes(size: int) -> str:
    """Return a number of bytes for people."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size} bytes"
