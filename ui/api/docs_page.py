"""The description of the API as one page for people, drawn from the OpenAPI schema; it loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.api.style import STYLE
from ui.markup import escaped

__all__ = ["docs_page"]

Schema = Mapping[str, Any]

_EXAMPLE = (
    "curl -s http://127.0.0.1:7860/api/v1/ask -H 'content-type: application/json' -d '{\"question\": \"Nghị quyết 52-NQ/TW đặt mục tiêu gì?\"}'"
)
_TAKES, _GIVES, _SHAPES = "Gửi / Send", "Nhận / Receive", "Kiểu dữ liệu / Shapes"
_COLUMNS = ("Trường / Field", "Kiểu / Type", "Ý nghĩa / Meaning")


def docs_page(schema: Schema) -> str:
    """Return the page: each operation with what it takes and gives, then each shape field by field."""
    operations = "".join(_operation(method, path, one) for path, methods in schema["paths"].items() for method, one in methods.items())
    shapes = "".join(_shape(name, one) for name, one in schema["components"]["schemas"].items())
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Attaché – API</title><style>{STYLE}</style><main><h1>{escaped(schema['info']['title'])}</h1>"
        f"<p>{_two(schema['info'].get('description', ''))}</p><p><a href='/api/v1/openapi.json'>OpenAPI (JSON)</a></p><pre>{escaped(_EXAMPLE)}</pre>"
        f"{operations}<h2>{_two(_SHAPES)}</h2>{shapes}</main></html>"
    )


def _two(words: str) -> str:
    """Return words that stand in Vietnamese and English beside a stroke, each marked with its language; others as they are."""
    vietnamese, stroke, english = words.partition(" / ")
    return f'{_coded(vietnamese)} / <span lang="en">{_coded(english)}</span>' if stroke else _coded(words)


def _coded(words: str) -> str:
    """Return words with what stands between backquotes as code."""
    return "".join(f"<code>{escaped(part)}</code>" if place % 2 else escaped(part) for place, part in enumerate(words.split("`")))


def _operation(method: str, path: str, operation: Schema) -> str:
    """Return what one operation takes and gives."""
    rows = [_row(one["name"], one["schema"], one.get("required", False), one.get("description", "")) for one in operation.get("parameters", ())]
    takes, gives = _contents(_TAKES, operation.get("requestBody", {})), _contents(_GIVES, operation["responses"].get("200", {}))
    others = " · ".join(f"<code>{status}</code> {_two(one['description'])}" for status, one in operation["responses"].items() if status != "200")
    return (
        f"<h2><code>{escaped(method.upper())} {escaped(path)}</code></h2><p>{_two(operation.get('summary', ''))}</p>"
        f"{_table(rows)}{takes}{gives}<p><small>{others}</small></p>"
    )


def _contents(way: str, part: Schema) -> str:
    """Return the shape of a body, and the other forms in which it may come, empty without any."""
    forms = [
        _kind(one["schema"]) if media == "application/json" else f"<code>{escaped(media)}</code>" for media, one in part.get("content", {}).items()
    ]
    return f"<p>{_two(way)}: {' | '.join(forms)}</p>" if forms else ""


def _shape(name: str, shape: Schema) -> str:
    """Return one shape with its fields or the words that it may be."""
    needed = shape.get("required", ())
    rows = [_row(field, one, field in needed, one.get("description", "")) for field, one in shape.get("properties", {}).items()]
    told = shape.get("description", "").split("\n\n")
    values = f"<p>{_kind(shape)}</p>" if "enum" in shape else ""
    return (
        f'<h3 id="{escaped(name)}"><code>{escaped(name)}</code></h3>'
        + "".join(f'<p lang="en">{_coded(part)}</p>' for part in told if part)
        + values
        + _table(rows)
    )


def _table(rows: list[str]) -> str:
    """Return rows under their names, empty without rows."""
    head = "".join(f'<th scope="col">{_two(name)}</th>' for name in _COLUMNS)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>" if rows else ""


def _row(name: str, kind: Schema, needed: bool, told: str) -> str:
    """Return a field: its name, with a star when it must be given, its type, what it means."""
    star = "*" if needed else ""
    return f"<tr><td><code>{escaped(name)}</code>{star}</td><td>{_kind(kind)}</td><td>{_two(told)}</td></tr>"


def _kind(schema: Schema) -> str:
    """Return a type in a few words; shapes of ours lead to their tables."""
    if "$ref" in schema:
        name = escaped(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(f"<code>{escaped(str(one))}</code>" for one in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"{_kind(schema.get('items', {}))}[]"
    return escaped(" ".join(str(schema[key]) for key in ("type", "format") if key in schema)) or "JSON"
