"""`attache export`: a conversation, or chosen answers of it, as a briefing note."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from rich.markup import escape

from assistant.briefing.files import file_of
from assistant.briefing.note import Note
from assistant.briefing.words import REASONS
from assistant.compose_history import open_briefer, open_history
from assistant.errors import AttacheError, NotSaved
from assistant.settings import Settings
from ui.console import ERR, OUT, write
from ui.remembering import found
from ui.waiting import progress

__all__ = ["export"]


def export(options: Namespace) -> int:
    """Write a briefing note, and tell what was left out of it and why; exit status 1 when nothing could be exported."""
    settings = Settings.read()
    kept = open_history(settings)
    try:
        head, turns = kept.conversation(options.user, found(kept, options.user, options.conversation))
    finally:
        kept.close()
    places = {one.place for one in turns}
    wrong = [str(n) for n in options.answer if n not in places]
    if wrong:
        raise AttacheError(f"The conversation has no answer {', '.join(wrong)}.", advice=f"It has answers 1 to {len(turns)}.")
    with progress(ERR) as report:
        briefer = open_briefer(settings, report)
    note = briefer.note(options.title or head.title, [one.answer for one in turns if not options.answer or one.place in options.answer])
    if not note.sections:
        _tell(note)
        raise AttacheError("No sentence has a verified source, so there is nothing to export.", advice="Choose other answers.")
    out = Path(options.out) if options.out else Path(f"attache-{head.id[:8]}.{options.format}")
    try:
        out.write_bytes(file_of(note, options.format, options.lang).data)
    except OSError as error:
        raise NotSaved(f"The note {out.name} cannot be written: {error.strerror or type(error).__name__}.") from error
    if options.json:
        rows = [{"question": one.question, "text": one.words, "reason": one.reason} for one in note.left_out]
        write(json.dumps({"file": str(out), "footnotes": len(note.footnotes), "left_out": rows}, ensure_ascii=False))
    else:
        _tell(note)
        OUT.print(escape(str(out)), soft_wrap=True)
    return 0


def _tell(note: Note) -> None:
    """Tell what was left out."""
    for one in note.left_out:
        vi, en = REASONS[one.reason]
        ERR.print(f"[yellow]Lược bỏ / Left out[/] ({vi} / {en}): {escape(one.words)}", soft_wrap=True)
