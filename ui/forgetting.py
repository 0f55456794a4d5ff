"""`attache forget`: a document or a user is made to be gone, and that nothing is left is shown line by line."""

from __future__ import annotations

import argparse
import json
from argparse import Namespace
from typing import Any

from rich.markup import escape

from assistant.errors import AttacheError, UnknownDocument
from assistant.settings import Settings
from ui.agreeing import agreed
from ui.console import ERR, OUT, write

__all__ = ["add_forget", "forget"]


def add_forget(commands: Any) -> None:
    """Add the command to those of the command line."""
    command: argparse.ArgumentParser = commands.add_parser("forget", help="remove a document or a user from everything, and prove it")
    command.add_argument("name", metavar="DOCUMENT|USER", help="the number of a document that was taken in, or the name of a user")
    which = command.add_mutually_exclusive_group()
    which.add_argument("--document", action="store_true", help="it is a document, should there be a user of that name too")
    which.add_argument("--user", action="store_true", help="it is a user")
    command.add_argument("--yes", action="store_true", help="do not ask before it is done")
    command.add_argument("--json", action="store_true", help="print JSON")


def forget(options: Namespace) -> int:
    """Forget it, having asked; exit status 1 when something of it was found afterwards."""
    from assistant.compose_forgetting import forget_document, forget_user
    from ui.waiting import progress

    settings = Settings.read()
    is_user = _is_user(options, settings)
    kind = "user" if is_user else "document"
    named = f"{'người dùng / user' if is_user else 'văn bản / document'} “{options.name}”"
    asked = f"Xóa vĩnh viễn khỏi mọi nơi / Remove from everything for good: {named}?"
    if not options.yes and not agreed(asked):
        return 0
    with progress(ERR) as report:
        done = forget_user(settings, options.name) if is_user else forget_document(settings, options.name, report)
    if options.json:
        checks = [{"check": check, "passed": passed} for check, passed in done.checks]
        write(json.dumps({kind: done.name, "removed": dict(done.removed), "checks": checks, "proven": done.proven}, ensure_ascii=False))
        return 0 if done.proven else 1
    OUT.print("Removed: " + ", ".join(f"{count} {what}" for what, count in done.removed.items()) + ".", soft_wrap=True)
    for check, passed in done.checks:
        OUT.print(f"[{'green' if passed else 'red'}]{'ok ' if passed else 'NOT'}[/] {escape(check)}", soft_wrap=True)
    OUT.print("Not reached: backups, and what was saved elsewhere (receipts, briefing notes, a person's own files).", soft_wrap=True)
    return 0 if done.proven else 1


def _is_user(options: Namespace, settings: Settings) -> bool:
    """Tell whether a user is meant; raises AttacheError when nothing, or both, bear the name."""
    from assistant.compose_forgetting import is_document, is_user

    if options.user or options.document:
        return bool(options.user)
    document, user = is_document(settings, options.name), is_user(settings, options.name)
    if document and user:
        raise AttacheError(f"“{options.name}” is a document and a user.", advice="Say which is meant with --document or --user.")
    if not document and not user:
        raise UnknownDocument(options.name)
    return user
