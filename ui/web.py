"""The chat page: a Gradio application that streams answers into the page drawn by `ui.page` and `ui.render`.

`build_page` makes the blocks, `make_app` the guarded application, `serve` runs it until it is stopped. Gradio is imported
inside these functions, after its telemetry and every model hub are switched off. Two hidden-and-moved HTML components do
all the work: the shell, whose events carry a question in, and the wire, which carries the exchange out while it grows.
"""

import logging
import os
import socket
import sys
import time
from asyncio import CancelledError
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import ExitStack, aclosing, suppress
from datetime import date
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from assistant.answer import Answer, Turn
from assistant.compose_accounts import Accounts
from assistant.errors import AssistantError, AttacheError
from ui.api.ports import LibraryService
from ui.asked import Asked
from ui.belonging import Belonging
from ui.desk import add_desk
from ui.entrance import Entrance
from ui.evaluating_page import add_evaluating, add_reports
from ui.evaluating_ports import Bench
from ui.guard import Guard
from ui.history_page import add_history
from ui.keeping import Desk, Notebook
from ui.library_page import add_library
from ui.limits import Limits
from ui.page import shell
from ui.plainly import refusal
from ui.ports import AskService, DocumentView
from ui.render import answered, failed, library, working
from ui.running import Running, places
from ui.source_page import add_source_routes
from ui.stepping import stepwise
from ui.stopping import Stops
from ui.study_page import add_study, add_takeaways
from ui.study_ports import StudyRoom
from ui.waiting_line import Line, TooBusy
from ui.whose import USER, user_of

if TYPE_CHECKING:
    import gradio
    import uvicorn
    from fastapi import FastAPI

__all__ = ["PageNotServed", "build_page", "exchange", "make_app", "serve"]

ASSETS = Path(__file__).parent / "assets"
FIRST_USER = "Make one first with `attache user add NAME`, or use --host 127.0.0.1."
REDRAW_SECONDS = 0.08
_LAST_SECONDS = 5
REMEMBERED = 20
REMEMBERED_TEXT = 600
_LOG = logging.getLogger(__name__)
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_RUN_HISTORY": "False", "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1", "LANGSMITH_TRACING": "false", "LANGCHAIN_TRACING_V2": "false",
}  # fmt: skip


class PageNotServed(AssistantError):
    """The page cannot listen at the address asked for."""

    advice = "Another program, or another copy of this one, may use the port; choose one with --port."


def exchange(
    service: AskService, asked: Asked, history: tuple[Turn, ...], notebook: Notebook | None = None
) -> Generator[tuple[str, tuple[Turn, ...]]]:
    """Yield the exchange as HTML while it grows, at most every `REDRAW_SECONDS`, each time with the history it leaves behind.

    The whole answer is kept in the `notebook`, if any, before it is shown.
    """
    yield working(asked.key, asked.question), history
    text, drawn, answer = "", time.monotonic(), None
    try:
        answering = service.within(asked.limits) if asked.limits else service
        for piece in answering.stream(asked.question, history, asked.as_of):
            if isinstance(piece, Answer):
                answer = piece
                continue
            text += piece
            if time.monotonic() - drawn >= REDRAW_SECONDS:
                yield working(asked.key, asked.question, text), history
                drawn = time.monotonic()
        if answer is None:
            raise AssistantError("", advice="")
        turn = Turn(asked.question, tuple(dict.fromkeys(c.document for c in answer.citations)), answer.text[:REMEMBERED_TEXT])
        kept = notebook.keep(answer) if notebook else None
        drawn_whole = answered(asked.key, asked.question, answer, lambda number: _document(service, number), kept, lost=bool(notebook and not kept))
        yield drawn_whole, (*history, turn)[-REMEMBERED:]
    except AttacheError as error:
        yield failed(asked.key, asked.question, str(error), error.advice), history
    except Exception:
        _LOG.exception("a question could not be answered")
        yield failed(asked.key, asked.question, "", ""), history


def _document(service: AskService, number: str) -> DocumentView | None:
    """Return the document of that number, None when the library has none."""
    try:
        return service.document(number)
    except AttacheError:
        return None


def build_page(
    service: AskService, bench: Bench | None = None, kept: Desk | None = None, study: StudyRoom | None = None, line: Line | None = None
) -> "gradio.Blocks":
    """Return the page over a service, ready to be mounted by `make_app`; `bench` adds the page for measuring, `study` the one for learning.

    With `kept` conversations are kept on the server and there is a page of them; without it the browser's session has the one there is.
    """
    _hush()
    import gradio as gr

    line, stops = line or Line(places(quoting=True)), Stops()

    async def ask(history: list[Turn], event: gr.EventData, request: gr.Request) -> AsyncIterator[tuple[Any, list[Turn]]]:
        asked = Asked.read(event._data)
        stops.stop(asked.dropped)
        if not asked.question:
            yield gr.skip(), history
            return
        scope = (request.request and request.request.scope) or {}
        notebook = Notebook(kept.history, user_of(scope), asked.conversation, asked.instead) if kept else None
        turns = await run_in_threadpool(notebook.turns) if notebook else tuple(history)

        async def answering() -> AsyncGenerator[tuple[Any, list[Turn]]]:
            try:
                yield working(asked.key, asked.question), list(turns)
                # closed by us: a stop closes this generator, and nobody but the garbage collector would close the one within
                async with line.turn(scope.get(USER)), aclosing(stepwise(exchange(service, asked, turns, notebook))) as steps:
                    async for drawn, after in steps:
                        yield drawn, list(after)
            except TooBusy as error:
                yield failed(asked.key, asked.question, refusal(error.name), ""), history

        async with aclosing(stops.unless(asked.key, answering())) as steps:
            async for step in steps:
                yield step

    async def stop(event: gr.EventData) -> None:
        stops.stop(Asked.read(event._data).dropped)

    async def clear(event: gr.EventData) -> tuple[str, list[Turn]]:
        stops.stop(Asked.read(event._data).dropped)
        return "", []

    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    page = gr.Blocks(analytics_enabled=False, title="Attaché – Tùy viên số", fill_width=True, delete_cache=(3600, 3600))
    with page:
        history = gr.State([], time_to_live=24 * 3600)
        bare: dict[str, Any] = {"apply_default_css": False, "padding": False, "container": False}
        parts = (("library", kept and kept.keeper), ("history", kept), ("study", study), ("evaluate", bench))
        views = [name for name, there in parts if there]
        frame = gr.HTML(shell(service, views), elem_id="shell", js_on_load="window.attache.shell(element, trigger)", **bare)
        wire = gr.HTML("", elem_id="wire", js_on_load="window.attache.wire(element)", **bare)
        gr.HTML(lambda: library(service.documents(), date.today()), elem_id="library", js_on_load="window.attache.library(element)", **bare)
        frame.submit(ask, [history], [wire, history], trigger_mode="multiple", concurrency_limit=None, **hidden)
        frame.stop(stop, None, None, queue=False, **hidden)
        frame.clear(clear, None, [wire, history], queue=False, **hidden)
        if kept:
            add_history(bare, kept)
        if kept and kept.keeper:
            add_library(bare)
        if study:
            add_study(study, lambda: service.documents(), bare, hidden)
        if bench:
            add_evaluating(bench, bare, hidden)
    page.queue(default_concurrency_limit=16, max_size=600, api_open=False)  # questions wait in our own line, where users take turns
    return page


def make_app(
    service: LibraryService,
    hosts: tuple[str, ...] | None = None,
    bench: Bench | None = None,
    kept: Desk | None = None,
    accounts: Accounts | None = None,
    study: StudyRoom | None = None,
    running: Running | None = None,
) -> "FastAPI":
    """Return the whole application; with `hosts` it answers to these names (with ports) alone."""
    _hush()
    running = running or Running(Line(places(quoting=not service.sends_to)))
    import gradio as gr
    from fastapi import FastAPI
    from starlette.staticfiles import StaticFiles

    from ui.api.routes import add_api
    from ui.mcp_tools import add_tools

    app = FastAPI(title="Attaché API", version=version("digital-attache"), docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/page", StaticFiles(directory=ASSETS))
    add_api(app, service)
    add_tools(app, service)
    running.inside(app)
    app.add_middleware(Belonging)
    app.add_middleware(Limits)
    app.add_middleware(Entrance, accounts=accounts)
    running.before_the_entrance(app)
    app.add_middleware(Guard, hosts=hosts)
    running.around(app)
    if bench:
        add_reports(app, bench)
    add_source_routes(app, lambda number: _document(service, number), kept.keeper if kept else None)
    if kept:
        add_desk(app, kept, lambda number: _document(service, number))
    if study:
        add_takeaways(app, study)
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])  # no font is ever asked for
    page = build_page(service, bench, kept, study, running.line)
    gr.mount_gradio_app(
        app, page, path="/", footer_links=[], run_history=False, show_error=False, ssr_mode=False, max_file_size="1kb",
        enable_monitoring=False, pwa=False, mcp_server=False, favicon_path=str(ASSETS / "icon.svg"), theme=theme,
    )  # fmt: skip
    return app


def serve(
    service: LibraryService,
    host: str = "127.0.0.1",
    port: int = 7860,
    quiet: bool = False,
    temp: Path | None = None,
    bench: Bench | None = None,
    kept: Desk | None = None,
    accounts: Accounts | None = None,
    names: tuple[str, ...] = (),
    study: StudyRoom | None = None,
    running: Running | None = None,
) -> None:
    """Serve the page until interrupted; `temp` is where Gradio may keep files. Raises PageNotServed when the port is taken.

    With `bench` there is a page for measuring; a run that goes on is stopped at the end, and what it asked is kept. Without users in
    `accounts` only addresses of this machine are served. `names` are further Host headers to answer to, such as a proxy's. With
    `study` there is a page for learning.
    """
    if temp is not None:
        temp.mkdir(parents=True, exist_ok=True)
        os.environ["GRADIO_TEMP_DIR"] = str(temp)
    host = "127.0.0.1" if host == "localhost" else host
    if not ip_address(host).is_loopback and not (accounts and accounts.users.any()):
        raise PageNotServed(f"Without accounts the page listens on this machine only, not on {host}.", advice=FIRST_USER)
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    # who asks after our health from inside the machine has no other name for it than loopback's
    own = _own_names(shown, port) if ip_address(host).is_loopback or names else ()
    app = make_app(service, (*own, *names) or None, bench, kept, accounts, study, running)
    if not quiet:
        sys.stdout.write(f"Attaché: http://{shown}:{port}/  (Ctrl+C: dừng / stop)\n")
        sys.stdout.flush()
    with ExitStack() as ending:
        if bench:
            ending.callback(bench.close)
        ending.enter_context(listening)
        ending.enter_context(suppress(KeyboardInterrupt))
        _server(app, running.stopping if running else Event()).run(sockets=[listening])


def _server(app: "FastAPI", stopping: Event) -> "uvicorn.Server":
    """Return a server that ends Gradio's open streams when it is told to stop, instead of waiting for browsers to leave.

    `stopping` is set then; answers that are being made have `_LAST_SECONDS` to get done.
    """
    import uvicorn
    from starlette.routing import Mount

    streams = [route.app.stop_event for route in app.routes if isinstance(route, Mount) and hasattr(route.app, "stop_event")]

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            stopping.set()
            for stream in streams:
                stream.set()
            super().handle_exit(sig, frame)

    def meant(record: logging.LogRecord) -> bool:
        return not (record.exc_info and record.exc_info[0] is CancelledError) and "timeout graceful shutdown" not in record.getMessage()

    server = Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=_LAST_SECONDS))
    logging.getLogger("uvicorn.error").addFilter(meant)
    return server


def _own_names(shown: str, port: int) -> tuple[str, ...]:
    """Return the Host headers that mean this machine, so that a foreign name pointed at it is refused."""
    names = {"127.0.0.1", "localhost", "[::1]", shown}
    return tuple(sorted({f"{name}:{port}" for name in names} | (names if port == 80 else set())))


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at the address; who comes before the application is up waits in its queue."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        raise PageNotServed(f"The page cannot be served at {host}:{port}: {error}.") from error
    return listening


def _hush() -> None:
    """Switch off, before gradio is imported, everything that could call out."""
    os.environ.update(_QUIET)
