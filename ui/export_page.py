"""The addresses at which a kept conversation is exported as a briefing note, and at which questions to ask next are offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.briefing.files import FORMATS, file_of
from assistant.briefing.making import Briefer
from assistant.briefing.note import Note
from assistant.briefing.words import LANGUAGES, REASONS
from assistant.history.store import History
from assistant.history.values import Kept, title_of
from assistant.suggesting import Suggester
from ui.history_page import Wrong, handler, text_of
from ui.history_words import KEPT
from ui.markup import both, escaped, fixed
from ui.words import Phrase

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.responses import Response

__all__ = ["add_export_routes", "add_suggestion_routes", "choices", "left_out", "suggestions"]


def choices(kept: Sequence[Kept]) -> str:
    """Return a box for each answer of a conversation, all ticked."""
    return "".join(
        f'<label class="box"><input type="checkbox" name="turn" value="{escaped(one.id)}" checked>'
        f'<span dir="auto">{escaped(one.answer.question)}</span></label>'
        for one in kept
    )


def left_out(note: Note) -> str:
    """Return what a note holds and what was left out of it, each with its reason."""
    lines = sum(len(section.lines) for section in note.sections)
    told = both(KEPT["exported"], n=str(lines)) if lines else both(KEPT["exported_none"])
    if not note.left_out:
        return f"<p>{told}</p>"
    items = "".join(f'<li><span dir="auto">{escaped(one.words)}</span> <em>({both(Phrase(*REASONS[one.reason]))})</em></li>' for one in note.left_out)
    return f"<p>{told}</p><details><summary>{both(KEPT['left_out'], n=str(len(note.left_out)))}</summary><ul>{items}</ul></details>"


def suggestions(questions: Sequence[str], language: str) -> str:
    """Return questions to ask next as buttons, nothing where there are none."""
    if not questions:
        return ""
    buttons = "".join(f'<li><button type="button" class="example">{escaped(question)}</button></li>' for question in questions)
    return f'<div class="asknext"><h4>{both(KEPT["next"])}</h4><ul class="examples" lang="{fixed(language)}">{buttons}</ul></div>'


def add_export_routes(app: FastAPI, history: History, briefer: Briefer) -> None:
    """Add `/history/choices`, `/history/note` (what a note would hold) and `/history/export` (its file)."""
    from starlette.responses import Response
    from starlette.routing import Route

    def chosen(user: str, said: Mapping[str, Any]) -> str:
        return choices(history.conversation(user, text_of(said, "id"))[1])

    def made(user: str, said: Mapping[str, Any]) -> Note:
        head, turns = history.conversation(user, text_of(said, "id"))
        wanted = {name for name in text_of(said, "turns", "").split(",") if name}
        if wanted - {one.id for one in turns}:
            raise Wrong
        title = title_of(text_of(said, "title", ""), whole=True) or head.title
        return briefer.note(title, [one.answer for one in turns if not wanted or one.id in wanted])

    def told(user: str, said: Mapping[str, Any]) -> str:
        return left_out(made(user, said))

    def given(user: str, said: Mapping[str, Any]) -> Response:
        form, lang = text_of(said, "form", "docx"), text_of(said, "lang", "vi")
        if form not in FORMATS or lang not in LANGUAGES:
            raise Wrong
        file = file_of(made(user, said), form, lang)
        name = f"attache-{text_of(said, 'id')[:8]}.{file.ending}"
        headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{name}"'}
        return Response(file.data, media_type=file.kind, headers=headers)

    for name, act in (("choices", chosen), ("note", told), ("export", given)):
        app.router.routes.insert(0, Route(f"/history/{name}", handler(act), methods=["GET"]))


def add_suggestion_routes(app: FastAPI, history: History, suggester: Suggester) -> None:
    """Add `/history/next`: questions that the library answers, after an answer that is kept."""
    from starlette.routing import Route

    def offered(user: str, said: Mapping[str, Any]) -> str:
        kept = history.turn(user, text_of(said, "turn"))
        asked = frozenset(one.answer.question for one in history.conversation(user, kept.conversation)[1])
        return suggestions(suggester.after(kept.answer, asked), kept.answer.language)

    app.router.routes.insert(0, Route("/history/next", handler(offered), methods=["GET"]))
