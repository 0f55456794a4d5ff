"""`GET /api/v1/documents`: what the library holds, one document, one provision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from ui.api.asking import composed
from ui.api.models import PROBLEM, Day, DocumentList, DocumentReply
from ui.api.ports import ActView, AddressedView, LibraryService
from ui.api.problems import ToldRoute

__all__ = ["head", "opened", "reading"]

_LONGEST_NAME = 500
_AsOf = Annotated[Day | None, Query(description="Tình trạng vào ngày này, mặc định hôm nay / Status on this day, today unless given")]


def reading(service: LibraryService) -> APIRouter:
    """Return the routes that read documents."""
    router = APIRouter(route_class=ToldRoute, responses=PROBLEM)

    @router.get("/api/v1/documents", summary="Danh mục văn bản / The documents", response_model=DocumentList)
    def documents(
        as_of: _AsOf = None, limit: Annotated[int, Query(ge=1, le=1000)] = 200, offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0
    ) -> Response:
        every = service.documents()
        day = as_of or date.today()
        return JSONResponse({"total": len(every), "documents": [head(one, day) for one in every[offset : offset + limit]]})

    @router.get(
        "/api/v1/documents/{number:path}", summary="Một văn bản hoặc một điều khoản / A document, or a provision of it", response_model=DocumentReply
    )
    def document(
        number: str, locator: Annotated[str, Query(max_length=_LONGEST_NAME, description="“Điều 5, khoản 2, điểm a”")] = "", as_of: _AsOf = None
    ) -> Response:
        act, provisions = opened(service, number, locator)
        return JSONResponse(head(act, as_of or date.today()) | {"provisions": [one.to_json() for one in provisions]})

    return router


def opened(service: LibraryService, number: str, locator: str = "") -> tuple[ActView, Sequence[AddressedView]]:
    """Return a document with what stands at an address of it, with all its provisions where none is given; raises an AttacheError."""
    if locator.strip():
        return service.place(composed(number)[:_LONGEST_NAME], composed(locator)[:_LONGEST_NAME])
    act = service.texts(composed(number)[:_LONGEST_NAME])[0]
    return act, act.provisions


def head(act: Any, day: date) -> dict[str, Any]:
    """Return a document without its provisions, which are not read for it."""
    head: dict[str, Any] = replace(act, provisions=()).to_json()
    head.pop("provisions")
    return head | {"status_on": act.status_on(day), "as_of": day.isoformat()}
