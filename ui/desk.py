"""All addresses of kept conversations and of the library, as far as there is something to answer them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.evidence import Lookup
from ui.export_page import add_export_routes, add_suggestion_routes
from ui.history_page import add_history_routes
from ui.keeping import Desk
from ui.library_page import add_library_routes

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["add_desk"]


def add_desk(app: FastAPI, desk: Desk, lookup: Lookup) -> None:
    """Add the addresses of a desk."""
    add_history_routes(app, desk.history, lookup, exports=desk.briefer is not None)
    if desk.briefer:
        add_export_routes(app, desk.history, desk.briefer)
    if desk.suggester:
        add_suggestion_routes(app, desk.history, desk.suggester)
    if desk.keeper:
        add_library_routes(app, desk.keeper)
