"""Tools for other programs' assistants, by the Model Context Protocol: ask, search, show; over stdio, or at `/mcp` of the server.

They are the three commands of those names. Nothing is written by them, and nothing of a caller is kept.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from assistant.bounds import Bounds
from assistant.errors import AttacheError
from ui.api.asking import composed
from ui.api.compatible import footnotes
from ui.api.models import Day
from ui.api.ports import LibraryService
from ui.api.reading import head, opened
from ui.found import found_row
from ui.page import LONGEST_QUESTION

if TYPE_CHECKING:
    from fastapi import FastAPI
    from mcp.server.mcpserver import MCPServer
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from starlette.types import Receive, Scope, Send

__all__ = ["ADDRESS", "add_tools", "serve_stdio", "tool_server"]

ADDRESS = "/mcp"
WHOLE = 20_000
"""Characters up to which a document is shown whole; of a longer one the addresses and headings are."""

_INSTRUCTIONS = (
    "Cited answers on Viet Nam's digital diplomacy and digital transformation, in Vietnamese or English, from a library of legal and policy "
    "documents. Keep the marks such as [1] and the citations in what you write, and quote figures and dates only as they stand there. "
    "An outcome other than “answered” says that the library does not hold the answer: say so, and do not fill it in."
)
_Question = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]
_Name = Annotated[str, Field(min_length=1, max_length=500, description="A document's number or name, for example 52-NQ/TW")]
_Names = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=20)]
_Years = Annotated[list[Annotated[int, Field(ge=1000, le=9999)]], Field(max_length=20, description="Years of issue")]
_AsOf = Annotated[Day | None, Field(description="The day for which it must hold, YYYY-MM-DD; today unless given")]
_InForce = Annotated[Day | None, Field(description="Only documents in force on this day, YYYY-MM-DD")]


def tool_server(service: LibraryService) -> MCPServer:
    """Return the server of the three tools over an assistant."""
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import CallToolResult, TextContent, ToolAnnotations

    if not logging.getLogger().handlers and logging.lastResort:  # else the library would set up the log of the whole program
        logging.getLogger().addHandler(logging.lastResort)
    server = MCPServer(
        "attache", title="Attaché – Tùy viên số", instructions=_INSTRUCTIONS, version=version("digital-attache"), log_level="WARNING",
        subscriptions=False,
    )  # fmt: skip
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def given(make: Callable[[], tuple[str, dict[str, Any]]]) -> CallToolResult:
        """What a tool gives; an error of ours is a sentence with its next step, and any other is told in the log alone."""
        try:
            text, data = make()
        except AttacheError as error:
            raise ToolError(f"{error} {error.advice}".strip()) from error
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=data)

    def ask(
        question: _Question, as_of: _AsOf = None, language: Literal["auto", "vi", "en"] = "auto", documents: _Names = [], years: _Years = [],  # noqa: B006 - the library copies it
    ) -> Any:  # fmt: skip
        limits = Bounds(tuple(documents), years=tuple(years))
        return given(lambda: _asked(service, composed(question), as_of, None if language == "auto" else language, limits))

    def search(
        query: _Question, k: Annotated[int, Field(ge=1, le=50)] = 10, documents: _Names = [], issuers: _Names = [], kinds: _Names = [],  # noqa: B006 - as above
        years: _Years = [], valid_on: _InForce = None,  # noqa: B006 - as above
    ) -> Any:  # fmt: skip
        limits = {"documents": documents, "issuers": issuers, "kinds": kinds, "years": years, "valid_on": valid_on}
        return given(lambda: _found(service, composed(query), k, limits))

    def show(
        document: _Name,
        locator: Annotated[str, Field(max_length=500, description="An address in it, for example “Điều 5, khoản 2, điểm a”")] = "",
        as_of: _AsOf = None,
    ) -> Any:
        return given(lambda: _shown(service, document, locator, as_of or date.today()))

    for tool, title, described in (
        (ask, "Hỏi / Ask", "Answer a question; every sentence carries a mark that names its citation, with the quoted words and their address."),
        (search, "Tìm / Search", "Find the provisions that meet a query best, with their words and addresses."),
        (show, "Mở / Show", "Open a document, or what stands at an address of it. Of a long document the addresses and headings are given."),
    ):
        server.add_tool(tool, title=title, description=described, annotations=reads, structured_output=False)
    return server


def _asked(service: LibraryService, question: str, as_of: date | None, language: str | None, limits: Bounds) -> tuple[str, dict[str, Any]]:
    """Return an answer with its footnotes, and the whole of it."""
    answer = (service.within(limits) if limits else service).ask(question, (), as_of, language)
    return answer.text + footnotes(answer), answer.to_json()


def _found(service: LibraryService, query: str, k: int, limits: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the provisions found, as lines and as rows."""
    rows = [found_row(hit) for hit in service.search(query, k, **limits)]
    return "\n\n".join(f"{row['document']}, {row['locator']}:\n{row['text']}" for row in rows), {"found": rows}


def _shown(service: LibraryService, document: str, locator: str, day: date) -> tuple[str, dict[str, Any]]:
    """Return a document or a provision, a long document by its addresses and headings."""
    act, provisions = opened(service, document, locator)
    data = head(act, day)
    each = [one.to_json() for one in provisions]
    if not locator.strip() and sum(len(one["text"].get("vi") or "") + len(one["text"].get("en") or "") for one in each) > WHOLE:
        each = [{name: one[name] for name in ("locator", "heading")} for one in each]
    lines = [f"{data['number']} ({data['status_on']}, {day.isoformat()})", *map(_line, each)]
    return "\n".join(lines), data | {"provisions": each}


def _line(provision: dict[str, Any]) -> str:
    """Return a provision as text: its address, its heading, its words where they are given."""
    said = [provision[name].get("vi") or provision[name].get("en") or "" for name in ("heading", "text") if provision.get(name)]
    return f"{provision['locator']}: " + " – ".join(word for word in said if word)


def serve_stdio(service: LibraryService) -> None:
    """Serve the tools over the standard input and output until the input ends."""
    tool_server(service).run("stdio")


def add_tools(app: FastAPI, service: LibraryService) -> None:
    """Add the tools at `ADDRESS` of an application, one request a reply; who comes in and from where is the entrance's and the guard's."""
    from starlette.routing import Route

    door = _Door(service, app.router.lifespan_context)
    app.router.lifespan_context = door.running
    app.router.routes.insert(0, Route(ADDRESS, door))


class _Door:
    """The tools by HTTP while an application runs; each running has a server of its own, for the library's can be begun but once."""

    def __init__(self, service: LibraryService, inner: Callable[[Any], AbstractAsyncContextManager[Any]]) -> None:
        self._service, self._inner = service, inner
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self, app: FastAPI) -> AsyncIterator[Any]:
        """Run the tools within what else runs."""
        from mcp.server.transport_security import TransportSecuritySettings

        server = tool_server(self._service)
        free = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # the guard sees to hosts and origins
        server.streamable_http_app(json_response=True, stateless_http=True, transport_security=free)
        async with self._inner(app) as state, server.session_manager.run():
            self._manager = server.session_manager
            yield state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; there is no stream to open and no session to end."""
        from starlette.responses import JSONResponse

        if scope["method"] != "POST":
            told = {"error": {"type": "bad_request", "message": "Send a POST request.", "code": 405}}
            await JSONResponse(told, 405, {"allow": "POST"})(scope, receive, send)
            return
        assert self._manager is not None  # an application that serves runs
        await self._manager.handle_request(scope, receive, send)
