"""The page for measuring in the Gradio application: its components, its events, and the address of its reports.

A report is another program's page, full of other people's words. It is given as a file under a policy that lets it run and
reach nothing; the script puts it into a frame that may run nothing either.
"""

import logging
import re
import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.errors import AttacheError
from ui.evaluating import form, progress, refused, report, runs
from ui.evaluating_ports import Bench
from ui.evaluating_words import BENCH
from ui.whose import may

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["add_evaluating", "add_reports", "read_order", "watched"]

_LOG = logging.getLogger(__name__)
_KEY = re.compile(r"^[\w .,:+/@-]{0,120}$")
_MOST_KEYS = 200
_PATIENCE = 2.0
"""Seconds between two looks at a run that does not move."""
_REDRAW = 0.25


def read_order(data: object) -> dict[str, Any]:
    """Return what an event carried as the arguments of `Bench.start`; what makes no sense is left out."""
    given: Mapping[str, object] = data if isinstance(data, Mapping) else {}
    varied = given.get("varied")
    limit, day = given.get("limit"), given.get("day")
    try:
        as_of = date.fromisoformat(day) if isinstance(day, str) and day else None
    except ValueError:
        as_of = None
    return {
        "files": _keys(given.get("files")),
        "varied": {str(name): _keys(keys) for name, keys in list(varied.items())[:9]} if isinstance(varied, Mapping) else {},
        "limit": limit if isinstance(limit, int) and not isinstance(limit, bool) else None,
        "day": as_of,
        "curve": given.get("curve") is not False,
    }


def _keys(given: object) -> list[str]:
    """Return the texts of a list that could be keys."""
    return [key for key in given if isinstance(key, str) and _KEY.match(key)][:_MOST_KEYS] if isinstance(given, list) else []


def watched(bench: Bench, notice: str = "") -> Iterator[str]:
    """Yield how far the run is, at most every `_REDRAW` seconds, until none goes on; `notice` stays above it."""
    state = bench.state()
    drawn, at = state.version, time.monotonic()
    yield notice + progress(state)
    while state.busy:
        state = bench.state(state.version, _PATIENCE)
        if state.version != drawn and (not state.busy or time.monotonic() - at >= _REDRAW):
            drawn, at = state.version, time.monotonic()
            yield notice + progress(state)


def add_evaluating(bench: Bench, bare: Mapping[str, Any], hidden: Mapping[str, Any]) -> None:
    """Add the page's parts to the blocks that are being made."""
    import gradio as gr

    def allowed(request: gr.Request | None) -> bool:
        return may(request.request.scope if request and request.request else None, "evaluate")

    def start(event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        if not allowed(request):
            return
        notice = ""
        try:
            bench.start(**read_order(event._data))
        except AttacheError as error:
            notice = refused(error, error.advice)
        yield from look(notice)

    def look(notice: str = "") -> Iterator[tuple[Any, Any]]:
        yield gr.skip(), runs(bench.runs())
        for drawn in watched(bench, notice):
            yield drawn, gr.skip()
        yield gr.skip(), runs(bench.runs())

    def watch(request: gr.Request) -> Iterator[tuple[Any, Any]]:
        if allowed(request):
            yield from look()

    def stop(request: gr.Request) -> None:
        if allowed(request):
            bench.stop()

    part: dict[str, Any] = {**bare, "elem_classes": ["bench"]}
    frame = gr.HTML(lambda: form(bench), elem_id="bench", js_on_load="window.attacheBench.form(element, trigger)", **part)
    moving = gr.HTML("", elem_id="bench-progress", js_on_load="window.attacheBench.progress(element)", **part)
    listed = gr.HTML("", elem_id="bench-runs", js_on_load="window.attacheBench.runs(element)", **part)
    gr.HTML(report(), elem_id="bench-place", js_on_load="window.attacheBench.report(element)", **part)
    watching: dict[str, Any] = {"trigger_mode": "multiple", "concurrency_limit": 16, **hidden}
    frame.submit(start, None, [moving, listed], **watching)
    frame.select(watch, None, [moving, listed], **watching)
    frame.stop(stop, None, None, queue=False, **hidden)


def add_reports(app: "FastAPI", bench: Bench) -> None:
    """Add the address at which reports are read: `/evaluate/report|compare|beside?run=…&lang=…`."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    async def give(request: "Request") -> "Response":
        kind, names = request.path_params["kind"], request.query_params.getlist("run")
        language = "en" if request.query_params.get("lang") == "en" else "vi"
        try:
            page = await run_in_threadpool(bench.page, kind, names, language)
        except (AttacheError, OSError) as error:
            _LOG.info("a report was not given: %s", error)
            return HTMLResponse(f"<!doctype html><meta charset=utf-8><p>{BENCH['not_there'].vi}<p>{BENCH['not_there'].en}", 404)
        return HTMLResponse(page, headers={"cache-control": "no-store"})

    app.router.routes.insert(0, Route("/evaluate/{kind:str}", give, methods=["GET"]))
