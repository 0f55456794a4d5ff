"""The description of the API for programs (OpenAPI) and for people, at their addresses."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ui.api.docs_page import docs_page

__all__ = ["DESCRIPTION", "describe"]

DESCRIPTION = (
    "Hỏi đáp có dẫn nguồn. Khi máy chủ có tài khoản, gửi `Authorization: Bearer <mã>`; tạo mã bằng `attache user token`. / "
    "Cited answers. Where the server has accounts, send `Authorization: Bearer <token>`; make a token with `attache user token`."
)


def describe(app: FastAPI) -> None:
    """Add `/api/v1/openapi.json` and `/api/v1/docs` to an application whose API is there already."""

    async def schema(_: Request) -> Response:
        return JSONResponse(_described(app))

    async def docs(_: Request) -> Response:
        return HTMLResponse(docs_page(_described(app)))

    app.router.routes.append(Route("/api/v1/openapi.json", schema, methods=["GET"]))
    app.router.routes.append(Route("/api/v1/docs", docs, methods=["GET"]))


def _described(app: FastAPI) -> dict[str, Any]:
    """Return the description with the token that every operation takes, and needs where there are accounts."""
    schema = dict(app.openapi())
    token = {"type": "http", "scheme": "bearer", "description": DESCRIPTION}
    schema["components"] = schema.get("components", {}) | {"securitySchemes": {"token": token}}
    schema["info"] = schema["info"] | {"description": DESCRIPTION}
    return schema | {"security": [{"token": []}, {}]}
