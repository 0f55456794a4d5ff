"""The addresses at which the library is listed, a document opened and searched inside, and the library's health told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ui.adding_page import add_adding_routes, drop_zone, removal
from ui.history_page import handler, text_of
from ui.library import card, frame, health_html, hits, listing, provision_html
from ui.library_ports import KeeperService

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["add_library", "add_library_routes"]


def add_library(bare: Mapping[str, Any]) -> None:
    """Add the page's part to the blocks that are being made."""
    import gradio as gr

    part: dict[str, Any] = {**bare, "elem_classes": ["view", "view-library"]}
    gr.HTML(frame(drop_zone()), elem_id="held", js_on_load="window.attacheLibrary(element)", **part)


def add_library_routes(app: FastAPI, keeper: KeeperService) -> None:
    """Add `/library/list`, `/library/one`, `/library/find`, `/library/provision` and `/library/health`."""
    from starlette.routing import Route

    def listed(user: str, said: Mapping[str, Any]) -> str:
        day = date.today()
        found, count = keeper.held(text_of(said, "q", "")[:200], text_of(said, "status", ""), day)
        return listing(found, count, day)

    def opened(user: str, said: Mapping[str, Any]) -> str:
        document = keeper.one(text_of(said, "number"))
        tools = removal(keeper, document.number)
        return card(document, keeper.steps(document), keeper.known, date.today(), tools)

    def found(user: str, said: Mapping[str, Any]) -> str:
        return hits(keeper.inside(text_of(said, "number"), text_of(said, "q")[:300]))

    def provision(user: str, said: Mapping[str, Any]) -> str:
        return provision_html(*keeper.provision(text_of(said, "number"), text_of(said, "locator")))

    def health(user: str, said: Mapping[str, Any]) -> str:
        return health_html(keeper.health())

    for name, act in (("list", listed), ("one", opened), ("find", found), ("provision", provision), ("health", health)):
        app.router.routes.insert(0, Route(f"/library/{name}", handler(act), methods=["GET"]))
    add_adding_routes(app, keeper)
