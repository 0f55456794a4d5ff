"""The addresses at which kept conversations are listed, opened, renamed, deleted and reported on. Each sees its user's rows alone."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from assistant.errors import AttacheError, UnknownDocument, UnknownProvision
from assistant.history.errors import BadReport, BadTitle, UnknownConversation
from assistant.history.store import History
from ui.adding import Busy
from ui.evidence import Lookup
from ui.history import conversation_html, frame, listing
from ui.keeping import Desk
from ui.whose import user_of

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["Wrong", "add_history", "add_history_routes", "handler", "refusal", "text_of"]

_LOG = logging.getLogger(__name__)
_STATUS: Mapping[type[AttacheError], int] = {UnknownConversation: 404, UnknownDocument: 404, UnknownProvision: 404, BadTitle: 400, BadReport: 400}
_MOST = 500
Act = Callable[[str, Mapping[str, Any]], "str | dict[str, Any] | Response"]
"""What an address does for a user with what the request says: HTML, a structure for JSON, or a whole response."""


class Wrong(Exception):
    """What was sent makes no sense, or is not the JSON that a page of ours sends; carries the status."""


def add_history(bare: Mapping[str, Any], desk: Desk) -> None:
    """Add the page's part to the blocks that are being made."""
    import gradio as gr

    part: dict[str, Any] = {**bare, "elem_classes": ["view", "view-history"]}
    gr.HTML(
        frame(exports=desk.briefer is not None, suggests=desk.suggester is not None),
        elem_id="history",
        js_on_load="window.attacheHistory(element)",
        **part,
    )


def add_history_routes(app: FastAPI, history: History, lookup: Lookup, *, exports: bool = False) -> None:
    """Add `/history/list|open` for reading and `/history/rename|delete|report` for writing; `exports`: the list offers briefing notes."""
    from starlette.routing import Route

    def listed(user: str, said: Mapping[str, Any]) -> str:
        words = str(said.get("q", ""))[:200]
        found = history.search(user, words, _MOST) if words.strip() else history.conversations(user, _MOST)
        return listing(found, searched=bool(words.strip()), exports=exports)

    def opened(user: str, said: Mapping[str, Any]) -> str:
        head, turns = history.conversation(user, text_of(said, "id"))
        return conversation_html(turns, lookup, history.reported(user, head.id))

    def renamed(user: str, said: Mapping[str, Any]) -> dict[str, Any]:
        return {"title": history.rename(user, text_of(said, "id"), text_of(said, "title"))}

    def deleted(user: str, said: Mapping[str, Any]) -> dict[str, Any]:
        history.delete(user, text_of(said, "id"))
        return {"deleted": text_of(said, "id")}

    def reported(user: str, said: Mapping[str, Any]) -> dict[str, Any]:
        turn, kind, mark = text_of(said, "turn"), text_of(said, "kind"), said.get("mark", 0)
        if not isinstance(mark, int) or isinstance(mark, bool):
            raise Wrong
        if said.get("withdraw") is True:
            history.withdraw(user, turn, kind, mark)
        else:
            history.report(user, turn, kind, mark, text_of(said, "words", ""))
        return {"kept": True}

    acts: tuple[tuple[str, str, Act], ...] = (
        ("GET", "list", listed), ("GET", "open", opened), ("POST", "rename", renamed), ("POST", "delete", deleted), ("POST", "report", reported),
    )  # fmt: skip
    for method, name, act in acts:
        app.router.routes.insert(0, Route(f"/history/{name}", handler(act), methods=[method]))


def text_of(said: Mapping[str, Any], name: str, usual: str | None = None) -> str:
    """Return a text of what was sent; raises Wrong where there is none."""
    value = said.get(name, usual)
    if not isinstance(value, str):
        raise Wrong
    return value


def handler(act: Act, may: Callable[[Mapping[str, Any]], bool] | None = None) -> Callable[[Request], Any]:
    """Return what answers requests by `act`, in a thread, its errors as a status and one sentence; 403 for whom it is not `may`."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse, JSONResponse, Response

    async def handle(request: Request) -> Response:
        if may is not None and not may(request.scope):
            return refusal("Forbidden", "Your account may not do this. Ask an administrator.", 403)
        try:
            said = await _said(request)
            made = await run_in_threadpool(act, user_of(request.scope), said)
        except Wrong:
            status = 400 if request.method == "GET" or _is_json(request) else 415
            return refusal("bad_request", "What was sent cannot be used. Do it from this program's own page.", status)
        except AttacheError as error:
            status = 409 if isinstance(error, Busy) else _STATUS.get(type(error), 503)
            if status == 503:
                _LOG.exception("a kept conversation could not be read or written")
            return refusal(type(error).__name__, f"{error} {error.advice}".strip(), status)
        if isinstance(made, Response):
            return made
        kept = {"cache-control": "no-store"}
        return HTMLResponse(made, headers=kept) if isinstance(made, str) else JSONResponse(made, headers=kept)

    return handle


async def _said(request: Request) -> Mapping[str, Any]:
    """Return what a request says: its query, or its JSON, which a form of another site cannot send. Raises Wrong."""
    if request.method in ("GET", "HEAD"):
        return dict(request.query_params)
    if not _is_json(request):
        raise Wrong
    try:
        said = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Wrong from None
    if not isinstance(said, dict):
        raise Wrong
    return said


def _is_json(request: Request) -> bool:
    """Tell whether a request says that it carries JSON."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower() == "application/json"


def refusal(name: str, message: str, status: int) -> Response:
    """Return a status with one sentence for a person."""
    from starlette.responses import JSONResponse

    return JSONResponse({"error": {"type": name, "message": message, "code": status}}, status, headers={"cache-control": "no-store"})
