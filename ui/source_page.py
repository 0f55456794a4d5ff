"""The addresses at which the evidence pane gets the document around a citation, and the printed page that it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.errors import UnknownDocument, UnknownProvision, Unreadable
from ui.evidence import Lookup
from ui.history_page import Wrong, handler, text_of
from ui.library_ports import KeeperService
from ui.markup import both, fixed
from ui.source import around, chain_html, picture_html
from ui.source_words import SOURCE

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["add_source_routes"]


def add_source_routes(app: FastAPI, lookup: Lookup, keeper: KeeperService | None) -> None:
    """Add `/source/whole`, what stands around a citation, and `/source/printed`, the page of the original."""
    from starlette.routing import Route

    def found(said: Mapping[str, Any]) -> Any:
        document = lookup(text_of(said, "number"))
        if document is None:
            raise UnknownDocument(text_of(said, "number"))
        return document

    def whole(user: str, said: Mapping[str, Any]) -> str:
        document, locator = found(said), text_of(said, "locator")
        parts = around(document, locator, text_of(said, "lang", "vi"))
        if keeper is None:
            return parts
        provision = document.find(locator)
        page = f'<div data-part="printed">{_printed()}</div>' if provision and provision.page and keeper.original(document) else ""
        return chain_html(document, keeper.steps(document), keeper.known) + parts + page

    def printed(user: str, said: Mapping[str, Any]) -> str:
        document = found(said)
        provision = document.find(text_of(said, "locator"))
        if keeper is None or provision is None or not provision.page:
            raise UnknownProvision(document.number, text_of(said, "locator"))
        text = getattr(provision.text, fixed(text_of(said, "lang", "vi"))) or provision.text.vi or provision.text.en
        words = text[_number(said, "start") : _number(said, "end")] or text
        try:
            picture = keeper.picture(document, provision.page, words)
        except Unreadable:
            return f'<p class="flag flag-care">{both(SOURCE["printed_fault"])}</p>'
        if picture is None:
            raise UnknownProvision(document.number, text_of(said, "locator"))
        return picture_html(picture)

    for name, act in (("whole", whole), ("printed", printed)):
        app.router.routes.insert(0, Route(f"/source/{name}", handler(act), methods=["GET"]))


def _printed() -> str:
    """Return the place of the printed page, which is drawn when it is unfolded."""
    return f'<details class="original"><summary>{both(SOURCE["printed"])}</summary><p class="quiet wait">{both(SOURCE["printed_wait"])}</p></details>'


def _number(said: Mapping[str, Any], name: str) -> int:
    """Return a count; raises Wrong for what is none."""
    given = text_of(said, name, "0")
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise Wrong
    return int(given)
