"""The description of the API for programs (OpenAPI) and for people: one page of our own that loads nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ui.api.style import STYLE
from ui.markup import escaped

__all__ = ["DESCRIPTION", "describe"]

DESCRIPTION = (
    "Hỏi đáp có dẫn nguồn. Khi máy chủ có tài khoản, gửi `Authorization: Bearer <mã>`; tạo mã bằng `attache user token`. / "
    "Cited answers. Where the server has accounts, send `Authorization: Bearer <token>`; make a token with `attache user token`."
)


_EXAMPLE = (
    "curl -s http://127.0.0.1:7860/api/v1/ask -H 'content-type: application/json' -d '{\"question\": \"Nghị quyết 52-NQ/TW đặt mục tiêu gì?\"}'"
)


def describe(app: FastAPI) -> None:
    """Add `/api/v1/openapi.json` and `/api/v1/docs` to an application whose API is there already."""

    async def schema(_: Request) -> Response:
        return JSONResponse(_described(app))

    async def docs(_: Request) -> Response:
        return HTMLResponse(_page(_described(app)))

    app.router.routes.append(Route("/api/v1/openapi.json", schema, methods=["GET"]))
    app.router.routes.append(Route("/api/v1/docs", docs, methods=["GET"]))


def _described(app: FastAPI) -> dict[str, Any]:
    """Return the description with the token that every operation takes, and needs where there are accounts."""
    schema = dict(app.openapi())
    token = {"type": "http", "scheme": "bearer", "description": DESCRIPTION}
    schema["components"] = schema.get("components", {}) | {"securitySchemes": {"token": token}}
    return schema | {"security": [{"token": []}, {}]}


def _page(schema: Mapping[str, Any]) -> str:
    """Return the page for people."""
    operations = "".join(_operation(method, path, operation) for path, methods in schema["paths"].items() for method, operation in methods.items())
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Attaché – API</title><style>{STYLE}</style><main><h1>{escaped(schema['info']['title'])}</h1>"
        f"<p>{escaped(DESCRIPTION)}</p><p><a href='/api/v1/openapi.json'>OpenAPI</a></p><pre>{escaped(_EXAMPLE)}</pre>{operations}</main></html>"
    )


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> str:
    """Return what one operation takes and gives."""
    taken = "".join(f"<li>{line}</li>" for line in _taken(operation))
    given = ", ".join(f"{status} {escaped(reply.get('description', ''))}" for status, reply in operation["responses"].items())
    return (
        f"<h2><code>{escaped(method.upper())} {escaped(path)}</code></h2><p>{escaped(operation.get('summary', ''))}</p>"
        f"<ul>{taken}</ul><p><small>{given}</small></p>"
    )


def _taken(operation: Mapping[str, Any]) -> Iterator[str]:
    """Yield one line a parameter, and the body's shape."""
    for parameter in operation.get("parameters", ()):
        told = parameter.get("description") or parameter["schema"].get("description", "")
        yield f"<code>{escaped(parameter['name'])}</code> {escaped(told)}{' *' if parameter.get('required') else ''}"
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield f"<code>{escaped(content['schema'].get('$ref', '').rpartition('/')[2])}</code> (JSON)"
