"""The page for learning in the Gradio application: its components, its one event, and the addresses of what is taken along.

An order comes in through the frame, the part of the page that it asks for goes out into the room, and what went wrong is told
above it. A printed test holds other people's words: it is given under the policy of reports, which lets it run and reach nothing.
"""

import logging
import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.accounts.values import Right
from assistant.errors import AttacheError
from ui.study_desk import Desk
from ui.study_form import frame
from ui.study_order import State
from ui.study_ports import Documents, StudyRoom
from ui.study_words import STUDY
from ui.whose import may, user_of

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["add_study", "add_takeaways", "taken"]

_LOG = logging.getLogger(__name__)
_DAY = 24 * 3600


def _desk(room: StudyRoom, scope: Mapping[str, Any] | None) -> Desk:
    """Return the desk of the user whose request this is; evaluators teach."""
    return Desk(room, user_of(scope), lambda: datetime.now().astimezone(), may(scope, Right.EVALUATE))


def add_study(room: StudyRoom, documents: Documents, bare: Mapping[str, Any], hidden: Mapping[str, Any]) -> None:
    """Add the page's parts to the blocks that are being made."""
    import gradio as gr

    def act(state: State, event: gr.EventData, request: gr.Request) -> tuple[Any, Any, State]:
        reply = _desk(room, request.request and request.request.scope).act(event._data, state)
        return gr.skip() if reply.room is None else reply.room, reply.told, reply.state

    part: dict[str, Any] = {**bare, "elem_classes": ["study"]}
    state = gr.State(None, time_to_live=_DAY)
    still = gr.HTML(lambda: frame(documents()), elem_id="study", js_on_load="window.attacheStudy.frame(element, trigger)", **part)
    told = gr.HTML("", elem_id="study-told", js_on_load="window.attacheStudy.told(element)", **part)
    shown = gr.HTML("", elem_id="study-room", js_on_load="window.attacheStudy.room(element)", **part)
    still.submit(act, [state], [shown, told, state], trigger_mode="multiple", concurrency_limit=16, **hidden)


def add_takeaways(app: "FastAPI", room: StudyRoom) -> None:
    """Add the addresses of what is taken along: `/study/anki|test?deck=…`, `/study/results?exam=…`, `/study/log`."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse, Response
    from starlette.routing import Route

    async def give(request: "Request") -> "Response":
        asked = {name: unicodedata.normalize("NFC", value) for name, value in request.query_params.items()}
        try:
            name, kind, content = await run_in_threadpool(taken, _desk(room, request.scope), str(request.path_params["kind"]), asked)
        except (AttacheError, OSError, KeyError) as error:
            _LOG.info("what was to be taken along was not given: %s", error)
            return HTMLResponse(f"<!doctype html><meta charset=utf-8><p>{STUDY['not_there'].vi}<p>{STUDY['not_there'].en}", 404)
        shown = "inline" if kind == "text/html" else "attachment"
        headers = {"cache-control": "no-store", "content-disposition": f"{shown}; filename*=UTF-8''{quote(name, safe='')}"}
        return Response(content, media_type=kind, headers=headers)

    app.router.routes.insert(0, Route("/study/{kind:str}", give, methods=["GET"]))


def taken(desk: Desk, kind: str, asked: Mapping[str, str]) -> tuple[str, str, bytes]:
    """Return name, type and content of what is taken along; raises KeyError where nothing is named, AttacheError where it is not there."""
    kept = desk.room.progress
    if kind == "anki":
        return f"{asked['deck']}.apkg", "application/octet-stream", _package(desk, asked["deck"])
    if kind == "test":
        from assistant.study.printing import as_html

        page = as_html(asked["deck"], kept.deck(asked["deck"]).items, "en" if asked.get("lang") == "en" else "vi")
        return f"{asked['deck']}.html", "text/html", page.encode()
    if kind == "results" and desk.teaches:
        table = desk.room.exams.results(asked["exam"])
        return f"{asked['exam']}.csv", "text/csv", f"\ufeff{table}".encode()  # the mark by which spreadsheets know UTF-8
    if kind == "log":
        from assistant.study.review import written

        return "attache-study.jsonl", "application/jsonl", written(kept.reviews(desk.user)).encode()
    raise KeyError(kind)


def _package(desk: Desk, deck: str) -> bytes:
    """Return a deck as an Anki package."""
    from assistant.study.anki import write_anki

    items = desk.room.progress.deck(deck).items
    with tempfile.TemporaryDirectory() as folder:
        return write_anki(Path(folder) / "deck.apkg", deck, items).read_bytes()
