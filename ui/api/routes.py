"""The API joined to the application of the page."""

from __future__ import annotations

from fastapi import FastAPI

from ui.api.asking import asking
from ui.api.compatible import compatible
from ui.api.describing import describe
from ui.api.ports import LibraryService
from ui.api.reading import reading

__all__ = ["add_api"]


def add_api(app: FastAPI, service: LibraryService) -> None:
    """Add every route of the API; to be called before anything is mounted at the root."""
    for router in (asking(service), reading(service), compatible(service)):
        app.include_router(router)
    describe(app)
