"""The part of the library's page by which files are given, looked at, taken in and removed: its HTML and its addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from assistant.errors import AttacheError
from assistant.outlining import Outlined
from ui.adding import Adding, Pending, Progressed, TakingService
from ui.adding_words import ADDED, FIELDS
from ui.history_page import Wrong, handler, refusal, text_of
from ui.markup import both, escaped
from ui.whose import may_curate, user_of

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["add_adding_routes", "drop_zone", "outline_html", "progress_html", "removal"]

_MOST = 200


def drop_zone() -> str:
    """Return the place where files are dropped, and the dialog that asks before a document is removed."""
    words = "".join(
        f'<i data-key="{key}" data-vi="{escaped(ADDED[key].vi)}" data-en="{escaped(ADDED[key].en)}"></i>'
        for key in ("sending", "reading", "too_large", "busy", "forbidden", "failed_next", "removed", "done")
    )
    return (
        f'<div class="drop" id="add-drop"><p class="name" id="add-name">{both(ADDED["drop"])}</p><p class="hint">{both(ADDED["drop_more"])}</p>'
        '<input class="vh" type="file" id="add-file" aria-labelledby="add-name">'
        f'<label class="second" for="add-file">{both(ADDED["choose"])}</label>'
        '<p id="add-now" role="status"></p><progress id="add-sent" max="1" value="0" aria-labelledby="add-now" hidden></progress></div>'
        f'<div id="add-told"></div><dialog id="add-remove" aria-labelledby="add-remove-name"><form method="dialog">'
        f'<h3 id="add-remove-name">{both(ADDED["remove_title"])}</h3><p class="which" id="add-which"></p><p id="add-beside"></p>'
        f'<p>{both(ADDED["remove_more"])}</p><p class="act"><button type="submit" class="danger" value="yes">{both(ADDED["remove"])}</button>'
        f'<button type="button" class="second" data-close>{both(ADDED["cancel"])}</button></p></form></dialog>'
        f'<template id="add-said">{words}</template>'
    )


def outline_html(pending: Pending) -> str:
    """Return what a file would be taken in as, with fields to correct it by when it is one document."""
    good = [one for one in pending.outlined if not one.reason]
    parts = "".join(map(_outlined, pending.outlined))
    if not good:
        return f'<div class="outline">{parts}<p>{both(ADDED["nothing"])}</p></div>'
    fields = _fields(good[0].data) if len(good) == 1 and good[0].data and "number" in good[0].data else ""
    return (
        f'<form class="outline" id="add-form" data-token="{escaped(pending.token)}"><p>{both(ADDED["confirm"])}</p>{parts}{fields}'
        f'<p class="act"><button type="submit" class="go">{both(ADDED["take"])}</button>'
        f'<button type="button" class="second" id="add-discard">{both(ADDED["discard"])}</button></p></form>'
    )


def _outlined(one: Outlined) -> str:
    """Return the outline of one document, or why it could not be read."""
    name = f"<b>{escaped(PurePath(one.file).name)}</b>"
    if one.reason:
        return f'<p class="problem">{both(ADDED["unread"])}: {name}: {escaped(one.reason)}</p>'
    return f'<p>{name}</p><pre tabindex="0">{escaped(one.text[:20000])}</pre>'


def _fields(data: Mapping[str, Any]) -> str:
    """Return the fields of a document's head, as they were understood."""
    made = []
    for name, phrase in FIELDS.items():
        known = data.get(name) or ""
        value = escaped(str((known.get("vi") or known.get("en") or "") if isinstance(known, Mapping) else known))
        made.append(
            f'<p><label for="add-{name}">{both(phrase)}</label><input type="text" id="add-{name}" name="{name}" value="{value}" data-was="{value}" '
            'maxlength="500" autocomplete="off"></p>'
        )
    return f'<details><summary>{both(ADDED["correct"])}</summary><div class="fields">{"".join(made)}</div></details>'


def progress_html(state: Progressed) -> str:
    """Return how far a file is, or the report."""
    name = f"<b>{escaped(state.name)}</b>"
    if state.kind == "taking":
        share = f' max="{state.total}" value="{min(state.done, state.total)}"' if state.total else ""
        return f'<p id="add-stage">{name}: {both(ADDED["taking"])}</p><progress{share} aria-labelledby="add-stage"></progress>'
    if state.kind == "idle":
        return ""
    report = state.report
    counts = {key: str(getattr(report, key)) for key in ("added", "replaced", "unchanged", "removed")} | {"failed": str(len(report.failed))}
    bad = "".join(f"<li>{escaped(PurePath(fault.name).name)}: {escaped(fault.reason)}</li>" for fault in report.failed[:_MOST])
    notes = "".join(f"<li>{escaped(PurePath(note.name).name)}: {escaped(note.reason)}</li>" for note in report.notes[:_MOST])
    problem = state.problem or ("" if bad else None)
    why = f"<p>{escaped(problem) if problem else both(ADDED['failed_next'])}</p>" if state.kind == "failed" and problem is not None else ""
    return (
        f'<p class="{"problem" if state.kind == "failed" else "good"}">{name}: {both(ADDED[state.kind])} {both(ADDED["counts"], **counts)}</p>{why}'
        + (f"<ul class='links'>{bad}</ul>" if bad else "")
        + (f"<details><summary>{both(ADDED['notes'])}</summary><ul class='links'>{notes}</ul></details>" if notes else "")
    )


def removal(service: TakingService, number: str) -> str:
    """Return from which files a document came, with a button to remove it; nothing for a bundled one."""
    sources = service.sources(number)
    if not sources:
        return ""
    names = ", ".join(PurePath(source).name for source in sources)
    others = service.beside(number)
    beside = escaped(", ".join(others[:20]) + ("…" if len(others) > 20 else ""))
    return (
        f'<p class="hint">{both(ADDED["source"])}: {escaped(names)}</p><p><button type="button" class="link" id="add-remove-it" '
        f'data-number="{escaped(number)}" data-beside="{beside}">{both(ADDED["remove"])}</button></p>'
    )


def add_adding_routes(app: FastAPI, service: TakingService) -> None:
    """Add `/library/upload|take|discard|remove` and `/library/progress` for those who may change the library."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    adding = Adding(service)

    async def upload(request: Request) -> Response:
        if not may_curate(request.scope):
            return refusal("Forbidden", ADDED["forbidden"].en, 403)
        if request.headers.get("content-type") != "application/octet-stream":  # which a form of another site cannot send
            return refusal("bad_request", "Send the file from this program's own page.", 415)
        data = await request.body()
        try:
            pending = await run_in_threadpool(adding.give, user_of(request.scope), request.query_params.get("name", ""), data)
        except AttacheError as error:
            return refusal(type(error).__name__, f"{error} {error.advice}".strip(), 503)
        return HTMLResponse(outline_html(pending), headers={"cache-control": "no-store"})

    def taken(user: str, said: Mapping[str, Any]) -> dict[str, Any]:
        given = said.get("given", {})
        if not isinstance(given, dict) or not all(isinstance(value, str) and name in FIELDS for name, value in given.items()):
            raise Wrong
        adding.take(user, text_of(said, "token"), {name: value.strip() for name, value in given.items()})
        return {"taking": True}

    def dropped(user: str, said: Mapping[str, Any]) -> dict[str, Any]:
        adding.drop(user, text_of(said, "token"))
        return {"dropped": True}

    def removed(user: str, said: Mapping[str, Any]) -> dict[str, Any]:
        return {"removed": service.remove(text_of(said, "number")).removed}

    def progressed(user: str, said: Mapping[str, Any]) -> str:
        return f'<div data-kind="{adding.state.kind}">{progress_html(adding.state)}</div>'

    app.router.routes.insert(0, Route("/library/upload", upload, methods=["POST"]))
    app.router.routes.insert(0, Route("/library/progress", handler(progressed, may=may_curate), methods=["GET"]))
    acts: tuple[tuple[str, Callable[[str, Mapping[str, Any]], dict[str, Any]]], ...] = (("take", taken), ("discard", dropped), ("remove", removed))
    for name, act in acts:
        app.router.routes.insert(0, Route(f"/library/{name}", handler(act, may=may_curate), methods=["POST"]))
